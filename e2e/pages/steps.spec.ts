import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import ExcelJS from 'exceljs';
import { nameDataset, openSettings } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

async function workbook(sheets: Record<string, (string | number)[][]>): Promise<Buffer> {
  const made = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) made.addWorksheet(name).addRows(rows);
  return Buffer.from(await made.xlsx.writeBuffer());
}

async function drop(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

async function holdsTogether(page: Page, step: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${step} at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `step-${step}-${width}.png`), fullPage: true });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

test('sheet, header row, columns: a step each where they are uncertain, with the keyboard alone', async ({
  page,
}) => {
  const people = [['Staff of 2026'], [], ['Name', 'City'], ['Ada', 'London'], ['Bob', 'Paris']];
  await drop(
    page,
    'steps.xlsx',
    await workbook({
      Prices: [
        ['Item', 'Price'],
        ['Tea', 3],
        ['Milk', 2],
        ['Bread', 4],
      ],
      People: people,
      Empty: [],
    }),
  );
  const heading = (text: string) => page.getByRole('heading', { name: text });
  const steps = page.getByRole('list', { name: 'Progress of this import' });
  const here = steps.locator('[aria-current=step]');
  await expect(here).toHaveText(/Sheet/);
  await expect(page.getByRole('radio', { name: 'Prices: 4 rows, 2 columns' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'People: 4 rows, 2 columns' })).not.toBeChecked();
  await expect(page.getByRole('radio', { name: 'Empty (empty)' })).toBeDisabled();
  await expect(page.getByRole('table', { name: 'First rows of “Prices”' })).toContainText('Tea');
  await holdsTogether(page, 'sheet');
  await page.getByRole('radio', { name: 'Prices' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('table', { name: 'First rows of “People”' })).toContainText('Staff of 2026');
  await expect(page.getByRole('radio', { name: 'People' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Continue' }).focus();
  await page.keyboard.press('Enter');

  await expect(heading('Step 3 of 7: which row names the columns')).toBeFocused();
  await expect(here).toHaveText(/Header row/);
  await expect(page.getByText('It looks like row 3. Is that right?')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Row 3' })).toBeChecked();
  await holdsTogether(page, 'header');
  await page.getByRole('button', { name: 'Continue' }).focus();
  await page.keyboard.press('Enter');

  await expect(heading('Step 4 of 7: what each column goes into')).toBeFocused();
  await page.getByLabel('Name of column 1').fill('Who');
  await expect(page.getByText('Draft saved.')).toBeVisible();
  await holdsTogether(page, 'columns');

  // Back, by the button and by the stepper, and on again: everything is as it was left.
  await page.getByRole('button', { name: 'Back' }).focus();
  await page.keyboard.press('Enter');
  await expect(heading('Step 3 of 7: which row names the columns')).toBeFocused();
  await steps.getByRole('button', { name: 'Sheet' }).focus();
  await page.keyboard.press('Enter');
  await expect(heading('Step 2 of 7: which sheet is imported')).toBeFocused();
  await expect(page.getByRole('radio', { name: 'People' })).toBeChecked();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await page.waitForResponse((answer) => answer.url().endsWith('/draft'));
  await page.reload();
  await expect(page.getByRole('radio', { name: 'People' })).toBeChecked();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('radio', { name: 'Row 3' })).toBeChecked();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Name of column 1')).toHaveValue('Who');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await page.getByRole('link', { name: 'Show the rows', exact: true }).click();
  await expect(page.getByText('London')).toBeVisible();
  await expect(page.getByText('Who').first()).toBeVisible();
});

test('a step in which nothing is uncertain is skipped, and can be gone back to', async ({ page }) => {
  await drop(page, 'certain.csv', Buffer.from('Item,Price\nTea,3\nMilk,2\n'));
  const steps = page.getByRole('list', { name: 'Progress of this import' });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await expect(steps.locator('[aria-current=step]')).toHaveText(/Match columns/);
  await expect(steps.getByText('Sheet')).toHaveCount(0);
  await page.getByLabel('Name of column 2').fill('Cost');
  await steps.getByRole('button', { name: 'Header row' }).click();
  await expect(page.getByRole('radio', { name: 'Row 1' })).toBeChecked();
  await page.getByRole('radio', { name: 'None: all rows are data' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  // The preview has the word either way, as a name or as a cell.
  await expect(page.getByLabel('Name of column 2')).toHaveValue('column_2');
  await expect(page.getByRole('table', { name: 'Preview' })).toContainText('Item');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('radio', { name: 'Row 1' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Name of column 2')).toHaveValue('Cost');
});

test('the header row of one sheet is not that of another', async ({ page }) => {
  const row = [['Title'], ['Item', 'Price'], ['Tea', 3], ['Milk', 2]];
  await drop(
    page,
    'two sheets.xlsx',
    await workbook({
      One: row,
      Two: [
        ['Name', 'Age'],
        ['Ada', 36],
        ['Bob', 41],
      ],
    }),
  );
  const go = (name: string) => page.getByRole('button', { name }).click();
  await go('Continue');
  await page.getByRole('radio', { name: 'Row 3' }).click();
  await go('Continue');
  await expect(page.getByLabel('Name of column 1')).toHaveValue('Tea');
  await openSettings(page, 'File');
  await go('Change: Sheet');
  await page.getByRole('radio', { name: 'Two' }).click();
  await expect(page.getByRole('table', { name: 'First rows of “Two”' })).toContainText('Ada');
  await go('Continue');
  await expect(page.getByLabel('Name of column 1')).toHaveValue('Name');
});

test('a header of two rows is said, and one of them is taken in one click; the receipt says what was left out', async ({
  page,
}) => {
  const text =
    'Quarterly report\n\nRegion,Sales,Costs\n,EUR,EUR\nNorth,10,4\nSouth,20,5\nEast,30,6\n\nTotal,60,15\n';
  await drop(page, 'two header rows.csv', Buffer.from(text));
  await page.getByRole('button', { name: 'Continue' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'Rows 3–4 name the columns together.' });
  await expect(notice).toContainText('“Region”, “Sales EUR”, “Costs EUR”');
  await holdsTogether(page, 'two-header-rows');
  await notice.getByRole('button', { name: 'Use row 3 only' }).click();
  await expect(page.getByLabel('Name of column 2')).toHaveValue('Sales');
  await expect(notice).toHaveCount(0);
  await openSettings(page, 'File');
  await expect(page.getByText('Row 3', { exact: true })).toBeVisible();

  // And back again, where the header is chosen.
  await page.getByRole('button', { name: 'Change: Header row' }).click();
  const more = page.getByRole('checkbox', { name: 'Row 4 names the columns as well' });
  await expect(more).not.toBeChecked();
  await more.check();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Name of column 2')).toHaveValue('Sales EUR');
  await openSettings(page, 'File');
  await expect(page.getByText('Rows 3–4', { exact: true })).toBeVisible();
  await nameDataset(page, `Two header rows ${Date.now()}`);
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(
    page.getByText('1 row above the header, 1 row that is blank or not part of the table'),
  ).toBeVisible();
});

test('a header and nothing below it: said as that, up to the receipt', async ({ page }) => {
  await drop(page, 'header only.csv', Buffer.from('a,b,c\n'));
  const said = page.getByText('The file has a header but no rows.');
  await expect(page.getByRole('heading', { name: 'Which row names the columns?' })).toBeVisible();
  await expect(page.getByRole('radio').first()).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /as well/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(said).toBeVisible();
  await expect(page.getByText('repeats the header')).toHaveCount(0);
  await nameDataset(page, `Header only ${Date.now()}`);
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await expect(said).toBeVisible();
});

test('the sheet with the most data is proposed, and what is hidden in it is named up to the receipt', async ({
  page,
}) => {
  const made = new ExcelJS.Workbook();
  made.addWorksheet('Cover').addRows([['Salaries'], ['Confidential']]);
  const staff = made.addWorksheet('Staff');
  staff.addRows([
    ['Name', 'Age', 'Salary'],
    ['Ada', 36, 5000],
    ['Bob', 41, 4000],
    ['Cid', 29, 3000],
  ]);
  staff.getColumn(3).hidden = true;
  staff.getRow(3).hidden = true;
  await drop(page, 'hidden.xlsx', Buffer.from(await made.xlsx.writeBuffer()));
  await expect(page.getByRole('radio', { name: 'Staff: 4 rows, 3 columns' })).toBeChecked();
  await page.getByRole('button', { name: 'Continue' }).click();
  const says = [
    'The sheet “Staff” (4 rows, 3 columns) is read, since it has the most data. “Cover” (2 rows, 1 column) also has rows.',
    '1 row is hidden in the workbook (row 3) and imported like the others.',
    '1 column is hidden in the workbook (C “Salary”) and imported like the others.',
  ];
  for (const text of says) await expect(page.getByText(text)).toBeVisible();
  await holdsTogether(page, 'hidden');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  for (const text of says) await expect(page.getByText(text)).toBeVisible();
  await holdsTogether(page, 'hidden-receipt');
});

test('text of fixed width is proposed with its reason, and a delimiter can be chosen instead', async ({
  page,
}) => {
  const lines = [
    'ID    NAME        AMOUNT',
    '001   Bolt Long    10.50',
    '002   Nut           7.25',
    '003   Pin Small    99.00',
  ];
  await drop(page, 'fixed.txt', Buffer.from(`${lines.join('\n')}\n`));
  const preview = page.getByRole('table', { name: 'Preview' });
  await expect(preview).toContainText('Bolt Long');
  const reason = page.getByText('so the file is read as text of fixed width: 3 columns');
  await expect(reason).toBeVisible();
  await openSettings(page, 'File');
  const delimiter = page.getByLabel('Delimiter');
  await expect(delimiter.locator('option:checked')).toHaveText('None: columns of fixed width');
  await holdsTogether(page, 'fixed');
  await delimiter.selectOption({ label: 'Semicolon' });
  await expect(preview).toContainText('001 Bolt Long 10.50');
  await expect(reason).toHaveCount(0);
  await page.getByLabel('Delimiter').selectOption({ label: 'None: columns of fixed width' });
  await expect(reason).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
});
