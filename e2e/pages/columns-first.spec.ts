import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

async function holdsTogether(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, name).toBeLessThanOrEqual(0);
  await page.screenshot({ path: join('e2e/results', `${name}.png`), fullPage: true });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

const orders = Array.from({ length: 40 }, (_, i) => {
  const amount = i === 4 ? 'ask Ann' : i === 7 ? '' : `${1_600 + i},88`;
  return `${i + 1};${(i % 28) + 1}.1.2026;${amount};${i % 2 ? 'open' : 'paid'}`;
});
const content = `Exported for the office\n\norder id;ordered;amount;state\n${orders.join('\n')}\nTotal;;65.000,00;\n`;

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`the columns are in sight at ${width} px, with their values as they are read and how many fit`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await drop(page, `first ${width}.csv`, content);
    await page.getByRole('button', { name: 'Continue' }).click();
    const list = page.getByRole('list', { name: 'Columns of the file' });
    const first = list.getByLabel('Name of column 1');
    await expect(first).toBeVisible();
    const start = page.getByRole('button', { name: 'Start import' });
    await expect(start).toBeEnabled();
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    const place = await first.boundingBox();
    const bar = await page.getByText('columns into').boundingBox();
    expect((place?.y ?? height) + (place?.height ?? 0)).toBeLessThan(bar?.y ?? 0);

    // Although a key is offered, and rows are left out.
    await expect(page.getByRole('button', { name: 'Use order id as the key' })).toBeVisible();
    const remarks = page.getByRole('button', { name: '2 remarks about how the file was read' });
    if (width < 640) await remarks.click();
    await expect(page.getByText('Row 44 (“Total”) looks like a total and is left out.')).toBeVisible();
    if (width < 640) await remarks.click();

    // A line each says what was chosen, and opens in place.
    const line = (name: RegExp) => page.getByRole('button', { name, expanded: false });
    await expect(line(/^File Semicolons, UTF-8, header row 3$/)).toBeVisible();
    await expect(line(/^Dataset New dataset first/)).toBeVisible();
    await expect(line(/^Key No key/)).toBeVisible();
    await expect(page.getByLabel('Delimiter')).toHaveCount(0);
    await line(/^File/).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Encoding')).toBeFocused();
    await expect(page.getByLabel('Delimiter')).toHaveValue(';');
    await holdsTogether(page, `columns-first-open-${width}`);
    await page.getByRole('button', { name: /^File/, expanded: true }).click();
    await expect(page.getByLabel('Delimiter')).toHaveCount(0);

    const amount = list.getByRole('listitem').filter({ has: page.getByLabel('Type of amount') });
    await expect(amount).toContainText("38 fit, 1 doesn't · 39 different · 1 blank");
    await expect(amount).toContainText('1,600.88');
    await expect(amount.locator('mark')).toContainText('ask Ann');
    const ordered = list.getByRole('listitem').filter({ has: page.getByLabel('Type of ordered') });
    await expect(ordered).toContainText('1 Jan 2026');
    await expect(ordered).toContainText('40 fit · 28 different · 0 blank');
    const preview = page.getByRole('table', { name: 'Preview' });
    await expect(preview).toContainText('2 Jan 2026');
    await expect(preview.locator('mark')).toContainText('ask Ann');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await holdsTogether(page, `columns-first-${colorScheme}-${width}`);
    }

    // Figures follow the type that is chosen.
    await page.getByLabel('Type of state').selectOption('INTEGER');
    const state = list.getByRole('listitem').filter({ has: page.getByLabel('Type of state') });
    await expect(state).toContainText("0 fit, 40 don't · 2 different · 0 blank");
    await state.getByRole('button', { name: 'Back to Text: state' }).click();
    await expect(page.getByLabel('Type of state')).toHaveValue('TEXT');
    await expect(state).toContainText('40 fit · 2 different');
  });
}

test('of 600 columns, those that are searched for or have a problem are shown, and several get one type at once', async ({
  page,
}) => {
  const names = Array.from({ length: 600 }, (_, i) => (i % 100 === 7 ? `price ${i}` : `c${i}`));
  const rows = Array.from({ length: 30 }, (_, row) =>
    names.map((_name, i) => (i === 450 && row === 3 ? 'none' : `${row + i}`)).join(','),
  );
  await drop(page, 'six hundred.csv', `${names.join(',')}\n${rows.join('\n')}\n`);
  const list = page.getByRole('list', { name: 'Columns of the file' });
  const items = list.getByRole('listitem');
  await expect(items.first()).toHaveAttribute('aria-setsize', '600');
  await nameDataset(page, 'Six hundred');

  const search = page.getByRole('searchbox', { name: 'Search columns' });
  await search.fill('PRICE');
  await expect(items).toHaveCount(6);
  await expect(items.first()).toHaveAttribute('aria-setsize', '6');
  await page.getByLabel('Type of the 6 columns shown').selectOption('DECIMAL');
  await expect(page.getByText('6 columns set to Decimal number.')).toBeVisible();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await holdsTogether(page, `columns-searched-${width}`);
  }
  await search.fill('');
  await expect(page.getByLabel('Type of c8', { exact: true })).toHaveValue('INTEGER');
  await expect(page.getByLabel('Type of price 7', { exact: true })).toHaveValue('DECIMAL');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Type of price 7', { exact: true })).toHaveValue('INTEGER');
  await search.fill('no such column');
  await page.getByRole('button', { name: 'Show all columns' }).click();
  await expect(search).toHaveValue('');

  const only = page.getByRole('button', { name: 'Only problems (1)' });
  await only.click();
  await expect(items).toHaveCount(1);
  await expect(items.first()).toContainText("29 fit, 1 doesn't");
  // It stays while it is put right.
  await page.getByLabel('Type of c450').selectOption('TEXT');
  await expect(page.getByRole('button', { name: 'Only problems (0)' })).toBeVisible();
  await expect(items).toHaveCount(1);

  // A problem of a column that is not shown leads to it all the same.
  await page.getByLabel('Name of column 451').fill('c0');
  await search.fill('price');
  await expect(items).toHaveCount(0);
  await page.getByRole('button', { name: /both named “c0”/ }).click();
  await expect(page.getByLabel('Name of column 451')).toBeFocused();
  await expect(page.getByLabel('Name of column 451')).toBeInViewport();
});
