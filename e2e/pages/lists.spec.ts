import { expect, type Page, test } from '@playwright/test';
import { openSettings } from '@/testing/matching';
import { ownersCaller } from '@/testing/over-http';

const address = () => process.env.SLUICE_URL ?? '';
/** One more than a page of a list holds. */
const many = 26;
const numbered = (name: string) =>
  Array.from({ length: many }, (_, i) => `${name} ${String(i + 1).padStart(2, '0')}`);

/** How many of a list each answer from an address brought. */
function countsOf(page: Page, path: string, list: string): number[] {
  const counts: number[] = [];
  page.on('response', async (response) => {
    if (new URL(response.url()).pathname !== path) return;
    const body = (await response.json().catch(() => ({}))) as Record<string, unknown[] | undefined>;
    counts.push(body[list]?.length ?? 0);
  });
  return counts;
}

test('datasets come page by page, are searched on the server, and any of them can be imported into', async ({
  page,
}) => {
  const me = ownersCaller();
  for (const name of numbered('Listed')) {
    const { id, inspection, ...view } = await me.upload(`${name}.csv`, 'n,word\n1,one\n');
    await me.call('POST', `/api/v1/imports/${id}/start`, me.confirmation({ ...view, id, inspection }, name));
    await me.until(id, ['COMPLETED', 'FAILED']);
  }
  const counts = countsOf(page, '/api/v1/datasets', 'datasets');
  await page.goto(`${address()}/datasets`);
  const search = page.getByRole('searchbox', { name: 'Search by name' });
  const rows = page.getByRole('table', { name: 'Datasets' }).getByRole('link');
  const searched = page.waitForResponse(
    (response) => new URL(response.url()).searchParams.get('q') === 'listed',
  );
  await search.fill('listed');
  await searched;
  await expect(rows).toHaveText(numbered('Listed').slice(0, -1));
  const more = page.getByRole('button', { name: 'Show more datasets' });
  await more.click();
  await expect(rows).toHaveText(numbered('Listed'));
  await expect(more).toHaveCount(0);
  await search.fill('LISTED 26');
  await expect(rows).toHaveText(['Listed 26']);
  await search.fill('listed by nobody');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  expect(Math.max(...counts)).toBe(many - 1);

  await page.goto(address());
  const file = { name: 'listed 26.csv', mimeType: 'text/csv', buffer: Buffer.from('n,other\n2,two\n') };
  await page.getByLabel(/choose files/i).setInputFiles(file);
  // A dataset of this name is there, with other columns.
  await openSettings(page, 'Dataset');
  const name = page.getByLabel('Dataset name');
  await expect(name).toHaveValue('listed 26 2');
  await name.fill('Listed 2');
  const options = page.getByRole('listbox', { name: 'Datasets' }).getByRole('option');
  await expect(options).toHaveCount(7);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(name).toHaveValue('Listed 26');
  await expect(page.getByText('Existing dataset Listed 26, 1 row.')).toBeVisible();
  await expect(page.getByLabel('n goes into')).toBeVisible();

  // With the list open, Home and End move in the text; Escape closes the list, the arrow offers everything again.
  await name.fill('Listed 2');
  await expect(options).toHaveCount(7);
  await page.keyboard.press('Home');
  await page.keyboard.type('x');
  await expect(name).toHaveValue('xListed 2');
  await page.keyboard.press('End');
  await page.keyboard.type('y');
  await expect(name).toHaveValue('xListed 2y');
  await expect(options).toHaveCount(0);
  await expect(name).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(name).toHaveValue('xListed 2y');
});

test('people and invitations come page by page, and people are searched on the server', async ({ page }) => {
  for (const name of numbered('listed'))
    await ownersCaller().call('POST', '/api/v1/invitations', {
      email: `${name.replace(' ', '.')}@example.com`,
      role: 'MEMBER',
    });
  const counts = countsOf(page, '/api/v1/invitations', 'invitations');
  await page.goto(`${address()}/admin/users`);
  const invited = page.getByRole('button', { name: /^Withdraw the invitation of listed\./ });
  await expect(invited).toHaveCount(many - 1);
  await expect(invited.first()).toHaveAccessibleName(/listed\.26@/);
  await page.getByRole('button', { name: 'Show older invitations' }).click();
  await expect(invited).toHaveCount(many);
  expect(Math.max(...counts)).toBe(many - 1);

  const people = page.getByRole('table', { name: 'Users' });
  await expect(people.getByText('(you)')).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search by name or address' });
  await search.fill('OLIVE');
  await expect(people.getByText('(you)')).toBeVisible();
  await search.fill('nobody of this name');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await expect(people).toHaveCount(0);
});
