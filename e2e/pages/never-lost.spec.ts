import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { MiB } from '@/lib/shared/bytes';
import { madeCsv } from '../files-made';

const address = () => process.env.SLUICE_URL ?? '';

/** @returns sets how many bytes a second are sent at the most; -1: as many as can be */
async function speedOf(page: Page): Promise<(uploadThroughput: number) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  return (uploadThroughput) =>
    session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
}

test('leaving warns while a file goes up, other pages keep it going, and the tab says how far it is', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  const setSpeed = await speedOf(page);
  await setSpeed(MiB);
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles(await madeCsv('not lost.csv', 500_000));
  await expect(page.getByRole('heading', { name: 'not lost.csv' })).toBeVisible();
  await expect(page).toHaveTitle(/^\d+ % · not lost\.csv · Sluice$/);

  // Links of pages leave the upload alone, and every page of the tab tells of it.
  await page.getByRole('link', { name: 'Datasets', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Datasets' })).toBeVisible();
  await expect(page).toHaveTitle(/^\d+ % · not lost\.csv · Sluice$/);
  const tray = page.getByRole('complementary', { name: 'Uploads' });
  await expect(tray).toContainText('not lost.csv');
  expect(asked).toEqual([]);

  // Anything that loads a page anew asks first.
  await page.evaluate(() => window.location.assign('/imports'));
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await expect(page).toHaveURL(/\/datasets$/);
  await expect(tray).toContainText('not lost.csv');

  await setSpeed(-1);
  await expect(tray).toContainText('Uploaded.', { timeout: 60_000 });
  await expect(page).toHaveTitle('Datasets · Sluice');
});

test('a server that does not answer is said on every page, and it is said no more when it does', async ({
  page,
}) => {
  await page.goto(`${address()}/imports`);
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  const notice = page.getByText('No connection to the server.');
  await expect(notice).toBeHidden();
  await page.route('**/api/health', (route) => route.abort('connectionrefused'));
  await expect(notice).toBeVisible();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await page.screenshot({ path: join('e2e/results', `no-server-${width}.png`) });
  }
  await page.unroute('**/api/health');
  await expect(notice).toBeHidden();
});
