import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset, openSettings } from '@/testing/matching';
import { ownersCaller } from '@/testing/over-http';
import { zipBytes } from '@/worker/read/xlsx/testing/zip-writer';

const address = () => process.env.SLUICE_URL ?? '';

/** Looks at the page at both widths, light and dark: nothing hangs over, and everybody can use it. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${name} at ${width} px`).toBeLessThanOrEqual(0);
      await page.screenshot({ path: join('e2e/results', `${name}-${width}-${colorScheme}.png`) });
    }
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Drags a file over an element of the page, and lets go of it there. */
async function dragOver(page: Page, over: string, name: string, content: string) {
  const dataTransfer = await page.evaluateHandle(
    ({ name, content }) => {
      const dragged = new DataTransfer();
      dragged.items.add(new File([content], name));
      return dragged;
    },
    { name, content },
  );
  await page.dispatchEvent(over, 'dragover', { dataTransfer });
  return { letGo: () => page.dispatchEvent(over, 'drop', { dataTransfer }) };
}

async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    // What a spreadsheet program copies has a picture of the cells as well.
    clipboardData.items.add(new File(['\x89PNG'], 'image.png', { type: 'image/png' }));
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** A dataset of two numbers, made by the API. */
async function numbers(name: string) {
  const caller = ownersCaller();
  const record = await caller.upload('numbers.csv', 'n,word\n1,one\n2,two\n');
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, caller.confirmation(record, name));
  const { dataset } = await caller.until(record.id, ['COMPLETED']);
  return dataset?.slug ?? '';
}

test('pasted cells go the way of a file', async ({ page }) => {
  await page.goto(address());
  await expect(page.getByRole('button', { name: 'Paste rows' })).toBeVisible();
  await pasteText(page, 'a single value');
  const message = page.getByRole('listitem');
  await expect(message.filter({ hasText: 'There are no rows on the clipboard' })).toBeVisible();
  await pasteText(page, 'Item\tPrice\r\nTea\t3\r\nMilk\t2\r\n');
  await expect(page.getByRole('heading', { name: 'Pasted rows.tsv' })).toBeVisible();
  await expect(page.getByLabel('Name of column 2')).toHaveValue('Price');
  await nameDataset(page, `Pasted ${Date.now()}`);
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByText('2 rows added to')).toBeVisible();
});

test('rows are pasted by a button as well, and it says what to press where that is not allowed', async ({
  page,
  context,
}) => {
  await page.goto(address());
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { readText: () => Promise.reject(new Error('denied')) },
      configurable: true,
    });
  });
  await page.getByRole('button', { name: 'Paste rows' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Press Ctrl+V' })).toBeVisible();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.reload();
  await page.evaluate(() => navigator.clipboard.writeText('Item,Price\nTea,3\nMilk,2\n'));
  await page.getByRole('button', { name: 'Paste rows' }).click();
  await expect(page.getByRole('heading', { name: 'Pasted rows.csv' })).toBeVisible();
  await expect(page.getByLabel('Name of column 2')).toHaveValue('Price');
});

test('a sample file shows what happens to rows that do not fit', async ({ page }) => {
  await page.goto(address());
  const sample = page.getByRole('button', { name: 'Try with a sample file' });
  await expect(sample).toBeVisible();
  await look(page, 'other-ways');
  await sample.click();
  await expect(page.getByRole('heading', { name: 'Sample orders.csv' })).toBeVisible();
  await nameDataset(page, `Sample ${Date.now()}`);
  await page.getByLabel('If rows are rejected').selectOption('REVIEW');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('button', { name: 'Publish 22 rows without the 3 rejected' })).toBeVisible();
});

test('files are dropped anywhere on any page, and on a dataset they go into it', async ({ page }) => {
  await page.goto(`${address()}/account`);
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  const anywhere = await dragOver(page, 'h1', 'dropped.csv', 'n,word\n3,three\n');
  await expect(page.getByText('Drop to import', { exact: true })).toBeVisible();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await dragOver(page, 'h1', 'dropped.csv', '');
    await page.screenshot({ path: join('e2e/results', `drop-anywhere-${width}.png`) });
  }
  // Nothing more is heard of a drag that ends in another window.
  await expect(page.getByText('Drop to import')).toHaveCount(0);
  await anywhere.letGo();
  await expect(page.getByRole('heading', { name: 'dropped.csv' })).toBeVisible();

  const name = `Dropped into ${Date.now()}`;
  await page.goto(`${address()}/datasets/${await numbers(name)}`);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  const into = await dragOver(page, 'h1', 'of another name.csv', 'n,word\n3,three\n');
  await expect(page.getByText(`Drop to import into “${name}”`)).toBeVisible();
  await into.letGo();
  await openSettings(page, 'Dataset');
  await expect(page.getByLabel('Dataset name')).toHaveValue(name);
  await expect(page.getByText('Drop to import')).toHaveCount(0);
});

test('a file for a zone of its own, or dropped beside an open dialog, starts no other import', async ({
  page,
}) => {
  const caller = ownersCaller();
  const started: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/imports')) started.push(request.url());
  });
  const record = await caller.upload('zone.csv', `n\n1\nx\n`);
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, {
    dataset: { name: `Zone ${Date.now()}` },
    columns: [{ index: 0, name: 'n', type: 'INTEGER' }],
    onRejection: 'STOP',
  });
  await caller.until(record.id, ['REVIEW']);
  await page.goto(`${address()}/imports/${record.id}`);
  const zone = page.getByText('Drop the corrected file here');
  await expect(zone).toBeVisible();
  const corrected = await dragOver(page, '[data-drop-zone]', 'wrong.csv', 'a,b\n1,2\n');
  await expect(page.getByText('Let go to upload')).toBeVisible();
  await expect(page.getByText('Drop to import')).toHaveCount(0);
  await corrected.letGo();
  await expect(page.getByText('wrong.csv could not be used')).toBeVisible();

  await page.getByRole('button', { name: 'Cancel import' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  const beside = await dragOver(page, 'h1', 'beside.csv', 'a,b\n1,2\n');
  await expect(page.getByText('Drop to import')).toHaveCount(0);
  await beside.letGo();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  expect(started).toEqual([]);
});

test('downloaded rejections, corrected and dropped on any page, are offered to the import they came from', async ({
  page,
}) => {
  const caller = ownersCaller();
  const record = await caller.upload('to be corrected.csv', 'n,word\n1,one\nx,two\n');
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, {
    dataset: { name: `Corrected anywhere ${Date.now()}` },
    columns: [
      { index: 0, name: 'n', type: 'INTEGER' },
      { index: 1, name: 'word', type: 'TEXT' },
    ],
    onRejection: 'STOP',
  });
  await caller.until(record.id, ['REVIEW']);
  const answer = await caller.ask('GET', `/api/v1/imports/${record.id}/rejections/export?format=csv`);
  const corrected = (await answer.text()).replace(',x,two', ',2,two');
  await page.goto(`${address()}/datasets`);
  await expect(page.getByRole('heading', { name: 'Datasets', exact: true })).toBeVisible();
  const { letGo } = await dragOver(page, 'h1', 'corrected.csv', corrected);
  await letGo();
  await expect(page.getByText('This file has corrected rows from “to be corrected.csv”')).toBeVisible();
  await page.getByRole('button', { name: 'Add them to that import' }).click();
  await expect(page.getByRole('button', { name: 'Publish 2 rows' })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/imports/${record.id}$`));
});

test('what holds no table is refused before it goes up, wherever it is dropped', async ({ page }) => {
  const started: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') started.push(request.url());
  });
  await page.goto(address());
  for (const [name, entries, sentence] of [
    [
      'letter.xlsx',
      ['[Content_Types].xml', 'word/document.xml'],
      'This is a Word document (.docx), not a table.',
    ],
    ['photos.csv', ['a.png', 'b.png'], 'This is a zip archive of 2 pictures, not a table.'],
  ] as const) {
    const buffer = await zipBytes(entries.map((entry) => ({ name: entry, data: 'x' })));
    await page
      .getByLabel(/choose files/i)
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) });
    await expect(page.getByText(`“${name}” was not uploaded`)).toBeVisible();
    await expect(page.getByText(sentence)).toBeVisible();
  }
  await look(page, 'refused-kinds');
  await page.goto(`${address()}/imports`);
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  const dropped = await dragOver(page, 'h1', 'report.csv', '%PDF-1.7\n');
  await dropped.letGo();
  const tray = page.getByRole('complementary', { name: 'Uploads' });
  await expect(tray.getByRole('alert')).toContainText(
    'This is a PDF document, not a table. Export the table',
  );
  await look(page, 'refused-elsewhere');
  expect(started.filter((url) => url.includes('/api/v1/imports'))).toEqual([]);
});
