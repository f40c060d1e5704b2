import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
}

/** Looks at the page at both widths: nothing hangs over, and nothing is in anybody's way. */
async function look(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `${name}-${width}.png`), fullPage: true });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

const line = (page: Page) => page.getByRole('region', { name: 'Check of all rows' }).getByRole('status');

/** The first 2,000 rows are dates as everywhere; what comes behind them is not in any sample. */
const rows = Array.from({ length: 3_000 }, (_, i) =>
  i < 2_000 ? `${i},2025-01-02,ok` : `${i},${(i % 18) + 13}/12/2025,ok`,
).join('\n');

test('rows far down the file are checked while columns are matched, and a click puts them right', async ({
  page,
}) => {
  await drop(page, 'far down.csv', `n,day,word\n${rows}\n,,\n`);
  await expect(line(page)).toHaveText('2,000 rows will go in, 1,000 will be rejected.');
  const causes = page.getByRole('list', { name: 'Why rows would be rejected' });
  await expect(causes.getByRole('heading', { name: '1,000 rows: “day”' })).toBeVisible();
  const day = page.locator('#column-1');
  await expect(day).toContainText("1,000 don't fit · valid rows: 1 different, 0 blank · in all 3,000 rows");
  await look(page, 'check');

  // A third of the rows: what would help comes first, and starting all the same is there beside it.
  await expect(page.getByRole('button', { name: 'Start import anyway' })).toBeEnabled();
  await page.getByRole('button', { name: 'Fix 1,000 rows first' }).focus();
  await page.keyboard.press('Enter');
  const fix = page.getByRole('button', { name: 'Read the dates of “day” day first (31/12/2026)' });
  await expect(fix).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Date order of day')).toHaveValue('DMY');
  await expect(line(page)).toBeFocused();
  await expect(line(page)).toHaveText('All 3,000 rows will go in.');
  await expect(causes).toBeHidden();
  await expect(day).toContainText('All fit · 19 different, 0 blank · in all 3,000 rows');

  await page.getByRole('button', { name: 'Start import', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText('3,000', { exact: true }).first()).toBeVisible();
});

test('figures follow every change, also of what becomes of short rows, and come back after a reload', async ({
  page,
}) => {
  await drop(page, 'follow.csv', 'n,word,more\n1,a,b\n2,c\n3,d,e\n4,f,g\n5,h,i\n6,j,k\n');
  await expect(line(page)).toHaveText('5 rows will go in, 1 will be rejected.');
  await page.getByRole('button', { name: 'Fill up short rows with empty cells' }).click();
  await expect(line(page)).toHaveText('All 6 rows will go in.');
  await page.getByLabel('Type of word').selectOption('INTEGER');
  await expect(line(page)).toHaveText('All 6 rows will be rejected.');
  await expect(page.getByRole('button', { name: 'Fix 6 rows first' })).toBeVisible();
  await page.getByLabel('Type of word').selectOption('TEXT');
  await expect(line(page)).toHaveText('All 6 rows will go in.');
  await expect(page.getByText('Draft saved.')).toBeVisible();
  await page.reload();
  await expect(line(page)).toHaveText('All 6 rows will go in.');
});

test('a file that cannot be read to its end says so before it is started', async ({ page }) => {
  const good = Array.from({ length: 60_000 }, (_, i) => `${i},some word`).join('\n');
  await drop(page, 'broken off.csv', `n,word\n${good}\n1,"${'x'.repeat(2 ** 21)}\n`);
  const notice = page.getByRole('alert').filter({ hasText: 'This file cannot be imported as it is' });
  await expect(notice).toBeVisible();
  await expect(page.getByRole('region', { name: 'Check of all rows' })).toBeHidden();
});
