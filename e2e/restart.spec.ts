import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { bringUp } from '@/lib/local/bring-up';
import { webLimits } from '@/lib/local/process-limits';
import { madeCsv } from './files-made';
import { openTemporaryFolder } from './setup/temporary-folder';
import { firstVisit } from './setup/visit';

test('the page is right again by itself after the web server was restarted', async ({ page }) => {
  const folder = await openTemporaryFolder('sluice-restart-');
  const sluice = await bringUp({ folder, port: 0, host: '127.0.0.1', logs: 'ignore' });
  let second: ReturnType<typeof spawn> | undefined;
  try {
    await page.context().addCookies((await firstVisit(sluice)).cookies);
    await page.goto(sluice.url);
    await page.getByLabel(/choose files/i).setInputFiles(await madeCsv('restarted.csv', 900_000));
    await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Start import' }).click();
    await expect(page.getByRole('progressbar', { name: 'Import' })).toBeVisible();

    sluice.web.kill('SIGKILL');
    await once(sluice.web, 'exit');
    second = spawn(process.execPath, [...webLimits, 'dist/web.mjs'], {
      env: { ...process.env, ...sluice.environment },
      stdio: 'ignore',
    });

    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('900,000').first()).toBeVisible();
  } finally {
    second?.kill('SIGKILL');
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
