import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const address = () => process.env.SLUICE_URL ?? '';

const content = [
  'Code,State,Amount,Seen',
  'A-1,CA,"$1,000.50",31/12/2025',
  'A-2,TX,$2.00,01/02/2025',
  'A-1,NV,N/A,03/04/2025',
  ',CA,$4.00,05/06/2025',
].join('\n');

test('suggestions with their evidence, and rules, set with the keyboard alone', async ({ page }) => {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name: 'ruled.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await expect(page.getByText('Row 2 = “31/12/2025” proves day first.')).toBeVisible();
  await expect(page.getByText('row 4 = “N/A” would count as empty.')).toBeVisible();

  await page.getByRole('button', { name: 'Read as Decimal number: Amount' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Type of Amount')).toHaveValue('DECIMAL');

  await page.getByRole('button', { name: 'Rules of Code' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Rules of Code' });
  await dialog.getByLabel('Required').focus();
  await page.keyboard.press('Space');
  await dialog.getByLabel('Unique within a file').focus();
  await page.keyboard.press('Space');
  await dialog.getByLabel('Pattern').focus();
  await page.keyboard.type('A-\\d');
  await page.screenshot({ path: join('e2e/results', 'rules-1280.png') });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('required · unique · pattern A-\\d')).toBeVisible();

  await page.getByLabel('Type of State').selectOption('CHOICE');
  await expect(page.getByRole('button', { name: 'Start import' })).toBeDisabled();
  await page.getByRole('button', { name: 'Rules of State' }).click();
  await page.getByLabel('Allowed values').fill('CA\nNV');
  await page.keyboard.press('Escape');

  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `mapping-rules-${width}.png`), fullPage: true });
  }
  await page.getByRole('button', { name: 'Start import' }).click();
  const table = page.getByRole('table', { name: 'Rejected rows' });
  await expect(table).toContainText('Write one of “CA”, “NV”, exactly so.');
  await expect(table).toContainText('Row 2 has this value already');
  await expect(table).toContainText('It is empty and this column needs a value.');
});

test('a pattern that cannot be used is named, and the import can go on', async ({ page }) => {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name: 'patterns.csv', mimeType: 'text/csv', buffer: Buffer.from('word\none\n') });
  // Nothing shows that the first of two words is a name.
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Rules of word' }).click();
  await page.getByLabel('Pattern').fill('(one');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByText('Column “word”: “(one” is not a pattern').first()).toBeVisible();
  await page.getByRole('button', { name: 'Rules of word' }).click();
  await page.getByLabel('Pattern').fill('[a-z]+');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
});
