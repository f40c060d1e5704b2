import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { bringUp } from '@/lib/local/bring-up';
import { firstVisit } from '../testing/visit';
import { openSmallDisk } from './faults/small-disk';

test('a full disk is said on the page, and all goes on once there is space again', async ({ page }) => {
  test.setTimeout(180_000);
  const disk = await openSmallDisk();
  const sluice = await bringUp({ folder: disk.path, port: 0, host: '127.0.0.1', logs: 'ignore' });
  const pid = sluice.services?.pid ?? 0;
  try {
    await page.context().addCookies((await firstVisit(sluice)).cookies);
    await page.goto(sluice.url);
    await expect(page.getByLabel(/choose files/i)).toBeAttached();
    const notice = page.getByText('The disk is full', { exact: true });
    await expect(notice).toBeHidden();

    await disk.fill(pid);
    // Where nothing may be mounted the system does not say that it is full, and nobody can know.
    if (disk.isMounted) await expect(notice).toBeVisible({ timeout: 30_000 });
    const server = Number(
      (await readFile(join(disk.path, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
    );
    process.kill(server, 'SIGKILL');
    await expect.poll(async () => (await fetch(`${sluice.url}/api/health`)).status).toBe(503);
    if (disk.isMounted) {
      await expect(notice).toBeVisible();
      const said = await fetch(`${sluice.url}/api/v1/datasets`, {
        headers: { cookie: await cookieOf(page) },
      });
      expect(said.status).toBe(503);
      expect(await said.text()).toContain('is full');
    }

    await disk.free(pid);
    await expect(notice).toBeHidden({ timeout: 60_000 });
    await expect
      .poll(async () => (await fetch(`${sluice.url}/api/health`)).status, { timeout: 60_000 })
      .toBe(200);
    await page.getByLabel(/choose files/i).setInputFiles({
      name: 'after.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('n,word\n1,one\n2,two\n'),
    });
    await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Start import' }).click();
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
  } finally {
    await disk.free(pid);
    await sluice.stop();
    await disk.close();
  }
});

async function cookieOf(page: Page): Promise<string> {
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}
