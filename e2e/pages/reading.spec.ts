import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import iconv from 'iconv-lite';
import { openSettings } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
}

/** Nothing sticks out, at either width, and everything can be read and reached, in light and dark. */
async function holdsTogether(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${what} at ${width} px`).toBeLessThanOrEqual(0);
      await page.screenshot({
        path: join('e2e/results', `reading-${what}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a short file in an unknown encoding is shown in each that it may be in, and one click chooses', async ({
  page,
}) => {
  await drop(
    page,
    'short.csv',
    iconv.encode('name;city;amount\nMüller;Köln;12\nOtto;Bonn;7\nGroß;Fürth;3\n', 'windows-1252'),
  );
  const question = page.getByRole('group', { name: 'Which text is right?' });
  const readings = question.getByRole('radio');
  await openSettings(page, 'File');
  await expect(page.getByText('Delimited text. Correct what is wrong.')).toBeVisible();
  await expect(readings.first()).toBeChecked();
  expect(await readings.count()).toBeGreaterThanOrEqual(2);
  expect(await readings.count()).toBeLessThanOrEqual(3);
  await expect(question.getByText('Windows Western (1252), likeliest')).toBeVisible();
  await expect(question.locator('label').first().locator('mark')).toHaveText([
    'Müller',
    'Köln',
    'Groß',
    'Fürth',
  ]);
  const preview = page.getByRole('table', { name: 'Preview' });
  await expect(preview).toContainText('Köln');
  await holdsTogether(page, 'encodings');

  await readings.nth(1).click();
  await expect(preview).not.toContainText('Köln');
  await expect(preview).toContainText('ln');
  await expect(readings.nth(1)).toBeChecked();
  await readings.first().click();
  await expect(preview).toContainText('Köln');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
});

test('rows that look like no data are named, and one click makes data of them or leaves them out', async ({
  page,
}) => {
  const rows = Array.from(
    { length: 30 },
    (_, i) => `2026-01-${String((i % 28) + 1).padStart(2, '0')},${i},1.5`,
  );
  rows.splice(10, 0, 'day,qty,price');
  const text = `day,qty,price\n${rows.join('\n')}\nTotal,435,45.0\n\nSource: the warehouse\n`;
  await drop(page, 'footers.csv', text);
  const total = page.getByRole('status').filter({ hasText: 'Total' });
  const note = page.getByRole('status').filter({ hasText: 'Source: the warehouse' });
  const header = page.getByRole('status').filter({ hasText: /repeats? the header/ });
  const go = page.getByRole('button', { name: 'Continue' });
  await expect(go.or(page.getByRole('table', { name: 'Preview' }))).toBeVisible();
  if (await go.isVisible()) await go.click();
  for (const notice of [total, note, header])
    await expect(notice.getByRole('button', { name: 'Import as data' })).toBeVisible();
  await holdsTogether(page, 'footers');

  await total.getByRole('button', { name: 'Import as data' }).click();
  await expect(total.getByRole('button', { name: 'Leave out' })).toBeVisible();
  await expect(note.getByRole('button', { name: 'Import as data' })).toBeVisible();
  await total.getByRole('button', { name: 'Leave out' }).click();
  await expect(total.getByRole('button', { name: 'Import as data' })).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(page.getByText('looks like a total and is left out')).toBeVisible();
  await holdsTogether(page, 'footers-receipt');
});

test('rows longer than the header, and a type that a few values do not fit, are said with the reason', async ({
  page,
}) => {
  const rows = Array.from({ length: 400 }, (_, i) => `r${i};${i};${i % 100 === 7 ? 'none yet' : i}`);
  await drop(page, 'offset.csv', `qty;seen\n${rows.join('\n')}\n`);
  await expect(page.getByText('It looks like row 1. Is that right?')).toBeVisible();
  await holdsTogether(page, 'offset-header');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/first column/).first()).toBeVisible();
  await expect(page.getByText(/Whole number: 396 fit, 4 don't \(row 9 = “none yet”\)/)).toBeVisible();
  await holdsTogether(page, 'offset');
});
