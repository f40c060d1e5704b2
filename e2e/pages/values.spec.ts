import { expect, test } from '@playwright/test';

const address = () => process.env.SLUICE_URL ?? '';

/** 398 whole numbers and 3 words, a thousand or a fraction, two-digit years, words for yes and no, and blank rows. */
const rows = Array.from({ length: 401 }, (_, i) =>
  [
    i < 398 ? i : 'none yet',
    `"${1 + (i % 9)},${200 + i}"`,
    `${1 + (i % 28)}.12.18`,
    i % 2 ? 'ja' : 'nein',
  ].join(','),
);
const content = `Count,People,Day,Paid\n${rows.join('\n')}\n,,,\n , , , \n`;

test('what is undecided is asked, what most values are is proposed, what is spelled otherwise is offered', async ({
  page,
}) => {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name: 'written values.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();

  await expect(page.getByText("Whole number: 398 fit, 3 don't (row 400 = “none yet”).")).toBeVisible();
  await expect(page.getByLabel('Type of Count')).toHaveValue('INTEGER');

  await expect(
    page.getByText('Row 2 = “1,200” could have a thousands separator or a decimal separator'),
  ).toBeVisible();
  await expect(page.getByText('Choose how numbers are written in “People”.')).not.toHaveCount(0);
  await page.getByLabel('Decimal separator of People').selectOption('.');
  await expect(page.getByText('Choose how numbers are written in “People”.')).toHaveCount(0);
  // Answered, the question goes.
  await expect(page.getByText('could have a thousands separator')).toHaveCount(0);
  await expect(page.getByText('You chose decimal point.')).toBeVisible();

  await expect(page.getByLabel('Type of Day')).toHaveValue('TEXT');
  await expect(page.getByText(/two-digit years from 1950 to 2049/)).toBeVisible();
  await page.getByRole('button', { name: 'Read as Date: Day' }).click();
  await expect(page.getByLabel('Type of Day')).toHaveValue('DATE');
  await page.getByLabel('Date order of Day').selectOption('DMY');

  await page.getByRole('button', { name: 'Read as Yes or no: Paid' }).click();
  await page.getByRole('button', { name: /Start import/ }).click();

  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText('2 rows that are blank or not part of the table')).toBeVisible();
  await page.locator('summary', { hasText: 'Columns' }).click();
  await expect(page.getByText(/two-digit years 1950 to 2049/)).toBeVisible();
  const id = page.url().split('/').at(-1);
  const receipt = await page.request.get(`${address()}/api/v1/imports/${id}`);
  const { rows: counts, rowsLeftOut, dataset } = await receipt.json();
  expect({ counts, rowsLeftOut }).toMatchObject({
    counts: { read: 401, inserted: 398, rejected: 3 },
    rowsLeftOut: 2,
  });
  const exported = await page.request.get(`${address()}/api/v1/datasets/${dataset.slug}/export?format=csv`);
  expect((await exported.text()).split('\r\n').slice(0, 3)).toEqual([
    'Count,People,Day,Paid',
    '0,1200,2018-12-01,false',
    '1,2201,2018-12-02,true',
  ]);
});
