import { expect, test } from '@playwright/test';
import { ownersCaller } from '@/testing/over-http';

test('the receipt can be had as JSON, and leaves buttons and menus out on paper', async ({ page }) => {
  const caller = ownersCaller();
  const record = await caller.upload('printed.csv', 'sku,n\na,1\nb,2\n');
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, {
    dataset: { name: 'Printed' },
    key: ['sku'],
    columns: [
      { index: 0, name: 'sku', type: 'TEXT' },
      { index: 1, name: 'n', type: 'INTEGER' },
    ],
  });
  await caller.until(record.id, ['COMPLETED', 'FAILED']);
  await page.goto(`${process.env.SLUICE_URL}/imports/${record.id}`);
  await expect(page.getByRole('button', { name: 'Print the receipt' })).toBeVisible();
  const answer = await page.request.get(
    `${process.env.SLUICE_URL}${await page.getByRole('link', { name: 'Receipt (JSON)' }).getAttribute('href')}`,
  );
  expect(await answer.json()).toMatchObject({
    key: ['sku'],
    tally: { read: 2, inserted: 2, balances: true },
    attempts: [{ number: 1, afterRow: null }],
  });
  const relative = page.getByText(/just now|minutes? ago/).filter({ visible: true });
  await expect(relative).not.toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
  await expect(relative).toHaveCount(0);
  await expect(page.getByText('Peak worker memory')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.getByText('The numbers add up.')).toBeVisible();
  await page.screenshot({ path: 'e2e/results/print.png', fullPage: true });
});

test('a receipt begins with the ledger and what to do next, and keeps what is technical apart', async ({
  page,
}) => {
  const caller = ownersCaller();
  const record = await caller.upload('next.csv', 'n,word\n1,one\n2,two\nx,three\n');
  const name = `What next ${Date.now()}`;
  await caller.call('POST', `/api/v1/imports/${record.id}/start`, {
    dataset: { name },
    columns: [
      { index: 0, name: 'n', type: 'INTEGER' },
      { index: 1, name: 'word', type: 'TEXT' },
    ],
  });
  await caller.until(record.id, ['COMPLETED', 'FAILED']);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`${process.env.SLUICE_URL}/imports/${record.id}`);
      await expect(page.getByRole('heading', { name: 'What to do next' })).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
      const top = async (heading: string) =>
        (await page.getByRole('heading', { name: heading, exact: true }).boundingBox())?.y ?? 0;
      expect(await top('What to do next')).toBeLessThan(await top('Details'));
      expect(await top('Receipt')).toBeLessThan(await top('Details'));
      await page.screenshot({ path: `e2e/results/next-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  for (const technical of ['SHA-256', 'Attempts', 'Peak worker memory'])
    await expect(page.getByText(technical, { exact: true })).toBeHidden();
  await page.getByText('Technical details').click();
  for (const technical of ['SHA-256', 'Attempts', 'Peak worker memory'])
    await expect(page.getByText(technical, { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Correct the rejected row' }).click();
  await expect(page.getByRole('table', { name: 'Rejected rows' })).toBeInViewport();
  await page.getByRole('link', { name: 'Import another file' }).click();
  await expect(page.getByRole('heading', { name: `Import into ${name}` })).toBeVisible();
});

test('an undone import says until when it can be redone, and when its rows are gone', async ({ page }) => {
  const caller = ownersCaller();
  const record = await caller.upload('undone.csv', 'sku,n\na,1\nb,2\n');
  await caller.call(
    'POST',
    `/api/v1/imports/${record.id}/start`,
    caller.confirmation(record, 'Undone for long'),
  );
  await caller.until(record.id, ['COMPLETED', 'FAILED']);
  await page.goto(`${process.env.SLUICE_URL}/imports/${record.id}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Undo this import?' });
  await expect(dialog.getByText('You can redo it for 90 days.')).toBeVisible();
  await page.screenshot({ path: 'e2e/results/undo-term.png' });
  await dialog.getByRole('button', { name: 'Undo import' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'This import was undone' });
  await expect(notice.getByText(/They are kept until .* \d{4}, and Redo restores them/)).toBeVisible();
  await expect(notice.getByRole('button', { name: 'Redo' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Inserted', exact: false }).first()).toBeVisible();

  // As the server answers once the term is over.
  await page.route(`**/api/v1/imports/${record.id}`, async (route) => {
    const answer = await route.fetch();
    const gone = { redoUntil: null, rowsDeletedAt: '2027-03-03T03:00:00.000Z' };
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...gone } });
  });
  await page.reload();
  await expect(
    notice.getByText(/Its rows were deleted on Mar 3, 2027, so it cannot be redone/),
  ).toBeVisible();
  await expect(notice.getByRole('button')).toHaveCount(0);
  await expect(page.getByText('Rows of this file')).toHaveCount(0);
  await page.screenshot({ path: 'e2e/results/rows-deleted.png', fullPage: true });
});
