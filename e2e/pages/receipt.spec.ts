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
  await page.emulateMedia({ media: 'print' });
  for (const name of ['Print the receipt', 'Undo'])
    await expect(page.getByRole('button', { name })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.getByText('The numbers add up.')).toBeVisible();
  await page.screenshot({ path: 'e2e/results/print.png', fullPage: true });
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
