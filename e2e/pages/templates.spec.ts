import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
}

test('a dataset offers example files, and what comes down goes in again', async ({ page }) => {
  await drop(page, 'filled in.csv', Buffer.from('Order no,Placed,Paid\nA-1,2026-01-31,true\n'));
  await nameDataset(page, 'Fill me in');
  await page.getByRole('button', { name: 'Rules of Order no' }).click();
  await page.getByLabel('Required').click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('link', { name: 'Show the rows', exact: true }).click();

  const columns = page.getByRole('list', { name: 'Columns' });
  await expect(columns.getByText('required')).toBeVisible();
  for (const [link, ending] of [
    ['Excel template', 'xlsx'],
    ['CSV template', 'csv'],
  ] as const) {
    await page.goto(`${address()}/datasets/fill_me_in`);
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: link }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe(`fill_me_in template.${ending}`);
    await drop(page, file.suggestedFilename(), await readFile(await file.path()));
    await nameDataset(page, 'Fill me in');
    await expect(page.getByText('Same name')).toHaveCount(3);
    await expect(page.getByRole('link', { name: link })).toBeVisible();
    await page.getByRole('button', { name: 'Start import' }).click();
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Rejected rows' })).toHaveCount(0);
  }
  await page.goto(`${address()}/datasets/fill_me_in`);
  await expect(columns).toBeVisible();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `templates-${width}.png`), fullPage: true });
  }
});
