import { expect, type Route, test } from '@playwright/test';
import { madeCsv } from '../files-made';

const address = () => process.env.SLUICE_URL ?? '';

const tooMany = (route: Route) =>
  route.fulfill({
    status: 429,
    headers: { 'retry-after': '1' },
    contentType: 'application/json',
    body: JSON.stringify({ error: { code: 'too-many-requests', message: 'You have 100 uploads open.' } }),
  });

test('an upload waits when the server says that it is one too many, and goes on by itself', async ({
  page,
}) => {
  const refusals: Record<string, number> = { imports: 2, parts: 1, completion: 1 };
  await page.route(/\/api\/v1\/imports(\/.*\/(parts|completion))?$/, async (route) => {
    const step = route.request().url().split('/').at(-1) ?? '';
    if (route.request().method() !== 'POST' || !refusals[step]) return route.continue();
    refusals[step] -= 1;
    await tooMany(route);
  });
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles(await madeCsv('patient.csv', 160_000));
  await expect(page.getByText('Waits for its turn').first()).toBeVisible();
  await expect(page.getByText('You have 100 uploads open.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
  // The preview is there before the file is.
  await expect.poll(() => refusals, { timeout: 60_000 }).toEqual({ imports: 0, parts: 0, completion: 0 });
  await expect(page.getByRole('button', { name: 'Start import' })).toBeEnabled({ timeout: 60_000 });
});

test('an upload that waits can be dismissed, and is not begun any more', async ({ page }) => {
  let asked = 0;
  await page.route(/\/api\/v1\/imports$/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    asked += 1;
    await tooMany(route);
  });
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'not so patient.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a\n1\n'),
  });
  await page.getByRole('button', { name: 'Dismiss not so patient.csv' }).click();
  await expect(page.getByText('not so patient.csv')).toHaveCount(0);
  const soFar = asked;
  await page.waitForTimeout(2_500);
  expect(asked).toBe(soFar);
});
