import { expect, test } from '@playwright/test';
import { ownersCaller } from '../setup/over-http';

test('the receipt can be had as JSON, and leaves buttons and menus out on paper', async ({ page }) => {
  const caller = ownersCaller();
  const it = await caller.upload('printed.csv', 'sku,n\na,1\nb,2\n');
  await caller.call('POST', `/api/imports/${it.id}/start`, {
    dataset: { name: 'Printed' },
    key: ['sku'],
    columns: [
      { index: 0, name: 'sku', type: 'TEXT' },
      { index: 1, name: 'n', type: 'INTEGER' },
    ],
  });
  await caller.until(it.id, ['COMPLETED', 'FAILED']);
  await page.goto(`${process.env.SLUICE_URL}/imports/${it.id}`);
  await expect(page.getByRole('button', { name: 'Print the receipt' })).toBeVisible();
  const answer = await page.request.get(
    `${process.env.SLUICE_URL}${await page.getByRole('link', { name: 'Receipt (JSON)' }).getAttribute('href')}`,
  );
  expect(await answer.json()).toMatchObject({
    key: ['sku'],
    account: { read: 2, inserted: 2, balances: true },
    attempts: [{ number: 1, afterRow: null }],
  });
  await page.emulateMedia({ media: 'print' });
  for (const name of ['Print the receipt', 'Undo'])
    await expect(page.getByRole('button', { name })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.getByText('The account balances.')).toBeVisible();
  await page.screenshot({ path: 'e2e/results/print.png', fullPage: true });
});
