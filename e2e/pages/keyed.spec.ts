import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset, openSettings } from '@/testing/matching';
import { ownersCaller } from '@/testing/over-http';

const address = () => process.env.SLUICE_URL ?? '';

/** Uploads a file and waits for its columns. */
async function choose(page: Page, name: string, lines: string[]): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
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

const articles = Array.from(
  { length: 120 },
  (_, i) => `A-${String(i + 1).padStart(3, '0')},Thing ${i + 1},${i}`,
);

test('a key is chosen with the first file, a second one updates by it, and the receipt lists every row', async ({
  page,
}) => {
  const name = `Articles ${Date.now()}`;
  await choose(page, 'articles.csv', ['sku,name,stock', ...articles]);
  await nameDataset(page, name);
  await openSettings(page, 'Key');
  await page.getByLabel('Key column').selectOption({ label: 'sku' });
  await page.getByLabel('Key columns').selectOption({ label: 'name' });
  await page.getByRole('button', { name: 'Remove name from the key' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'The key' })).toHaveText('sku');
  await look(page, 'keyed-new');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();

  await choose(page, 'changes.csv', [
    'sku,name,stock',
    ...articles.slice(0, 70),
    'A-071,Thing 71 renamed,70',
    'A-072,Thing 72,999',
    'A-073,Thing 73 renamed,5',
    'A-900,New thing,1',
    'A-900,New thing once more,2',
    ',No key,3',
  ]);
  await nameDataset(page, name);
  await openSettings(page, 'Key');
  await expect(page.getByText(`Rows of “${name}” are identified by “sku”.`)).toBeVisible();
  await expect(page.getByLabel('What this import does')).toHaveValue('UPSERT');
  await page.getByLabel('If this file has a key more than once').selectOption('FIRST');
  await look(page, 'keyed-second');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText(/as version 2 of Articles/)).toContainText('after articles.csv');

  await page.getByRole('link', { name: '3 updated: show the rows' }).focus();
  await page.keyboard.press('Enter');
  const updated = page.getByRole('table', { name: 'Rows: updated' });
  await expect(updated.getByRole('deletion')).toHaveText(['Thing 71', '71', 'Thing 73', '72']);
  await page.getByLabel('Changes in').selectOption('stock');
  await expect(updated.getByRole('row')).toHaveCount(3);
  await expect(updated.getByRole('deletion')).toHaveText(['71', 'Thing 73', '72']);
  await look(page, 'keyed-receipt');
  await page.getByRole('link', { name: 'Skipped 1' }).click();
  await expect(page.getByRole('table', { name: 'Rows: skipped' })).toContainText(
    'Same key as row 75 of this file',
  );
  await page.getByRole('link', { name: '70 unchanged: show the rows' }).click();
  const unchanged = page.getByRole('table', { name: 'Rows: unchanged' });
  await expect(unchanged).toContainText('row 2 of articles.csv');
  await page.getByRole('link', { name: '1 rejected: show the rows' }).click();
  await expect(page.getByRole('table', { name: 'Rejected rows' })).toBeInViewport();
});

test('an undo that later imports stand in the way of asks how far it goes, and so does the redo', async ({
  page,
}) => {
  const caller = ownersCaller();
  const run = async (file: string, lines: string[], more: object) => {
    const record = await caller.upload(file, `${lines.join('\n')}\n`);
    const columns = [
      { index: 0, name: 'sku', type: 'TEXT' },
      { index: 1, name: 'stock', type: 'INTEGER' },
    ];
    await caller.call('POST', `/api/v1/imports/${record.id}/start`, { columns, ...more });
    return caller.until(record.id, ['COMPLETED', 'FAILED']);
  };
  const first = await run('first.csv', ['sku,stock', 'a,1', 'b,2', 'c,3'], {
    dataset: { name: `Undo ${Date.now()}` },
    key: ['sku'],
  });
  await run('second.csv', ['sku,stock', 'b,20', 'd,4'], { dataset: { id: first.dataset?.id } });
  await page.goto(`${address()}/imports/${first.id}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('1 row stays as it is, since a later import changed it.');
  await look(page, 'keyed-undo');
  await dialog.getByLabel('Also 1 later import, the last one first').check();
  await dialog.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByText('This import was undone')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Redo' }).click();
  await expect(dialog).toContainText('3 rows come back into the dataset.');
  await expect(dialog).toContainText('The dataset has 0 rows now, and will have 3.');
  await look(page, 'keyed-redo');
  await dialog.getByLabel('Also the 1 other').check();
  await dialog.getByRole('button', { name: 'Redo import' }).click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Undo' })).toBeVisible();
  const rows: { rows: { cells: string[] }[] } = await caller.call(
    'GET',
    `/api/v1/datasets/${first.dataset?.slug}/rows`,
  );
  expect(rows.rows.map(({ cells }) => cells.join())).toEqual(['a,1', 'b,20', 'c,3', 'd,4']);
});

test('a review shows the difference before it happens, and says when another import came first', async ({
  page,
}) => {
  const caller = ownersCaller();
  const columns = [
    { index: 0, name: 'sku', type: 'TEXT' },
    { index: 1, name: 'stock', type: 'INTEGER' },
  ];
  const start = async (file: string, lines: string[], more: object) => {
    const record = await caller.upload(file, `${lines.join('\n')}\n`);
    await caller.call('POST', `/api/v1/imports/${record.id}/start`, { columns, ...more });
    return caller.until(record.id, ['COMPLETED', 'REVIEW', 'FAILED']);
  };
  const first = await start('stock.csv', ['sku,stock', 'a,1', 'b,2', 'c,3'], {
    dataset: { name: `Review ${Date.now()}` },
    key: ['sku'],
  });
  const dataset = { id: first.dataset?.id };
  const waiting = await start('next.csv', ['sku,stock', 'a,10', 'b,2', 'd,4', ',5'], {
    dataset,
    onRejection: 'REVIEW',
  });
  await page.goto(`${address()}/imports/${waiting.id}`);
  await expect(page.getByText('add 1 · update 1 · keep 1 · reject 1')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Rows: updated' }).getByRole('row').nth(1)).toContainText(
    '1 → 10',
  );
  await look(page, 'keyed-review');
  await start('between.csv', ['sku,stock', 'd,40'], { dataset });
  await page.reload();
  await expect(page.getByText('These numbers are out of date')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Publish/ })).toBeDisabled();
  await look(page, 'keyed-outdated');
  await page.getByRole('button', { name: 'Update the review' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('update 2 · keep 1 · reject 1')).toBeVisible();
  await page.getByRole('button', { name: /^Publish/ }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
});

test('a row tells where it comes from, and the dataset is shown as it was at a moment', async ({ page }) => {
  const caller = ownersCaller();
  const columns = [
    { index: 0, name: 'sku', type: 'TEXT' },
    { index: 1, name: 'stock', type: 'INTEGER' },
  ];
  const run = async (file: string, lines: string[], more: object) => {
    const record = await caller.upload(file, `${lines.join('\n')}\n`);
    await caller.call('POST', `/api/v1/imports/${record.id}/start`, { columns, ...more });
    return caller.until(record.id, ['COMPLETED', 'FAILED']);
  };
  const first = await run('monday.csv', ['sku,stock', 'a,1', 'b,2'], {
    dataset: { name: `As of ${Date.now()}` },
    key: ['sku'],
  });
  const before = new Date();
  await page.waitForTimeout(2_000);
  await run('tuesday.csv', ['sku,stock', 'b,20'], { dataset: { id: first.dataset?.id } });
  await page.goto(`${address()}/datasets/${first.dataset?.slug}`);
  const rows = page.getByRole('table', { name: 'Rows', exact: true });
  await expect(rows.getByRole('row').nth(2)).toContainText('20');
  await rows.getByRole('button', { name: 'History of row 2' }).last().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('listitem').first()).toContainText('row 2 of tuesday.csv');
  await expect(dialog.getByRole('listitem').first()).toContainText('2 → 20');
  await expect(dialog.getByRole('listitem').last()).toContainText('row 3 of monday.csv');
  await look(page, 'keyed-history');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const shifted = new Date(before.getTime() + 1_000 - before.getTimezoneOffset() * 60_000);
  await page.getByLabel('As of').fill(shifted.toISOString().slice(0, 19));
  await expect(page.getByRole('heading', { name: 'Rows as they were' })).toBeVisible();
  await expect(rows.getByRole('row').nth(2)).not.toContainText('20');
  await look(page, 'keyed-as-of');
  const csv = await page.getByRole('link', { name: 'CSV' }).first().getAttribute('href');
  const answer = await page.request.get(new URL(csv ?? '', address()).href);
  expect(await answer.text()).toBe('sku,stock\r\na,1\r\nb,2\r\n');
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(rows.getByRole('row').nth(2)).toContainText('20');
});
