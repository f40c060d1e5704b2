// axe-core: the engine that most accessibility tools run, with few false alarms.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset } from '@/testing/matching';
import { ownersCaller } from '@/testing/over-http';

const address = () => process.env.SLUICE_URL ?? '';

/** What axe finds wrong on a page, a line each. */
async function wrongWith(page: Page): Promise<string[]> {
  // An animation half way has colours that nobody reads by.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForTimeout(300);
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('button', { name: 'Start import' })).toBeEnabled();
}

test('an import from drop to receipt with the keyboard alone: each step takes the focus, and axe finds nothing', async ({
  page,
}) => {
  await page.goto(address());
  expect.soft(await wrongWith(page)).toEqual([]);
  const rows = Array.from({ length: 1_100 }, (_, i) => `${i},a\n`).join('');
  await drop(page, 'accessible.csv', `n,word\n${rows}x,b\n`);
  expect.soft(await wrongWith(page)).toEqual([]);

  await page.getByRole('button', { name: /^Dataset/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Dataset name').focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Accessible');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Rules of word' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await wrongWith(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Rules of word' })).toBeFocused();
  await page.getByRole('button', { name: 'Start import' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'every row is accounted for' })).toBeFocused();
  expect.soft(await wrongWith(page)).toEqual([]);
});

for (const width of [1280, 390]) {
  test(`axe finds nothing wrong on the other pages at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await drop(page, 'beside.csv', `beside,n\nit,${width}\n`);
    await nameDataset(page, `Beside ${width}`);
    await page.getByRole('button', { name: 'Start import' }).click();
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
    for (const path of [
      '/imports',
      '/datasets',
      `/datasets/beside_${width}`,
      '/account',
      '/admin/users',
      '/admin/audit',
    ]) {
      await page.goto(address() + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect.soft(await wrongWith(page), path).toEqual([]);
    }
    await page.goto(`${address()}/datasets/beside_${width}`);
    await page.getByRole('button', { name: 'Change beside' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect.soft(await wrongWith(page), 'the dialog of a column').toEqual([]);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with a review, a running upload, and pages of who is not in, ${colorScheme}`, async ({
    page,
    browser,
  }) => {
    await page.emulateMedia({ colorScheme });
    await drop(page, 'reviewed.csv', 'n,word,size\n1,a,1\nx,b,2\n2\n');
    await page.getByLabel('Type of n').selectOption('INTEGER');
    await page.getByLabel('If rows are rejected').selectOption('REVIEW');
    await page.getByRole('button', { name: 'Start import' }).click();
    const cell = page.getByRole('grid').locator('[data-place="0 0"]');
    await expect(cell).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('list', { name: 'Causes' })).toBeVisible();
    expect.soft(await wrongWith(page), 'a review').toEqual([]);
    await cell.focus();
    await page.keyboard.press('Enter');
    expect.soft(await wrongWith(page), 'a cell that is edited').toEqual([]);

    // Its parts never arrive, so that it goes on.
    await page.route(`${process.env.SLUICE_STORE}/**`, () => undefined);
    await page.goto(address());
    await page.getByLabel(/choose files/i).setInputFiles({
      name: 'on its way.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`n,word\n${'1,a\n'.repeat(5_000_000)}`),
    });
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    expect.soft(await wrongWith(page), 'a running upload').toEqual([]);

    const guests = await browser.newContext({ storageState: { cookies: [], origins: [] }, colorScheme });
    const guest = await guests.newPage();
    for (const path of ['/sign-in', '/setup', '/invitation#forged', '/imports']) {
      await guest.goto('about:blank');
      await guest.goto(address() + path);
      await expect(guest.locator('main h1').first()).toBeVisible();
      expect.soft(await wrongWith(guest), path).toEqual([]);
    }
    const invited = await ownersCaller().call<{ token: string }>('POST', '/api/v1/invitations', {
      email: `${colorScheme}-${Date.now()}@example.com`,
      role: 'MEMBER',
    });
    await guest.goto('about:blank');
    await guest.goto(`${address()}/invitation#${invited.token}`);
    await expect(guest.getByRole('heading', { name: 'Create your account' })).toBeVisible();
    expect.soft(await wrongWith(guest), 'an invitation').toEqual([]);
    await guests.close();
  });

  test(`axe finds nothing wrong with the API reference, closed and open, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${address()}/api-reference#postImports`);
    const begin = page.locator('details#postImports');
    await expect(begin.getByText('Idempotency-Key').first()).toBeVisible();
    await expect(begin.locator('summary')).toBeFocused();
    await expect(page.locator('details')).not.toHaveCount(0);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({ path: `e2e/results/api-reference-${colorScheme}-${width}.png` });
    }
    expect.soft(await wrongWith(page)).toEqual([]);
    // A few of each kind: axe takes seconds for hundreds of open ones.
    await page.locator('details').evaluateAll((all) => {
      for (const [i, element] of all.entries())
        if (element instanceof HTMLDetailsElement) element.open = i % 12 === 0;
    });
    expect(await wrongWith(page)).toEqual([]);
  });
}
