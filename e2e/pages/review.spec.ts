import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import exceljs from 'exceljs';
import { ownersCaller } from '@/testing/over-http';

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
  await expect(page.getByText('Please review it by')).toBeVisible();
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

test('causes are counted, and a click puts one right without the file being read again', async ({ page }) => {
  const content = ['day,ok,n', '31/12/2025,ja,1', '30/11/2025,nein,2', '2025-01-01,true,x', '2025-01-02,,4'];
  await begin(page, 'causes.csv', `${content.join('\n')}\n`, 'REVIEW');
  await page.getByLabel('Type of ok').selectOption('BOOLEAN');
  await page.getByLabel('Type of n').selectOption('INTEGER');
  await page.getByLabel('Type of day').selectOption('DATE');
  await page.getByLabel('Date order of day').selectOption('YMD');
  await page.getByRole('button', { name: 'Start import' }).click();
  const causes = page.getByRole('list', { name: 'Causes' });
  await expect(causes.getByRole('heading', { name: '2 rows: “ok”' })).toBeVisible();
  await expect(causes.getByText('row 2 ja · row 3 nein')).toBeVisible();
  await look(page, 'causes');
  const fix = async (name: string) => {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText(name, { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Ready for your review' })).toBeFocused();
  };
  await fix('Read the dates of “day” day first (31/12/2026)');
  await fix('Read “ja” as “true” in “ok”');
  await fix('Read “nein” as “false” in “ok”');
  await fix('Treat “x” as empty in “n”');
  await expect(causes).toHaveCount(0);
  await page.getByRole('button', { name: 'Publish 4 rows' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText('Read “ja” as “true” in “ok”')).toBeVisible();
  await look(page, 'receipt-amended');
});

test('rejected rows are downloaded, corrected, and dropped back into the same import', async ({ page }) => {
  await begin(page, 'file-way.csv', `n,word\n${rows}\nx,bad\ny,worse\n`, 'STOP');
  await page.getByLabel('Type of n').selectOption('INTEGER');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Stopped: 2 rows are rejected' })).toBeFocused();
  const download = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).click(),
    ]);
    return readFile(await file.path());
  };
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(Uint8Array.from(await download('Download all (Excel)')).buffer);
  const sheet = workbook.worksheets[0];
  if (sheet) sheet.getCell('C2').value = 61;
  await page.getByLabel('Choose the file').setInputFiles({
    name: 'wrong.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a,b\n1,2\n'),
  });
  await expect(page.getByRole('alert').filter({ hasText: 'wrong.csv could not be used' })).toBeVisible();
  await look(page, 'correction-refused');
  // From elsewhere, what was uploaded leads back here and says what for.
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'Check the corrections' }).click();
  await expect(page.getByRole('heading', { name: 'Stopped: 2 rows are rejected' })).toBeVisible();
  await page.getByLabel('Choose the file').setInputFiles({
    name: 'corrected.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await workbook.xlsx.writeBuffer()),
  });
  await expect(page.getByRole('heading', { name: 'Stopped: 1 row is rejected' })).toBeVisible();
  await expect(
    page.getByText('Corrected rows from corrected.xlsx: 1 of 2 valid', { exact: true }),
  ).toBeVisible();
  const csv = (await download('Download all (CSV)')).toString('utf8');
  await page.getByLabel('Choose the file').setInputFiles({
    name: 'corrected.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csv.replace(',y,worse', ',62,better')),
  });
  await page.getByRole('button', { name: 'Publish 62 rows' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText('Corrected rows from corrected.csv: 1 of 1 valid')).toBeVisible();
});

test('cells are corrected in place with the keyboard alone, undone, and replaced in a column', async ({
  page,
}) => {
  await begin(page, 'in-place.csv', `n,word\n${rows}\nx,bad\n7€,seven\n8€,eight\n`, 'REVIEW');
  await page.getByLabel('Type of n').selectOption('INTEGER');
  await page.getByRole('button', { name: 'Start import' }).click();
  const grid = page.getByRole('grid', { name: 'Rejected rows to correct' });
  const cell = (row: number, column: number) => grid.locator(`[data-place="${row} ${column}"]`);
  await expect(cell(0, 0).locator('span').first()).toHaveText('x');
  await expect(cell(0, 0)).toHaveAttribute('aria-invalid', 'true');
  await look(page, 'edit-table');

  await cell(0, 0).focus();
  await page.keyboard.press('ArrowRight');
  await expect(cell(0, 1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cell(1, 1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await expect(cell(0, 0)).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.type('yz');
  await page.keyboard.press('Escape');
  await expect(cell(0, 0)).toBeFocused();
  await expect(cell(0, 0).locator('span').first()).toHaveText('x');
  await page.keyboard.type('zwei');
  await page.keyboard.press('Enter');
  await expect(cell(1, 0)).toBeFocused();
  await expect(page.getByText('Row 62, n: It is not a whole number.')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('61');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Row 62 is valid now.')).toBeVisible();
  await expect(page.getByText('In 2 rejected rows, including those that are not shown.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish 61 rows without the 2 rejected' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(cell(0, 0).locator('span').first()).toHaveText('zwei');
  await page.keyboard.press('Control+z');
  await expect(cell(0, 0).locator('span').first()).toHaveText('x');
  await expect(page.getByRole('button', { name: 'Publish 60 rows without the 3 rejected' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo the last change' })).toBeDisabled();

  await page.getByLabel('Find', { exact: true }).fill('€');
  await page.getByRole('button', { name: 'Replace all' }).click();
  await expect(page.getByText('2 rows changed, 2 of them valid now.')).toBeVisible();
  await cell(0, 0).focus();
  await page.keyboard.type('61');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Publish 63 rows' })).toBeVisible();
  await look(page, 'edit-table-done');
  await page.getByRole('button', { name: 'Publish 63 rows' }).click();
  await expect(page.getByText('3 rows corrected cell by cell')).toBeVisible();
});

test('ten thousand rejected rows are edited in a table that draws and fetches only what is in sight', async ({
  page,
}) => {
  test.setTimeout(240_000);
  /** Of ten thousand rows each is validated anew. */
  const patient = { timeout: 60_000 };
  const bad = Array.from({ length: 10_000 }, (_, i) => `${i + 1}€,word ${i}`).join('\n');
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().includes('/editable-rows?')) fetched.push(request.url());
  });
  await begin(page, 'many.csv', `n,word\n1,good\n${bad}\n`, 'REVIEW');
  await page.getByLabel('Type of n').selectOption('INTEGER');
  await page.getByRole('button', { name: 'Start import' }).click();
  const grid = page.getByRole('grid', { name: 'Rejected rows to correct' });
  const cell = (row: number, column: number) => grid.locator(`[data-place="${row} ${column}"]`);
  const text = (row: number, column: number) => cell(row, column).locator('span').first();
  await expect(text(0, 0)).toHaveText('1€');
  await expect(grid).toHaveAttribute('aria-rowcount', '10001');
  expect(await grid.getByRole('row').count()).toBeLessThan(60);

  await cell(0, 0).focus();
  await page.keyboard.press('Control+End');
  await expect(cell(9_999, 1)).toBeFocused();
  await expect(text(9_999, 1)).toHaveText('word 9999');
  await expect(cell(9_999, 1)).toBeInViewport();
  await expect(cell(9_999, 1).locator('..')).toHaveAttribute('aria-rowindex', '10001');
  await page.keyboard.press('Home');
  await page.keyboard.type('10000');
  await page.keyboard.press('Tab');
  await expect(cell(9_999, 1)).toBeFocused();
  await expect(page.getByText('Row 10002 is valid now.')).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');

  // Scrolled out of sight, the cell keeps the focus, and what is typed goes there.
  await cell(9_999, 1).focus();
  await grid.locator('..').evaluate((box) => box.scrollTo({ top: 200_000 }));
  await expect(cell(9_999, 1)).not.toBeInViewport();
  await expect(cell(9_999, 1)).toBeFocused();
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  await page.keyboard.type('at the end');
  await page.keyboard.press('Enter');
  await expect(text(9_999, 1)).toHaveText('at the end');
  await page.keyboard.press('Control+Home');
  await expect(cell(0, 0)).toBeInViewport();
  expect(fetched.length).toBeLessThan(20);

  await page.getByLabel('Find', { exact: true }).fill('€');
  await page.getByRole('button', { name: 'Replace all' }).click();
  await expect(page.getByText('9,999 rows changed.')).toBeVisible(patient);
  await expect(page.getByRole('button', { name: 'Publish 10,001 rows' })).toBeVisible(patient);
  await expect(text(0, 0)).toHaveText('1');
  await cell(0, 0).focus();
  await page.keyboard.press('Control+z');
  await expect(text(0, 0)).toHaveText('1€', patient);
  await page.keyboard.press('Control+Shift+z');
  await expect(text(0, 0)).toHaveText('1', patient);
  await page.keyboard.press('Control+End');
  await expect(text(9_999, 0)).toHaveText('10000');
  await look(page, 'edit-table-many');
  expect(fetched.length).toBeLessThan(40);
});

test('a receipt lists rejected rows as they come into sight', async ({ page }) => {
  const caller = ownersCaller();
  const bad = Array.from({ length: 2_000 }, (_, i) => `${i + 1}€,word ${i}`).join('\n');
  const record = await caller.upload('listed.csv', `n,word\n1,good\n${bad}\n`);
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, {
    dataset: { name: `Listed ${Date.now()}` },
    columns: [{ index: 0, name: 'n', type: 'INTEGER' }],
  });
  await caller.until(record.id, ['COMPLETED']);
  await page.goto(`${address()}/imports/${record.id}`);
  const list = page.getByRole('table', { name: 'Rejected rows', exact: true });
  const listed = list.getByRole('row').last().getByRole('cell').first();
  for (const row of [40, 90]) {
    // What comes in makes the box higher, so the end of it is looked for anew.
    await expect
      .poll(async () => {
        await list.locator('..').evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
        return Number((await listed.textContent()) ?? 0);
      })
      .toBeGreaterThan(row);
  }
  expect(await list.getByRole('row').count()).toBeLessThan(60);
});

test('a review has its problems in one table, the ledger beside it, and the way on always in sight', async ({
  page,
}) => {
  const caller = ownersCaller();
  const names = Array.from({ length: 14 }, (_, i) => `c${i + 1}`);
  const line = (last: string) => [...names.slice(1).map((_, i) => `text ${i}`), last].join();
  const lines = Array.from({ length: 80 }, (_, i) => line(i % 2 === 0 ? String(i) : `number ${i}`));
  const record = await caller.upload('one screen.csv', `${names}\n${lines.join('\n')}\n`);
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, {
    dataset: { name: `One screen ${Date.now()}` },
    columns: names.map((name, index) => ({ index, name, type: name === 'c14' ? 'INTEGER' : 'TEXT' })),
    onRejection: 'STOP',
  });
  await caller.until(record.id, ['REVIEW']);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${address()}/imports/${record.id}`);
  const grid = page.getByRole('grid', { name: 'Rejected rows to correct' });
  const publish = page.getByRole('button', { name: 'Publish 40 rows without the 40 rejected' });
  const ledger = page.getByRole('region', { name: 'Ledger' });
  const wrong = grid.locator('[data-place="0 13"]');
  // All at a glance: what is wrong, what would become of the file, and the way on.
  for (const part of [publish, ledger, wrong]) await expect(part).toBeInViewport({ ratio: 1 });
  const [beside, table] = [await ledger.boundingBox(), await grid.boundingBox()];
  expect(beside?.x ?? 0).toBeGreaterThan(table?.x ?? 0);
  await expect(page.getByRole('table', { name: 'Rejected rows', exact: true })).toHaveCount(0);
  await look(page, 'one-screen');

  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    for (const top of [0, 400, 1_200]) {
      await page.evaluate((top) => window.scrollTo({ top }), top);
      await expect(publish).toBeInViewport({ ratio: 1 });
    }
  }
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  // The entry of the ledger leads to the table.
  await ledger.getByRole('link', { name: '40 rejected: show the rows' }).click();
  await expect(page.getByRole('heading', { name: 'Correct rejected rows' })).toBeInViewport();
});

test('the table of rejected rows opens at the first cell that is wrong, however far to the right', async ({
  page,
}) => {
  const names = Array.from({ length: 14 }, (_, i) => `c${i + 1}`);
  const line = (last: string) => [...names.slice(1).map((_, i) => `text ${i}`), last].join();
  await begin(page, 'far-right.csv', `${names}\n${line('1')}\n${line('2')}\n${line('three')}\n`, 'REVIEW');
  await page.getByLabel('Type of c14', { exact: true }).selectOption('INTEGER');
  await page.getByRole('button', { name: 'Start import' }).click();
  const grid = page.getByRole('grid', { name: 'Rejected rows to correct' });
  const wrong = grid.locator('[data-place="0 13"]');
  await expect(wrong).toHaveAttribute('aria-invalid', 'true');
  await grid.scrollIntoViewIfNeeded();
  await expect(wrong).toBeInViewport({ ratio: 1 });
});

test('a row with too many cells is corrected in place, and the first column is not covered', async ({
  page,
}) => {
  const names = ['id', 'name', 'email', 'joined', 'amount'];
  const person = (n: number, amount: string, joined = '2026-01-13') =>
    `${n},Person ${n},p${n}@example.com,${joined},${amount}`;
  const good = Array.from({ length: 25 }, (_, i) => person(i + 1, '4.25'));
  const content = [names.join(','), ...good, person(26, '1.5', '2026-02-30'), person(27, '12,5x')].join('\n');
  await page.setViewportSize({ width: 1280, height: 800 });
  await begin(page, 'surplus.csv', `${content}\n`, 'REVIEW');
  await page.getByRole('button', { name: 'Start import' }).click();
  const grid = page.getByRole('grid', { name: 'Rejected rows to correct' });
  const cell = (row: number, column: number) => grid.locator(`[data-place="${row} ${column}"]`);
  await expect(cell(0, 3)).toHaveAttribute('aria-invalid', 'true');
  const edges = async () => {
    const [head, first] = await Promise.all([
      grid.getByRole('columnheader', { name: 'Row', exact: true }).boundingBox(),
      cell(0, 0).boundingBox(),
    ]);
    return (first?.x ?? 0) - ((head?.x ?? 0) + (head?.width ?? 0));
  };
  expect(await edges()).toBeGreaterThanOrEqual(-1);
  const fault = grid.getByText('It has 6 cells, but the table has 5 columns. Look for a stray delimiter.');
  await expect(fault).toBeVisible();
  expect((await fault.boundingBox())?.height).toBeLessThan(30);
  await expect(grid.getByText('Beyond the last column: 5x')).toBeVisible();
  await look(page, 'edit-table-surplus');
  await cell(1, 4).focus();
  await page.keyboard.type('12.5');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove extra cells from row 28' }).click();
  await expect(page.getByText('Row 28 is valid now.')).toBeVisible();
  await expect(fault).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await expect(fault).toBeVisible();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(page.getByRole('button', { name: 'Publish 26 rows without the rejected one' })).toBeVisible();
  await expect(page.getByText('In 1 rejected row, including those that are not shown.')).toBeVisible();
});
