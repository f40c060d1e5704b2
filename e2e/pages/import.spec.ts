import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { MiB } from '@/lib/shared/bytes';
import { findBrowser } from '@/testing/browser';
import { nameDataset, openSettings } from '@/testing/matching';
import { ownerState } from '@/testing/sluice';
import { madeCsv, madeXlsx } from '../files-made';

const address = () => process.env.SLUICE_URL ?? '';

/** Opens the start page and gives it a file, as a person does with the file input. */
async function drop(page: Page, path: string): Promise<void> {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles(path);
}

async function startWhenReady(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'Start import' });
  await expect(start).toBeEnabled();
  // A page that is left in the same moment may not have sent it yet.
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/start'));
  await start.click();
  await answered;
}

/**
 * A way to the web server that counts what is sent to it: the browser itself tells no sizes of the bodies it sends
 * from files.
 */
async function countingAddress(): Promise<{ url: string; sent(): number; close(): void }> {
  let bytes = 0;
  const { hostname, port } = new URL(address());
  const server = createServer((browser) => {
    const web = connect(Number(port), hostname);
    browser.on('data', (chunk) => {
      bytes += chunk.length;
    });
    browser.pipe(web).pipe(browser);
    browser.on('error', () => web.destroy());
    web.on('error', () => browser.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || at === null) throw new Error('The proxy has no port.');
  return { url: `http://127.0.0.1:${at.port}`, sent: () => bytes, close: () => server.close() };
}

/** A browser that is led to the counter wherever it asks for the web server: pages keep their own origin. */
async function countedPage(counter: string): Promise<Page> {
  const { host } = new URL(address());
  const options = await findBrowser();
  const rule = `--host-resolver-rules=MAP ${host} ${new URL(counter).host}`;
  const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), rule] });
  const context = await browser.newContext({
    storageState: ownerState,
    viewport: { width: 1280, height: 800 },
  });
  return context.newPage();
}

test('a CSV over 16 MiB goes in parts straight to the store, and all of it arrives', async () => {
  const path = await madeCsv('big orders.csv', 160_000);
  expect((await stat(path)).size).toBeGreaterThan(16 * MiB);
  const web = await countingAddress();
  const page = await countedPage(web.url);
  const puts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT' && request.url().startsWith(process.env.SLUICE_STORE ?? '-'))
      puts.push(request.url());
  });
  await drop(page, path);

  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'big orders.csv' })).toBeVisible();
  await expect(page).toHaveTitle('Needs your input · big orders.csv · Sluice');
  await expect(page.getByText('customer448261@example.com').first()).toBeVisible();
  await page.getByLabel('Name of column 7').fill('remark');
  await page.getByLabel('Type of order_id').selectOption('TEXT');
  await page.getByRole('checkbox', { name: 'Include email' }).click();
  await nameDataset(page, 'Orders from the browser');
  await startWhenReady(page);

  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('160,000').first()).toBeVisible();
  await expect(page).toHaveTitle('Completed · big orders.csv · Sluice');
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  await page.getByText('Technical details').click();
  await expect(page.getByText(sha256.slice(0, 12)).first()).toBeVisible();
  expect(puts).toHaveLength(3);
  expect(web.sent()).toBeGreaterThan(1_000);
  expect(web.sent()).toBeLessThan(500_000);

  await page.goto(`${address()}/`);
  await page.getByRole('link', { name: 'History' }).first().click();
  await page.getByRole('link', { name: 'big orders.csv' }).first().click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();

  await page.goto(`${address()}/datasets/orders_from_the_browser`);
  await expect(page.getByText('1000001').first()).toBeVisible();
  await expect(page.getByText('remark').first()).toBeVisible();
  await expect(page.getByText('customer448261@example.com')).toHaveCount(0);
  await page.context().browser()?.close();
  web.close();
});

test('a workbook: the right sheet, its types, its rows', async ({ page }) => {
  const path = await madeXlsx('orders.xlsx', 3_000);
  await drop(page, path);
  await expect(page.getByRole('radio', { name: 'Orders' })).toBeChecked({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await openSettings(page, 'File');
  await expect(page.getByText('Orders', { exact: true })).toBeVisible();
  await nameDataset(page, 'Orders of a workbook');
  await startWhenReady(page);
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('3,000').first()).toBeVisible();
  await page.goto(`${address()}/datasets/orders_of_a_workbook`);
  await expect(page.getByText('2020-12-28').first()).toBeVisible();
});

test('progress is right again after a reload and after another page', async ({ page }) => {
  const path = await madeCsv('reload.csv', 400_000);
  await drop(page, path);
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
  await startWhenReady(page);
  const id = /imports\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  await page.reload();
  await page.goto(`${address()}/imports`);
  await page.goto(`${address()}/imports/${id}`);
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('400,000').first()).toBeVisible();
});

test('rejected rows are named, and can be downloaded', async ({ page }) => {
  await page.goto(address());
  const rows = Array.from({ length: 1_200 }, (_, i) => `${i},ok`).join('\n');
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'some bad rows.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`n,word\n${rows}\nx,=HYPERLINK("bad")\n`),
  });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await startWhenReady(page);
  const table = page.getByRole('table', { name: 'Rejected rows' });
  await expect(table).toContainText('1,202');
  await expect(table).toContainText('It is not a whole number.');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download all (CSV)' }).first().click();
  const saved = await (await download).path();
  expect(await readFile(saved, 'utf8')).toContain(
    `,1202,x,"'=HYPERLINK(""bad"")",,n: It is not a whole number.`,
  );
});

test('undo takes the rows away, redo brings them back', async ({ page }) => {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'undo me.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('n,word\n1,visible\n2,also\n'),
  });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await startWhenReady(page);
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  const receipt = page.url();
  await page.getByRole('button', { name: /undo/i }).first().click();
  await page.getByRole('alertdialog').getByRole('button', { name: /undo/i }).click();
  await expect(page.getByRole('main').getByRole('button', { name: /redo/i })).toBeVisible();
  await page.goto(`${address()}/datasets/undo_me`);
  await expect(page.getByText('visible')).toHaveCount(0);
  await page.goto(receipt);
  await page.getByRole('main').getByRole('button', { name: 'Redo' }).click();
  await page.getByRole('button', { name: 'Redo import' }).click();
  await expect(page.getByRole('button', { name: /undo/i }).first()).toBeVisible();
  await page.goto(`${address()}/datasets/undo_me`);
  await expect(page.getByText('visible', { exact: true })).toBeVisible();
});

test('a file that cannot be imported says why and what to do', async ({ page }) => {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'old.xls',
    mimeType: 'application/vnd.ms-excel',
    buffer: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4_000)]),
  });
  await expect(page.getByText(/save as/i).first()).toBeVisible();
});

test('an upload can be paused, resumed and cancelled', async ({ page }) => {
  const path = await madeCsv('paused.csv', 700_000);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 5,
    downloadThroughput: -1,
    uploadThroughput: 8 * MiB,
  });
  await drop(page, path);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: /resume/i })).toBeVisible();
  await page.getByRole('button', { name: /resume/i }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await page
    .getByRole('button', { name: /cancel/i })
    .first()
    .click();
  const sure = page
    .getByRole('alertdialog')
    .getByRole('button', { name: /cancel/i })
    .last();
  if (await sure.isVisible({ timeout: 1_000 }).catch(() => false)) await sure.click();
  await expect(page.getByText(/cancelled/i).first()).toBeVisible();
});

test('an interrupted upload goes on after a reload with the same file', async ({ page }) => {
  const path = await madeCsv('interrupted.csv', 300_000);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const throttle = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 12 * MiB };
  await session.send('Network.emulateNetworkConditions', throttle);
  const stored = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.url().includes('partNumber='),
  );
  await drop(page, path);
  expect((await stored).status()).toBe(200);
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  const id = /imports\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(`${address()}/imports/${id}`);
  const again: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT' && request.url().includes('partNumber=')) {
      again.push(Number(new URL(request.url()).searchParams.get('partNumber')));
    }
  });
  const completed = page.waitForRequest((request) => request.url().endsWith('/upload/completion'));
  await page.getByLabel(/choose the file/i).setInputFiles(path);
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
  // However many parts a file has, the browser says nothing of them.
  expect((await completed).postData()).toBeNull();
  expect(again.length).toBeLessThan(Math.ceil((await stat(path)).size / (8 * MiB)));
  await startWhenReady(page);
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('300,000').first()).toBeVisible();
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  await page.getByText('Technical details').click();
  await expect(page.getByText(sha256.slice(0, 12)).first()).toBeVisible();
});

test('an import is cancelled while its rows are being stored', async ({ page }) => {
  await drop(page, await madeCsv('to be cancelled.csv', 900_000));
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
  await startWhenReady(page);
  await expect(page.getByRole('progressbar', { name: 'Import' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel import' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the import' }).click();
  await expect(page.getByText('This import was cancelled')).toBeVisible();
  await page.goto(`${address()}/datasets`);
  await expect(page.getByText('to be cancelled')).toHaveCount(0);
});

test('a second file goes into a dataset that is there', async ({ page }) => {
  for (const [name, content] of [
    ['first half.csv', 'n,word\n1,one\n2,two\n'],
    ['second half.csv', 'n,word\n3,three\n'],
  ] as const) {
    await page.goto(address());
    await page
      .getByLabel(/choose files/i)
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
    await nameDataset(page, 'Halves');
    await startWhenReady(page);
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  }
  await page.goto(`${address()}/datasets`);
  await page.getByRole('link', { name: 'Halves' }).first().click();
  await expect(page.getByText('3 rows · 2 columns · 2 imports')).toBeVisible();
  await expect(page.getByText('3 of 3 rows loaded')).toBeVisible();
  await expect(page.getByText('three', { exact: true })).toBeVisible();
});

test('pages hold together at 1280 and at 390 pixels', async ({ page }) => {
  await page.goto(`${address()}/imports`);
  const first = await page
    .getByRole('link', { name: /\.csv$/ })
    .first()
    .getAttribute('href');
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const path of ['/', '/imports', first ?? '/', '/datasets', '/datasets/orders_from_the_browser']) {
      await page.goto(`${address()}${path}`);
      await expect(page.locator('main h1, main h2').first()).toBeVisible();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${path} at ${width} px`).toBeLessThanOrEqual(0);
      const name =
        path === '/'
          ? 'home'
          : path
              .slice(1)
              .replaceAll('/', '-')
              .replace(/-[0-9a-f-]{36}/, '-one');
      await page.screenshot({ path: join('e2e/results', `${name}-${width}.png`) });
    }
  }
});
