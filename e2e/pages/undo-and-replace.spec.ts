import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset, openSettings } from '@/testing/matching';
import { ownersCaller } from '@/testing/over-http';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, content: string, from = address()): Promise<void> {
  await page.goto(from);
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

async function start(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Start import' });
  await expect(button).toBeEnabled();
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/start'));
  await button.click();
  await answered;
}

/** Looks at the page at both widths, light and dark: nothing hangs over. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${name} at ${width} px`).toBeLessThanOrEqual(0);
      await page.screenshot({ path: join('e2e/results', `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const stock = Array.from(
  { length: 30 },
  (_, i) => `S-${String(i + 1).padStart(2, '0')},Thing ${i + 1},${i},${i}.5`,
);

test('replacing a dataset shows what goes, changes and stays, and asks for the number of rows that go', async ({
  page,
}) => {
  const name = `Stock ${Date.now()}`;
  await drop(page, 'stock.csv', `sku,name,count,price\n${stock.join('\n')}\n`);
  await nameDataset(page, name);
  await openSettings(page, 'Key');
  await page.getByLabel('Key column').selectOption({ label: 'sku' });
  await start(page);
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();

  // Ten rows fewer, one changed, one new, and no column “price” in it. One of the ten is there with a bad number.
  const lines = stock.slice(0, 20).map((line) => line.split(',').slice(0, 3).join());
  lines[3] = 'S-04,Thing four,3';
  await drop(
    page,
    'new stock.csv',
    `sku,name,count\n${lines.join('\n')}\nS-99,New thing,7\nS-30,Thing 30,many\n`,
  );
  await nameDataset(page, name);
  await openSettings(page, 'Key');
  await page.getByLabel('What this import does').selectOption('REPLACE');
  // Without being asked to: whoever replaces everything sees first what goes.
  await expect(page.getByLabel('If rows are rejected')).toHaveValue('REVIEW');
  await start(page);
  await expect(page.getByRole('heading', { name: 'Ready for your review' })).toBeVisible();
  await expect(page.getByText('“price” will be empty in all rows')).toBeVisible();
  const lost = page.getByRole('status').filter({ hasText: '1 of the removed rows is in the file' });
  await expect(lost).toContainText('Look at row 23 of the file.');
  await expect(lost).toContainText('If you correct it first, it stays');
  await look(page, 'replace-review');
  await lost.getByRole('link', { name: 'Correct it first' }).click();
  await expect(page.getByRole('heading', { name: 'Correct rejected rows' })).toBeInViewport();
  await page.getByRole('link', { name: '10 removed: show the rows' }).click();
  const removed = page.getByRole('table', { name: 'Rows: removed' });
  await expect(removed.getByRole('row')).toHaveCount(11);
  await expect(removed).toContainText('Thing 21');
  await expect(removed).toContainText('row 22 of stock.csv');
  await page.getByRole('link', { name: /^Changed 20$/ }).click();
  const changed = page.getByRole('table', { name: 'Rows: changed' });
  await expect(changed.getByRole('row').filter({ hasText: 'S-04' }).getByRole('deletion')).toHaveText([
    'Thing 4',
    '3.5',
  ]);
  await page.getByRole('link', { name: /^Added 1$/ }).click();
  await expect(page.getByRole('table', { name: 'Rows: added' })).toContainText('New thing');

  await page.getByRole('button', { name: 'Replace all rows with 21 rows without the rejected one' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('10 rows of the dataset are removed.');
  await expect(dialog).toContainText('1 of the removed rows is in the file, but it was rejected there.');
  await expect(dialog).toContainText('20 rows are updated.');
  const confirm = dialog.getByRole('button', { name: 'Remove 10 rows and publish' });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type the number of rows to be removed to go on').fill('1');
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type the number of rows to be removed to go on').fill('10');
  await look(page, 'replace-confirm');
  await confirm.click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  // The receipt, the list of imports, the log and the undo count as the review did.
  await expect(page.getByText('Replaced all rows of')).toBeVisible();
  await expect(page.getByText('10 rows removed, 20 changed, 0 kept, 1 added')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'it was rejected there' })).toBeVisible();
  await look(page, 'replace-receipt');
  await page.getByRole('link', { name: '10 removed: show the rows' }).click();
  await expect(removed.getByRole('row')).toHaveCount(11);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  const undoing = page.getByRole('alertdialog');
  await expect(undoing).toContainText('1 row is removed from the dataset.');
  await expect(undoing).toContainText('10 removed rows come back.');
  await expect(undoing).toContainText('20 rows show their earlier values again.');
  await page.keyboard.press('Escape');
  await page.goto(`${address()}/imports`);
  await expect(page.getByRole('row').filter({ hasText: 'new stock.csv' }).first()).toContainText(
    '10 removed',
  );
  // On a phone too.
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['imports', '']) {
    await page.goto(`${address()}/${path}`);
    const listed = page.getByRole('row').filter({ hasText: 'new stock.csv' }).first();
    for (const outcome of ['10 removed', '1 rejected'])
      await expect(listed.getByText(outcome).filter({ visible: true })).toHaveCount(1);
  }
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${address()}/admin/audit`);
  await expect(page.getByRole('row').filter({ hasText: 'Import completed' }).first()).toContainText(
    '10 rows removed, 20 changed, 1 added, 1 rejected',
  );
});

test('a change in the review says what it changes for later files, and is undone', async ({ page }) => {
  await drop(page, 'orders.csv', 'code,day\nAB,2026-01-02\nXY,2026-01-03\nAB,31/12/2025\n');
  await nameDataset(page, `Orders ${Date.now()}`);
  await page.getByLabel('Type of day').selectOption('DATE');
  await page.getByLabel('Date order of day').selectOption('YMD');
  await page.getByLabel('If rows are rejected').selectOption('STOP');
  await start(page);
  await expect(page.getByRole('heading', { name: 'Stopped: 1 row is rejected' })).toBeVisible();
  const causes = page.getByRole('list', { name: 'Causes' });
  await expect(causes).toContainText('Also suggested for later files with the same columns.');
  await expect(causes).toContainText('Also changes the dataset’s column “day” for later files.');
  await look(page, 'fixes-reach');
  await page.getByRole('button', { name: 'Change the type of “day” to text' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'The change is applied' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish 3 rows' })).toBeVisible();
  const changes = page.getByRole('list', { name: 'Changed in the review' });
  await expect(changes).toContainText('Also changes the dataset’s column “day” for later files.');
  await look(page, 'fix-made');
  await changes.getByRole('button', { name: 'Undo: Change the type of “day” to text' }).click();
  await expect(page.getByRole('heading', { name: 'Stopped: 1 row is rejected' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'The change is undone' })).toBeVisible();
  await expect(changes).toContainText('Undone by Olive Owner');
  await expect(changes).toContainText('Applied by Olive Owner');
  await expect(changes.getByRole('button')).toHaveCount(0);
  await look(page, 'fix-undone');
});

test('after Undo nothing that deletes stands in its place, and the notice is in sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await drop(page, 'undone here.csv', `a,b\n${Array.from({ length: 40 }, (_, i) => `${i},x`).join('\n')}\n`);
  await nameDataset(page, `Undone here ${Date.now()}`);
  await start(page);
  await expect(page.getByText('40 rows added to')).toBeVisible();
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.scrollIntoViewIfNeeded();
  const box = await undo.boundingBox();
  await undo.click();
  await page.getByRole('button', { name: 'Undo import' }).click();
  const notice = page.getByText('This import was undone');
  await expect(notice).toBeInViewport();
  // Where Undo stood on the screen there is no button that deletes, wherever the page has scrolled to.
  const there = await page.evaluate(
    ({ x, y }) => document.elementFromPoint(x, y)?.closest('button')?.textContent ?? '',
    { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 10 },
  );
  expect(there).not.toMatch(/delete/i);
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Receipt' }) });
  await expect(card.getByRole('button', { name: /delete/i })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Delete this import' })).toBeVisible();
  await look(page, 'undone');
});

test('undo and redo say that they are done and offer the way back, also on another page', async ({
  page,
}) => {
  const caller = ownersCaller();
  const record = await caller.upload('back and forth.csv', 'a,b\n1,2\n3,4\n');
  const name = `Back and forth ${Date.now()}`;
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, caller.confirmation(record, name));
  await caller.until(record.id, ['COMPLETED']);
  await page.goto(`${address()}/imports/${record.id}`);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: 'Undo import' }).click();
  const undone = page.getByRole('listitem').filter({ hasText: 'The import is undone' });
  await expect(undone).toContainText(`The rows of back and forth.csv are not in “${name}” any more.`);
  await look(page, 'undone-message');

  await page.getByRole('link', { name: 'History', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await undone.getByRole('button', { name: 'Redo' }).click();
  const redone = page.getByRole('listitem').filter({ hasText: 'The import is redone' });
  await expect(redone).toContainText(`The rows of back and forth.csv are in “${name}” again.`);
  await expect(undone).toHaveCount(0);
  await expect.poll(async () => (await caller.get(record.id)).status).toBe('COMPLETED');
  await redone.getByRole('button', { name: 'Undo' }).click();
  await expect(undone).toBeVisible();
  await expect.poll(async () => (await caller.get(record.id)).status).toBe('UNDONE');
});

test('the log and the receipt count what changed, and not what was there already', async ({ page }) => {
  const caller = ownersCaller();
  const name = `Counted ${Date.now()}`;
  const first = await caller.upload('counted.csv', 'sku,n\na,1\nb,2\nc,3\n');
  await caller.call('POST', `/api/v1/imports/${first.id}/start`, {
    ...caller.confirmation(first, name),
    key: ['sku'],
  });
  const { dataset } = await caller.until(first.id, ['COMPLETED']);
  const second = await caller.upload('counted again.csv', 'sku,n\na,10\nb,20\nc,3\n');
  await caller.call('POST', `/api/v1/imports/${second.id}/start`, {
    ...caller.confirmation(second, name),
    dataset: { id: dataset?.id },
  });
  await caller.until(second.id, ['COMPLETED']);
  await page.goto(`${address()}/imports/${second.id}`);
  await expect(page.getByText('2 rows changed in')).toBeVisible();
  await page.goto(`${address()}/admin/audit`);
  const completed = page.getByRole('row').filter({ hasText: 'Import completed' }).first();
  await expect(completed).toContainText('2 rows');

  // A changed cell keeps its mark while the pointer is on its row, and nothing is asked for of the future.
  await page.goto(`${address()}/imports/${second.id}#updated-rows`);
  const mark = page
    .getByRole('table', { name: 'Rows: updated' })
    .getByRole('cell')
    .filter({ hasText: '→' })
    .first();
  const before = await mark.evaluate((cell) => getComputedStyle(cell).backgroundColor);
  await mark.hover();
  await page.screenshot({ path: join('e2e/results', 'hovered-change.png') });
  expect(await mark.evaluate((cell) => getComputedStyle(cell).backgroundColor)).toBe(before);
  await page.goto(`${address()}/datasets/${dataset?.slug}`);
  await page.getByLabel('As of').fill('2999-01-01T00:00:00');
  await expect(page.getByText('That moment is in the future')).toBeVisible();
  const refused = await caller.ask('GET', `/api/v1/datasets/${dataset?.slug}/rows?at=2999-01-01T00:00:00Z`);
  expect(refused.status).toBe(400);
});

test('dates are written as people of the browser’s language write them', async ({ browser }) => {
  const caller = ownersCaller();
  const element = await caller.upload('german.csv', 'a\n1\n');
  await caller.call(
    'POST',
    `/api/v1/imports/${element.id}/start`,
    caller.confirmation(element, `German ${Date.now()}`),
  );
  await caller.until(element.id, ['COMPLETED']);
  for (const [locale, written] of [
    ['de-DE', /\d\d\.\d\d\.\d{4}, \d{1,2}:\d\d:\d\d/],
    ['en-GB', /\d{1,2} [A-Z][a-z]+ \d{4}, \d{1,2}:\d\d:\d\d/],
  ] as const) {
    const context = await browser.newContext({ locale, storageState: test.info().project.use.storageState });
    const page = await context.newPage();
    await page.goto(`${address()}/imports/${element.id}`);
    await expect(page.getByRole('definition').filter({ hasText: written }).first()).toBeVisible();
    await context.close();
  }
});

test('the frozen row number of rejected rows covers the cells that scroll beneath it', async ({ page }) => {
  const names = Array.from({ length: 12 }, (_, i) => `column ${i + 1}`);
  const line = (first: string) =>
    [first, ...names.slice(1).map((_, i) => `a value of some length ${i}`)].join();
  await drop(
    page,
    'wide.csv',
    `${[...names].join()}\n${line('1')}\n${line('2')}\n${line('3')}\n${line('x')}\n`,
  );
  await nameDataset(page, `Wide ${Date.now()}`);
  await page.getByLabel('Type of column 1', { exact: true }).selectOption('INTEGER');
  await page.getByLabel('If rows are rejected').selectOption('STOP');
  await start(page);
  const grid = page.getByRole('grid', { name: 'Rejected rows to correct' });
  await expect(grid).toBeVisible();
  await grid.scrollIntoViewIfNeeded();
  await grid.evaluate((table) => {
    if (table.parentElement) table.parentElement.scrollLeft = 700;
  });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join('e2e/results', 'frozen-row-number.png') });
  for (const cell of [
    grid.getByRole('rowheader').first(),
    grid.getByRole('columnheader', { name: 'Row', exact: true }),
  ]) {
    const covered = await cell.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const colour = getComputedStyle(element).backgroundColor;
      const on = [0.05, 0.5, 0.95].every((x) =>
        [0.1, 0.5, 0.9].every((y) =>
          element.contains(document.elementFromPoint(left + width * x, top + height * y)),
        ),
      );
      return {
        on,
        opaque: /^rgb\(|^oklab\([^/]*\)$/.test(colour),
        atEdge: left - (element.closest('div')?.getBoundingClientRect().left ?? 0),
      };
    });
    expect(covered).toMatchObject({ on: true, opaque: true });
    expect(covered.atEdge).toBeLessThanOrEqual(1);
  }
});
