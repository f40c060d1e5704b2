import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import iconv from 'iconv-lite';
import { nameDataset, openSettings } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

/** Lets no byte through to the store before it is told to. */
async function holdUploads(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route(
    (url) => url.searchParams.has('X-Amz-Signature'),
    async (route) => {
      if (route.request().method() === 'PUT') await held;
      await route.continue();
    },
  );
  return release;
}

async function drop(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

test('columns are matched while the file goes up, and the choices are there when it is read', async ({
  page,
}) => {
  await drop(page, 'people before.csv', 'Name,Born\nAnn,1980\n');
  await nameDataset(page, 'Matched early');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();

  const release = await holdUploads(page);
  await drop(page, 'people.csv', 'NAME;born;Height\nBen;1990;1,80\nCarl;2000;1,75\n');
  await expect(page.getByRole('table', { name: 'Preview' })).toContainText('Carl');
  await expect(page.getByText('The file is still uploading. You can start when it is done.')).toBeVisible();
  await openSettings(page, 'File');
  await expect(page.getByText('A first look at the beginning of the file')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start import' })).toBeDisabled();
  await nameDataset(page, 'Matched early');
  await expect(page.getByText('Same name')).toHaveCount(2);
  await page.getByLabel('Name of column 3').fill('Size');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `at-first-sight-${width}.png`), fullPage: true });
  }
  release();
  await expect(page.getByText('Delimited text. Correct what is wrong.')).toBeVisible();
  await expect(page.getByLabel('Name of column 3')).toHaveValue('Size');
  await expect(page.getByText('some things changed')).toHaveCount(0);
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await page.getByRole('link', { name: 'Show the rows', exact: true }).click();
  await expect(page.getByText('Size').first()).toBeVisible();
});

test('what the worker finds further on corrects the first sight, and that is said', async ({ page }) => {
  const release = await holdUploads(page);
  const row = (i: number) => `${i},${'x'.repeat(600)}\n`;
  const content = `code,filling\n${Array.from({ length: 600 }, (_, i) => row(i)).join('')}007,x\n`;
  await drop(page, 'turns.csv', content);
  const type = page.getByLabel('Type of code');
  await expect(type).toHaveValue('INTEGER');
  release();
  await expect(page.getByText('After reading more of the file, some things changed')).toBeVisible();
  await expect(page.getByText('“code”: Text rather than Whole number.')).toBeVisible();
  await expect(type).toHaveValue('TEXT');
});

test('how a file is read is chosen while it goes up, and the worker reads it so', async ({ page }) => {
  const release = await holdUploads(page);
  await drop(page, 'titled.csv', 'Made for you;2026\nname;city\nAda;London\nBob;Paris\n');
  const row = (name: string) => page.getByRole('radio', { name });
  await expect(row('None: all rows are data')).toBeVisible();
  await row('Row 2').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Name of column 1')).toHaveValue('name');
  await openSettings(page, 'File');
  await page.getByLabel('Delimiter').selectOption('Comma');
  await expect(page.getByLabel('Name of column 1')).toHaveValue('name;city');
  await page.getByLabel('Delimiter').selectOption('Semicolon');
  await page.getByLabel('Name of column 2').fill('Town');
  await expect(page.getByText('The file is still uploading. You can start when it is done.')).toBeVisible();
  release();
  await expect(page.getByText('Delimited text. Correct what is wrong.')).toBeVisible();
  await expect(page.getByLabel('Name of column 1')).toHaveValue('name');
  await expect(page.getByLabel('Name of column 2')).toHaveValue('Town');
  await expect(page.getByText('some things changed')).toHaveCount(0);
});

test('#5 encodings are guessed at first sight as the worker guesses them, and it says so where it finds another', async ({
  page,
}) => {
  const release = await holdUploads(page);
  const encoding = page.getByLabel('Encoding');
  const preview = page.getByRole('table', { name: 'Preview' });
  const japanese = ['東京都渋谷区', 'カタカナ表示', 'これは日本語のテストです', '商品名と価格'];
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${japanese[i % 4]}`);
  await drop(page, 'japanese.csv', iconv.encode(`番号,名前\n${rows.join('\n')}\n`, 'shift_jis'));
  await openSettings(page, 'File');
  await expect(page.getByText('A first look at the beginning of the file')).toBeVisible();
  await openSettings(page, 'File');
  await expect(encoding).toHaveValue('shift_jis');
  await expect(preview).toContainText('カタカナ表示');

  const dishes = (name: string) =>
    Array.from({ length: 400 }, (_, i) => `${i},${name} ${'x'.repeat(500)}\n`).join('');
  const french = iconv.encode(dishes('Crème brûlée à la façon'), 'windows-1252');
  await drop(page, 'french.csv', Buffer.concat([Buffer.from('n,dish\n'), french]));
  await openSettings(page, 'File');
  await expect(encoding).toHaveValue('windows-1252');
  await expect(page.getByText('Encoding was guessed as Windows-1252; check the accents')).toBeVisible();
  await expect(preview).toContainText('Crème brûlée');

  // Nothing but ASCII as far as the browser looks.
  await drop(page, 'turned.csv', Buffer.concat([Buffer.from(`n,dish\n${dishes('Creme')}`), french]));
  await openSettings(page, 'File');
  await expect(encoding).toHaveValue('utf-8');
  release();
  await expect(page.getByText('Encoding: WINDOWS-1252 rather than UTF-8.')).toBeVisible();
  await openSettings(page, 'File');
  await expect(encoding).toHaveValue('windows-1252');
});
