import { expect, type Page, test } from '@playwright/test';
import { ownerState } from './setup/sluice';

const address = () => process.env.SLUICE_URL ?? '';
const kept = (page: Page) => page.getByText('Your choices are kept');

test('choices survive another way of reading, a reload, leaving the page and another computer', async ({
  page,
  browser,
}) => {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'drafted.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Made by me\nsurname,born\nSmith,1980\nJones,1990\n'),
  });
  const headerRow = (name: string) => page.getByRole('radio', { name });
  await expect(headerRow('Row 2')).toBeChecked();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await page.getByLabel('Dataset name').fill('Typed by a person');
  await page.keyboard.press('Escape');
  await page.getByLabel('Name of column 1').fill('Family name');
  await page.getByRole('checkbox', { name: 'Include born' }).click();
  const check = async (on: Page) => {
    await expect(on.getByLabel('Dataset name')).toHaveValue('Typed by a person');
    await expect(on.getByLabel('Name of column 1')).toHaveValue('Family name');
    await expect(on.getByRole('checkbox', { name: 'Include born' })).not.toBeChecked();
  };

  await page.getByRole('button', { name: 'Change: Header row' }).click();
  await headerRow('Row 3').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Name of column 1')).toHaveValue('Smith');
  await expect(page.getByLabel('Dataset name')).toHaveValue('Typed by a person');
  await page.getByRole('button', { name: 'Back' }).click();
  await headerRow('Row 3').focus();
  await page.keyboard.press('ArrowUp');
  await expect(headerRow('Row 2')).toBeChecked();
  // While it is read again, the focus stays.
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await expect(headerRow('Row 2')).toBeFocused();
  await page.getByRole('button', { name: 'Continue' }).click();
  await check(page);

  await page.getByLabel('Rows with too few cells').selectOption('pad');
  await expect(kept(page)).toBeVisible();
  await page.reload();
  await check(page);
  await expect(page.getByLabel('Rows with too few cells')).toHaveValue('pad');

  // Gone before it was sent: leaving sends it.
  await page.getByLabel('Name of column 1').fill('Last name');
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('link', { name: 'drafted.csv' }).first().click();
  await expect(page.getByLabel('Name of column 1')).toHaveValue('Last name');
  await page.getByLabel('Name of column 1').fill('Family name');
  await expect(kept(page)).toBeVisible();

  const elsewhere = await browser.newContext({ storageState: ownerState });
  const other = await elsewhere.newPage();
  await other.goto(page.url());
  await check(other);
  await other.getByRole('button', { name: 'Start import' }).click();
  await expect(other.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await other.getByRole('link', { name: 'Show the rows', exact: true }).click();
  await expect(other.getByText('Family name').first()).toBeVisible();
  await elsewhere.close();
});
