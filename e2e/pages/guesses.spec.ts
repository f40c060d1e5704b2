import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { nameDataset } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('list', { name: 'Columns of the file' })).toBeVisible();
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
}

const line = (page: Page, name: string) => page.locator('button[aria-expanded]').filter({ hasText: name });

async function holdsTogether(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${name} at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `${name}-${width}.png`), fullPage: true });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

test('the dataset with the same columns is chosen whatever the file is called, with its reason, and taken back in one click', async ({
  page,
}) => {
  const rows = 'guess id,guessed name,guessed city,guessed street\n1,Ann,Brno,a\n2,Ben,Wien,b\n';
  await drop(page, 'guessed customers.csv', rows);
  await expect(line(page, 'Dataset')).toContainText('New dataset guessed customers');
  await run(page);

  await drop(page, 'export 2026-11-29.csv', rows.replace('guess id', 'GUESS_ID').replace('Ben', 'Bea'));
  const dataset = line(page, 'Dataset');
  await expect(dataset).toContainText('Into guessed customers (2 rows): the file has the same 4 columns');
  await expect(page.getByText('guessed customers (adds to it)')).toBeVisible();
  await expect(page.getByText('Same name')).toHaveCount(4);
  await holdsTogether(page, 'guess-dataset');
  await page.getByRole('button', { name: 'New dataset instead' }).click();
  await expect(dataset).toContainText('New dataset export 2026-11-29');
  await expect(page.getByText('export 2026-11-29 (new)')).toBeVisible();
  await page.getByRole('button', { name: 'Into guessed customers instead' }).click();
  await expect(dataset).toContainText('Into guessed customers');
  await run(page);
  await expect(page.getByText('2 rows added to')).toBeVisible();

  await drop(page, 'fewer.csv', 'guess id,guessed name,guessed city\n3,Cid,Graz\n');
  await expect(dataset).toContainText('New dataset fewer');
  await expect(page.getByText('the file has 3 of its 4 columns')).toBeVisible();
  await page.getByRole('button', { name: 'Into guessed customers' }).click();
  await expect(dataset).toContainText('Into guessed customers (4 rows): the file has 3 of its 4 columns');
  await page.getByRole('button', { name: 'New dataset instead' }).click();
  await nameDataset(page, 'Guessed elsewhere');
  await run(page);
  await drop(page, 'other.csv', 'guessed name,guessed city,guessed day\nAnn,Brno,2026-01-02\n');
  await expect(dataset).toContainText('New dataset other');
});

test('where two datasets have the columns of the file, the page asks', async ({ page }) => {
  const rows = 'twin a,twin b,twin c\n1,2,3\n';
  await drop(page, 'twin one.csv', rows);
  await run(page);
  await drop(page, 'twin two.csv', rows);
  await page.getByRole('button', { name: 'New dataset instead' }).click();
  await run(page);
  await drop(page, 'which.csv', rows);
  await expect(line(page, 'Dataset')).toContainText('New dataset which');
  await expect(page.getByText('2 datasets fit: the file has the same 3 columns.')).toBeVisible();
  await holdsTogether(page, 'guess-twins');
  await page.getByRole('button', { name: 'Into twin one' }).click();
  await expect(line(page, 'Dataset')).toContainText('Into twin one (1 row)');
  await expect(page.getByText(/datasets fit/)).toHaveCount(0);
});

test('a few bad values make no text of a number column; a key and a list are offered; a click takes each, and another takes it back', async ({
  page,
}) => {
  const states = ['open', 'paid', 'sent'];
  const rows = Array.from({ length: 400 }, (_, i) => {
    const price = [17, 99, 300].includes(i) ? 'on request' : `${i}.5`;
    return `A-${i},${price},${states[i % 3]}`;
  });
  await drop(page, 'majority.csv', `article no,price,state\n${rows.join('\n')}\n`);
  const type = (name: string) => page.getByLabel(`Type of ${name}`);
  await expect(type('price')).toHaveValue('DECIMAL');
  await expect(page.getByText("Decimal number: 397 fit, 3 don't (row 19 = “on request”).")).toBeVisible();
  await page.getByRole('button', { name: 'Keep all as text: price' }).click();
  await expect(type('price')).toHaveValue('TEXT');
  await page.getByRole('button', { name: 'Back to Decimal number: price' }).click();
  await expect(type('price')).toHaveValue('DECIMAL');
  await expect(page.getByRole('button', { name: 'Keep all as text: price' })).toBeVisible();

  await expect(page.getByText('Only 3 different values in the first 400. Make it a list?')).toBeVisible();
  await page.getByRole('button', { name: 'Make it a list: state' }).click();
  await expect(type('state')).toHaveValue('CHOICE');
  await expect(page.getByText('3 allowed values')).toBeVisible();
  await page.getByRole('button', { name: 'Back to Text: state' }).click();
  await expect(type('state')).toHaveValue('TEXT');
  await expect(page.getByText('3 allowed values')).toHaveCount(0);
  await page.getByRole('button', { name: 'Make it a list: state' }).click();

  const key = line(page, 'Key');
  await expect(key).toContainText('“article no” looks like one: filled and different in the first 50 rows');
  await holdsTogether(page, 'guess-key');
  await page.getByRole('button', { name: 'Use article no as the key' }).click();
  await expect(key).toContainText('Rows are identified by article no');
  await page.getByRole('button', { name: 'No key instead' }).click();
  await expect(key).toContainText('No key');
  await page.getByRole('button', { name: 'Use article no as the key' }).click();
  await run(page);
  await expect(page.getByText('3 rejected').first()).toBeVisible();
  const answer = await page.request.get(`${address()}/api/v1/datasets/majority`);
  const { key: made } = (await answer.json()) as { key: string[] };
  expect(made).toEqual(['article no']);
});

test('a column is matched by what its values are, whatever it is called', async ({ page }) => {
  await drop(page, 'people with mail.csv', 'member,email,born\nAnn,ann@example.com,1980-01-02\n');
  await nameDataset(page, 'Matched by values');
  await run(page);
  await drop(page, 'kontakte.csv', 'member,Kontakt,Tag\nBen,ben@example.org,1990-03-04\n');
  await nameDataset(page, 'Matched by values');
  await expect(page.getByLabel('Kontakt goes into').locator('option:checked')).toHaveText('email');
  await expect(page.getByText('Matched by its values: e-mail addresses')).toBeVisible();
  await expect(page.getByLabel('Tag goes into').locator('option:checked')).toHaveText('born');
  await expect(page.getByText('Matched by its values: dates')).toBeVisible();
  await holdsTogether(page, 'guess-values');
  await run(page);
  await expect(page.getByText(/\d+ rejected/)).toHaveCount(0);
});
