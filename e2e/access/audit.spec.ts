import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { ownersCaller } from '@/testing/over-http';

const address = () => process.env.SLUICE_URL ?? '';

test('a dataset is deleted once its name is typed, and the audit log says so, narrowed by its address', async ({
  page,
}) => {
  const caller = ownersCaller();
  const name = `Doomed ${randomUUID()}`;
  const { id } = await caller.upload('doomed.csv', 'n,word\n1,a\n2,b\n').then(async (inspected) => {
    await caller.call('POST', `/api/v1/imports/${inspected.id}/start`, caller.confirmation(inspected, name));
    return inspected;
  });
  const { dataset } = await caller.until(id, ['COMPLETED']);

  await page.goto(`${address()}/datasets/${dataset?.slug}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete “${name}”?` });
  const confirm = dialog.getByRole('button', { name: 'Delete permanently' });
  await dialog.getByLabel('Type its name to go on').fill('Doomed');
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type its name to go on').fill(name);
  await confirm.click();
  await expect(page).toHaveURL(`${address()}/datasets`);
  await expect(page.getByRole('link', { name })).toHaveCount(0);
  expect((await caller.ask('GET', `/api/v1/datasets/${dataset?.slug}`)).status).toBe(404);
  expect((await caller.ask('GET', `/api/v1/imports/${id}`)).status).toBe(404);

  await page.goto(`${address()}/admin/audit?what=DATASET_DELETED`);
  const events = page.getByRole('table', { name: 'Events' });
  await events.getByRole('button', { name }).click();
  await expect(page).toHaveURL(/what=DATASET_DELETED&dataset=/);
  await expect(events.getByRole('row').filter({ hasText: 'Dataset deleted' })).toHaveCount(1);
  await page.getByLabel('What happened').selectOption('imports');
  await expect(events.getByText('Import completed')).toBeVisible();
  await expect(events.getByText('an import that is gone').first()).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export (CSV)' }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  // Begun without a dataset, started, completed.
  expect(lines.map((line) => line.split(',')[2])).toEqual(['kind', 'IMPORT_COMPLETED', 'IMPORT_STARTED']);
  await page.goBack();
  await expect(page).toHaveURL(/what=DATASET_DELETED&dataset=/);
});

test('a receipt says when its source file was deleted, and asking for the file is answered 410', async ({
  page,
}) => {
  const caller = ownersCaller();
  const { id } = await caller.upload('given up.csv', 'n,word\n1,a\n');
  await caller.call('POST', `/api/v1/imports/${id}/cancellation`);
  await expect.poll(async () => (await caller.get(id)).file.deletedAt).not.toBeNull();
  await page.goto(`${address()}/imports/${id}`);
  await expect(page.getByText(/^The source file was deleted on /)).toBeVisible();
  const answer = await caller.ask('GET', `/api/v1/imports/${id}/source`);
  expect(answer.status).toBe(410);
  expect(await answer.text()).toMatch(/were deleted on .*Its receipt stays/);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(page).toHaveURL(`${address()}/imports`);
  expect((await caller.ask('GET', `/api/v1/imports/${id}`)).status).toBe(404);
});
