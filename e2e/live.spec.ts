import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { bringUp } from '@/lib/local/bring-up';
import { openTemporaryFolder } from '../testing/temporary-folder';
import { firstVisit } from '../testing/visit';
import { madeCsv } from './files-made';

test('a worker that stands still is said on the page and in /api/health, and the import goes on with it', async ({
  page,
}) => {
  const problem = 'No worker is running. Ask your administrator.';
  const folder = await openTemporaryFolder('sluice-silent-');
  const sluice = await bringUp({ folder, port: 0, host: '127.0.0.1', logs: 'ignore' });
  const health = async () => (await fetch(`${sluice.url}/api/health`)).json();
  try {
    await page.context().addCookies((await firstVisit(sluice)).cookies);
    await expect.poll(health).toMatchObject({ status: 'ok', workers: { alive: 1, silent: 0 } });
    await page.goto(sluice.url);
    await page.getByLabel(/choose files/i).setInputFiles(await madeCsv('silent.csv', 20_000));
    await expect(page.getByRole('button', { name: 'Start import' })).toBeEnabled({ timeout: 60_000 });

    sluice.worker.kill('SIGSTOP');
    await page.getByRole('button', { name: 'Start import' }).click();
    await expect(page.getByText(problem)).toBeVisible();
    await expect.poll(health).toMatchObject({
      status: 'degraded',
      workers: { alive: 0, silent: 1, problem },
    });

    sluice.worker.kill('SIGCONT');
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
    await expect.poll(health).toMatchObject({
      status: 'ok',
      workers: { alive: 1, silent: 0, problem: null },
    });

    // And while a file waits to be looked at.
    await page.goto(sluice.url);
    sluice.worker.kill('SIGSTOP');
    await page
      .getByLabel(/choose files/i)
      .setInputFiles({ name: 'unread.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
    await expect(page.getByText(problem)).toBeVisible();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({ path: `e2e/results/no-worker-${width}.png` });
    }
    sluice.worker.kill('SIGCONT');
    await expect(page.getByText(problem)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Start import' })).toBeEnabled();
  } finally {
    sluice.worker.kill('SIGCONT');
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('the history asks again for what moves, also when no event comes', async ({ page, context }) => {
  // Connected, and told nothing.
  await page.addInitScript(() => {
    window.EventSource = class extends EventTarget {
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event('open')), 0);
      }
      close() {}
    } as unknown as typeof EventSource;
  });
  await page.clock.install();
  const other = await context.newPage();
  const name = `unheard ${Date.now()}.csv`;
  let held = true;
  await other.route('**/*', async (route) => {
    while (held && route.request().method() === 'PUT') await new Promise((go) => setTimeout(go, 50));
    await route.continue();
  });
  await other.goto(process.env.SLUICE_URL ?? '');
  await other
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
  await page.goto(`${process.env.SLUICE_URL}/imports`);
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('Uploading');
  held = false;
  await expect(other.getByRole('button', { name: 'Start import' })).toBeEnabled();
  await page.clock.fastForward(20_000);
  await expect(row).not.toContainText('Uploading');
});
