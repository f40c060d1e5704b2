import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { nameDataset } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

test('a column’s name, place, other names, rules and spelling are changed, with the keyboard alone', async ({
  page,
}) => {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'columns.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Ort,Preis\nBrno,5\n'),
  });
  await nameDataset(page, 'Changed columns');
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('link', { name: 'Show the rows', exact: true }).click();

  const change = page.getByRole('button', { name: 'Change Preis' });
  await change.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('ort');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText(/The dataset has a column “Ort” already/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Price');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Cost in total');
  await dialog.getByLabel('Required').focus();
  await page.keyboard.press('Space');
  await dialog.getByLabel('Least value').focus();
  await page.keyboard.type('0');
  await dialog.getByLabel('Words that count as empty').focus();
  await page.keyboard.type('n/a, -');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
  }
  await dialog.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const columns = page.getByRole('list', { name: 'Columns' }).getByRole('listitem');
  await expect(columns.first()).toContainText('Price');
  await expect(columns.first()).toContainText('required · at least 0');
  await expect(columns.first()).toContainText('Also called “Cost in total”, “Preis”');

  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'columns 2.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('cost in total,ORT\n7,Wien\nn/a,Graz\n-1,Linz\n'),
  });
  await nameDataset(page, 'Changed columns');
  await expect(page.getByText('Matched by synonym')).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText('2 rejected').first()).toBeVisible();
});

test('date order and decimal separator of a column are proposed to the next file, and what the file shows against them is said', async ({
  page,
}) => {
  const drop = async (name: string, content: string) => {
    await page.goto(address());
    await page
      .getByLabel(/choose files/i)
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
    await nameDataset(page, 'Spelled columns');
  };
  await drop('spelled.csv', 'Day,Price\n2025-01-31,1.5\n');
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('link', { name: 'Show the rows', exact: true }).click();
  const dialog = page.getByRole('dialog');
  for (const [column, setting, value] of [
    ['Day', 'Date order', 'MDY'],
    ['Price', 'Decimal separator', ','],
  ] as const) {
    await page.getByRole('button', { name: `Change ${column}` }).click();
    await dialog.getByLabel(setting).selectOption(value);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({ path: join('e2e/results', `column-${column}-${width}.png`) });
    }
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toHaveCount(0);
  }
  const columns = page.getByRole('list', { name: 'Columns' }).getByRole('listitem');
  await expect(columns.first()).toContainText('month first');
  await expect(columns.last()).toContainText('decimal comma');

  // Other headers, so that nothing is as it was last time.
  await drop('spelled 2.csv', 'price,DAY\n"2,5",03/04/2025\n"3,5",05/06/2025\n');
  await expect(page.getByLabel('Date order of Day')).toHaveValue('MDY');
  await expect(page.getByLabel('Decimal separator of Price')).toHaveValue(',');
  await expect(page.getByText(/is chosen for/)).toHaveCount(0);
  await drop('spelled 3.csv', 'PRICE,day\n2.5,03/04/2025\n3.5,31/12/2025\n');
  await expect(
    page.getByText('Row 3 = “31/12/2025” proves day first. But month first is chosen for “day”.'),
  ).toBeVisible();
  await expect(
    page.getByText(
      'Both values are numbers, such as row 2 = “2.5”. But the decimal comma is chosen for “PRICE”.',
    ),
  ).toBeVisible();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `contradicted-${width}.png`), fullPage: true });
  }
  await page.getByLabel('Date order of Day').selectOption('DMY');
  await page.getByLabel('Decimal separator of Price').selectOption('.');
  await expect(page.getByText(/is chosen for/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText(/\d+ rejected/)).toHaveCount(0);
});
