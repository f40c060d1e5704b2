import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { bringUp } from '@/lib/local/bring-up';
import { openTemporaryFolder } from '../testing/temporary-folder';
import { firstVisit } from '../testing/visit';
import { madeCsv } from './files-made';

test('the page is right again by itself after web server and worker died', async ({ page }) => {
  test.setTimeout(150_000);
  const folder = await openTemporaryFolder('sluice-restart-');
  process.env.WORKER_DEAD_AFTER_SECONDS = '10';
  const sluice = await bringUp({ folder, port: 0, host: '127.0.0.1', logs: 'ignore' });
  delete process.env.WORKER_DEAD_AFTER_SECONDS;
  try {
    await page.context().addCookies((await firstVisit(sluice)).cookies);
    await page.goto(sluice.url);
    await page.getByLabel(/choose files/i).setInputFiles(await madeCsv('restarted.csv', 900_000));
    await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Start import' }).click();
    await expect(page.getByRole('progressbar', { name: 'Import' })).toBeVisible();

    for (const child of [sluice.web, sluice.worker]) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText('900,000').first()).toBeVisible();
  } finally {
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
