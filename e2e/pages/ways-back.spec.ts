import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import exceljs from 'exceljs';
import { MiB } from '@/lib/shared/bytes';
import { nameDataset, openSettings } from '@/testing/matching';
import { ownersCaller } from '@/testing/over-http';
import { madeCsv } from '../files-made';

const address = () => process.env.SLUICE_URL ?? '';

async function choose(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
}

/** Looks at the page at both widths: nothing hangs over. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `${name}-${width}.png`) });
  }
}

/** A dataset of two numbers, made by the API. */
async function numbers(name: string) {
  const caller = ownersCaller();
  const record = await caller.upload('numbers.csv', 'n,word,size\n1,one,10\n2,two,20\n');
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, caller.confirmation(record, name));
  return caller.until(record.id, ['COMPLETED']);
}

test('“Import a file” on a dataset keeps the dataset', async ({ page }) => {
  const name = `Kept target ${Date.now()}`;
  const { dataset } = await numbers(name);
  await page.goto(`${address()}/datasets/${dataset?.slug}`);
  await page.getByRole('link', { name: 'Import a file' }).click();
  await expect(page.getByRole('heading', { name: `Import into ${name}` })).toBeVisible();
  await look(page, 'import-into');
  await choose(page, 'a file of another name.csv', 'n,word,size\n3,three,30\n');
  await openSettings(page, 'Dataset');
  await expect(page.getByLabel('Dataset name')).toHaveValue(name);
  await expect(page.getByText(`${name} (adds to it)`)).toBeVisible();
  await page.reload();
  await openSettings(page, 'Dataset');
  await expect(page.getByLabel('Dataset name')).toHaveValue(name);
});

test('a file whose rows are all rejected is not called completed, and waits to be put right', async ({
  page,
}) => {
  const name = `All rejected ${Date.now()}`;
  const { dataset } = await numbers(name);
  await page.goto(`${address()}/?into=${dataset?.slug}`);
  await choose(page, 'not numbers.csv', 'n,word,size\nx,one,10\ny,two,20\n');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(
    page.getByRole('heading', { name: 'Nothing to import: all 2 rows are rejected' }),
  ).toBeFocused();
  await expect(page.getByText('Completed')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Show the rows', exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Publish/ })).toHaveCount(0);
  await look(page, 'all-rejected');
});

test('rejected rows of a finished import, corrected and dropped, are recognized and go into its dataset', async ({
  page,
}) => {
  const name = `Corrected later ${Date.now()}`;
  const { dataset } = await numbers(name);
  await page.goto(`${address()}/?into=${dataset?.slug}`);
  await choose(page, 'some bad.csv', 'n,word,size\n3,three,30\nx,=four,40\n');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download all (Excel)' }).click(),
  ]);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(Uint8Array.from(await readFile(await file.path())).buffer);
  const sheet = workbook.worksheets[0];
  if (sheet) sheet.getCell('C2').value = 4;
  const corrected = Buffer.from(await workbook.xlsx.writeBuffer());

  // On the start page, where nothing says what it belongs to.
  await page.goto(address());
  await choose(page, 'corrected.xlsx', corrected);
  await expect(page.getByText('This file has corrected rows from “some bad.csv”')).toBeVisible();
  await openSettings(page, 'Dataset');
  await expect(page.getByLabel('Dataset name')).toHaveValue(name);
  for (const own of ['Sluice import', 'Sluice row', 'Sluice reason'])
    await expect(page.getByRole('checkbox', { name: `Include ${own}` })).not.toBeChecked();
  await look(page, 'corrected-later');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByText('1 row added to')).toBeVisible();
  await page.getByRole('link', { name: 'Show the rows', exact: true }).click();
  await expect(page.getByText('=four', { exact: true })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /Sluice/ })).toHaveCount(0);
});

test('rejected rows of an import in review, dropped on the start page, are offered to it', async ({
  page,
}) => {
  await page.goto(address());
  const rows = Array.from({ length: 1_100 }, (_, i) => `${i},a,1`).join('\n');
  await choose(page, 'to correct.csv', `n,word,size\n${rows}\nx,b,2\n`);
  await nameDataset(page, `To correct ${Date.now()}`);
  await page.getByLabel('Type of n').selectOption('INTEGER');
  await page.getByLabel('If rows are rejected').selectOption('STOP');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Stopped: 1 row is rejected' })).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download all (CSV)' }).click(),
  ]);
  const csv = (await readFile(await file.path())).toString('utf8');
  await page.goto(address());
  await choose(page, 'corrected.csv', csv.replace(',x,b', ',7,b'));
  await look(page, 'corrected-offered');
  await page.getByRole('button', { name: 'Add them to that import' }).click();
  await page.getByRole('link', { name: 'Open that import' }).first().click();
  await expect(page.getByRole('button', { name: 'Publish 1,101 rows' })).toBeVisible();
});

test('Back and Forward lead from step to step, and a reload stays at one', async ({ page }) => {
  const workbook = new exceljs.Workbook();
  for (const name of ['First', 'Second'])
    workbook.addWorksheet(name).addRows([
      ['a', 'b'],
      [1, name],
      [2, 'x'],
    ]);
  await page.goto(address());
  await choose(page, 'two sheets.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()));
  await expect(page.getByText('Which sheet', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Start import' })).toBeVisible();
  await expect(page).toHaveURL(/\?step=columns$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/imports\/[^?]+\?step=sheet$/);
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('button', { name: 'Start import' })).toBeVisible();
  await page.goBack();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
});

test('a picture and a protected workbook are refused before anything is sent', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url());
  });
  await page.goto(address());
  await choose(page, 'picture.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'));
  await expect(page.getByText('“picture.png” was not uploaded')).toBeVisible();
  await expect(page.getByText('This is a PNG picture, not a table.')).toBeVisible();
  const locked = Buffer.alloc(8_192);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(locked);
  Buffer.from('EncryptedPackage', 'utf16le').copy(locked, 4_096);
  await choose(page, 'locked.xlsx', locked);
  await expect(page.getByText('This workbook is password-protected.')).toBeVisible();
  expect(sent.filter((url) => url.includes('/api/v1/imports'))).toEqual([]);
  await look(page, 'refused-files');
});

test('without a connection another page is waited for, and the upload goes on when it is back', async ({
  page,
}) => {
  const path = await madeCsv('going on.csv', 500_000);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const network = (offline: boolean) =>
    session.send('Network.emulateNetworkConditions', {
      offline,
      latency: 5,
      downloadThroughput: -1,
      uploadThroughput: 4 * MiB,
    });
  await network(false);
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles(path);
  // The page of the import opens by itself: going offline before that would have it open afterwards.
  await expect(page.getByRole('heading', { name: 'going on.csv' })).toBeVisible();
  const mark = await page.evaluate(() => {
    Reflect.set(window, 'sameTab', true);
    return true;
  });
  expect(mark).toBe(true);
  await network(true);
  await page.getByRole('link', { name: 'History', exact: true }).click();
  await expect(page.getByText('No connection to the server.')).toBeVisible();
  await page.screenshot({ path: join('e2e/results', 'offline.png') });
  expect(await page.evaluate(() => Reflect.get(window, 'sameTab'))).toBe(true);
  await network(false);
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  // The very same tab: nothing was loaded anew, and the upload is still there and comes to its end.
  expect(await page.evaluate(() => Reflect.get(window, 'sameTab'))).toBe(true);
  const tray = page.getByRole('complementary', { name: 'Uploads' });
  await expect(tray).toContainText('going on.csv');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await expect(tray).toContainText('Uploaded.', { timeout: 60_000 });
});
