// axe-core: the engine that most accessibility tools run, with few false alarms.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const address = () => process.env.SLUICE_URL ?? '';

/** What axe finds wrong on a page, a line each. */
async function wrongWith(page: Page): Promise<string[]> {
  // An animation half way has colours that nobody reads by.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
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
    await page.getByLabel('Dataset name').fill(`Beside ${width}`);
    await page.keyboard.press('Escape');
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
