import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

const address = () => process.env.SLUICE_URL ?? '';

/** Uploads a file and comes as far as the start bar, with what is to become of rejected rows chosen. */
async function begin(page: Page, name: string, content: string, choice: string): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await page.getByLabel('If rows are rejected').selectOption(choice);
}

/** Looks at the page at both widths: nothing hangs over. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `${name}-${width}.png`), fullPage: true });
  }
}

const rows = Array.from({ length: 60 }, (_, i) => `${i + 1},word ${i}`).join('\n');

test('an import that stops at a rejection says where, waits, and is published with the keyboard', async ({
  page,
}) => {
  await begin(page, 'stopped.csv', `n,word\n${rows}\n`, 'STOP');
  await page.getByLabel('Type of n').selectOption('DATE');
  await look(page, 'start-bar');
  await page.getByLabel('Type of n').selectOption('BOOLEAN');
  await page.getByRole('button', { name: 'Start import' }).click();
  const heading = page.getByRole('heading', { name: 'Stopped: 59 rows are rejected' });
  await expect(heading).toBeVisible();
  await expect(heading).toBeFocused();
  await expect(page.getByText('The first is row 3, column “n”: “2”.')).toBeVisible();
  await expect(page.getByText('It waits for you until')).toBeVisible();
  await look(page, 'stopped');
  await page.getByRole('button', { name: 'Publish 1 row without the 59 rejected' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
});

test('a review survives a reload, and nothing of it is there when it is cancelled', async ({ page }) => {
  await begin(page, 'cancelled.csv', `n,word\n${rows}\n`, 'REVIEW');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Ready for your review' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Publish 60 rows' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel import' }).click();
  await page.getByRole('button', { name: 'Cancel the import' }).click();
  await expect(page.getByText('This import was cancelled')).toBeVisible();
});
