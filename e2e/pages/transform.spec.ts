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
  // So small a file leaves open which row names the columns.
  const next = page.getByRole('button', { name: 'Continue' });
  const preview = page.getByRole('table', { name: 'Preview' });
  await expect(next.or(preview)).toBeVisible();
  if (await next.isVisible()) await next.click();
  await expect(preview).toBeVisible();
  await nameDataset(page, 'Transformed');
}

test('values are transformed and columns added, with before and after, and again with the next file', async ({
  page,
}) => {
  await drop(page, 'people.csv', 'no,first,last,state\n1,anna,MÜLLER,o\n2, bob ,KING,c\n');
  await page.getByRole('button', { name: 'Rules of state' }).click();
  const section = page.getByRole('region', { name: 'Transform' });
  await section.getByLabel('Add a step').selectOption('Replace values');
  await section.getByLabel('Value 1', { exact: true }).fill('o');
  await section.getByLabel('Instead of value 1').fill('open');
  await section.getByRole('button', { name: 'Add a value' }).click();
  await section.getByLabel('Value 2', { exact: true }).fill('c');
  await section.getByLabel('Instead of value 2').fill('closed');
  const table = page.getByRole('table', { name: 'Before and after' });
  await expect(table.getByRole('row').nth(1)).toHaveText('2oopen');
  await expect(table.getByRole('row').nth(2)).toHaveText('3cclosed');
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 values replaced').first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Preview' })).toContainText('closed');

  await page.getByRole('button', { name: 'Add a column' }).click();
  await page.getByLabel('Name of column 5').fill('name');
  await page.getByRole('button', { name: 'Transform name' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Take the value from').selectOption('Columns of the file');
  await dialog.getByLabel('Column 1', { exact: true }).selectOption('first');
  await dialog.getByRole('button', { name: 'Join another column' }).click();
  await dialog.getByLabel('Column 2', { exact: true }).selectOption('last');
  await dialog.getByLabel('Add a step').selectOption('Trim spaces');
  await dialog.getByLabel('Add a step').selectOption('Change case');
  await dialog.getByLabel('Letters become').selectOption('Title Case');
  await expect(table.getByRole('row').nth(1)).toContainText('Anna Müller');
  await expect(table.getByRole('row').nth(2)).toContainText('Bob King');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `transform-${width}.png`) });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await page.getByLabel('Include first').click();
  await page.getByLabel('Include last').click();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `transforms-${width}.png`), fullPage: true });
  }
  // What is chosen is kept.
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Name of column 5')).toHaveValue('name');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await page.getByText('Columns 3').click();
  await expect(page.getByText('made of “first” and “last”')).toBeVisible();

  await drop(page, 'more.csv', 'state,last,first,no\nc,LEE,zoë,3\n');
  await expect(page.getByText('2 values replaced').first()).toBeVisible();
  await expect(page.getByText(/made of “first” and “last” · spaces trimmed/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Transform state' }).click();
  await page.getByRole('button', { name: 'Remove the transformation' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 values replaced')).toHaveCount(0);
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await page.goto(`${address()}/datasets/transformed`);
  await expect(page.getByRole('cell', { name: 'Zoë Lee' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Anna Müller' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'c', exact: true })).toBeVisible();
});
