import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string): Promise<void> {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from('same file,number\nyes,4711\n'),
  });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
}

test('#54 the same file again: when and by whom it was imported, open it or import anyway', async ({
  page,
}) => {
  await drop(page, 'october.csv');
  await nameDataset(page, 'Same file');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText(/byte for byte/)).toHaveCount(0);
  const first = page.url();

  await drop(page, 'october (1).csv');
  await expect(page.getByText(/^Imported .+ by Olive Owner into “Same file”$/)).toBeVisible();
  await expect(page.getByText(/It was called “october.csv”/)).toBeVisible();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `same-file-${width}.png`) });
  }
  const second = page.url();
  await page.getByRole('link', { name: 'Open it' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  expect(page.url()).toBe(first);

  await page.goto(second);
  await page.getByRole('button', { name: 'Import anyway' }).click();
  await expect(page.getByText(/byte for byte/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
});
