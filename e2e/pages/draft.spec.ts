import { expect, type Page, test } from '@playwright/test';
import { nameDataset, openSettings } from '@/testing/matching';
import { ownersCaller } from '@/testing/over-http';
import { ownerState } from '@/testing/sluice';
import { ownerOfTests } from '@/testing/visit';

const address = () => process.env.SLUICE_URL ?? '';
const kept = (page: Page) => page.getByText('Draft saved.');

test('choices survive another way of reading, a reload, leaving the page and another computer', async ({
  page,
  browser,
}) => {
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'drafted.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Made by me\nsurname,born\nSmith,1980\nJones,1990\n'),
  });
  const headerRow = (name: string) => page.getByRole('radio', { name });
  await expect(headerRow('Row 2')).toBeChecked();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await nameDataset(page, 'Typed by a person');
  await page.getByLabel('Name of column 1').fill('Family name');
  await page.getByRole('checkbox', { name: 'Include born' }).click();
  const check = async (on: Page) => {
    await openSettings(on, 'Dataset');
    await expect(on.getByLabel('Dataset name')).toHaveValue('Typed by a person');
    await expect(on.getByLabel('Name of column 1')).toHaveValue('Family name');
    await expect(on.getByRole('checkbox', { name: 'Include born' })).not.toBeChecked();
  };

  await openSettings(page, 'File');
  await page.getByRole('button', { name: 'Change: Header row' }).click();
  await headerRow('Row 3').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Name of column 1')).toHaveValue('Smith');
  await openSettings(page, 'Dataset');
  await expect(page.getByLabel('Dataset name')).toHaveValue('Typed by a person');
  await page.getByRole('button', { name: 'Back' }).click();
  await headerRow('Row 3').focus();
  await page.keyboard.press('ArrowUp');
  await expect(headerRow('Row 2')).toBeChecked();
  // While it is read again, the focus stays.
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await expect(headerRow('Row 2')).toBeFocused();
  await page.getByRole('button', { name: 'Continue' }).click();
  await check(page);

  await page.getByLabel('Rows with too few cells').selectOption('pad');
  await expect(kept(page)).toBeVisible();
  await page.reload();
  await check(page);
  await expect(page.getByLabel('Rows with too few cells')).toHaveValue('pad');

  // Gone before it was sent: leaving sends it.
  await page.getByLabel('Name of column 1').fill('Last name');
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('link', { name: 'drafted.csv' }).first().click();
  await expect(page.getByLabel('Name of column 1')).toHaveValue('Last name');
  await page.getByLabel('Name of column 1').fill('Family name');
  await expect(kept(page)).toBeVisible();

  const elsewhere = await browser.newContext({ storageState: ownerState });
  const other = await elsewhere.newPage();
  await other.goto(page.url());
  await check(other);
  await other.getByRole('button', { name: 'Start import' }).click();
  await expect(other.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await other.getByRole('link', { name: 'Show the rows', exact: true }).click();
  await expect(other.getByText('Family name').first()).toBeVisible();
  await elsewhere.close();
});

test('a draft and a review are there after signing out, for the same person at another machine', async ({
  browser,
}) => {
  const arrive = async () => {
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    await page.goto(`${address()}/imports`);
    await page.getByLabel('E-mail address').fill(ownerOfTests.email);
    await page.getByLabel('Password', { exact: true }).fill(ownerOfTests.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: 'History' })).toBeVisible();
    return page;
  };
  const drop = async (page: Page, name: string, content: string) => {
    await page.goto(address());
    await page
      .getByLabel(/choose files/i)
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
    await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  };
  const here = await arrive();
  await drop(here, 'left behind.csv', 'surname,n\nSmith,1\nJones,2\nBrown,3\n');
  await nameDataset(here, 'Left behind');
  await here.getByLabel('Name of column 1').fill('Family name');
  await expect(kept(here)).toBeVisible();
  const draft = here.url();
  await drop(here, 'left in review.csv', `n,word\n${'1,good\n'.repeat(20)}x,bad\ny,bad\n`);
  await here.getByLabel('If rows are rejected').selectOption('REVIEW');
  await here.getByLabel('Type of n').selectOption('INTEGER');
  await here.getByRole('button', { name: 'Start import' }).click();
  const grid = here.getByRole('grid', { name: 'Rejected rows to correct' });
  await grid.locator('[data-place="0 0"]').focus();
  await here.keyboard.type('3');
  await here.keyboard.press('Enter');
  await expect(here.getByText('Row 22 is valid now.')).toBeVisible();
  const review = here.url();
  await here.getByRole('button', { name: /Account|Olive/ }).click();
  await here.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(here.getByRole('heading', { name: 'Sign in to Sluice' })).toBeVisible();
  await here.goto(review);
  await expect(here.getByRole('heading', { name: 'Sign in to Sluice' })).toBeVisible();
  await here.context().close();

  const there = await arrive();
  await there.goto(draft);
  await openSettings(there, 'Dataset');
  await expect(there.getByLabel('Dataset name')).toHaveValue('Left behind');
  await expect(there.getByLabel('Name of column 1')).toHaveValue('Family name');
  await there.goto(review);
  await expect(there.getByRole('button', { name: 'Publish 21 rows without the rejected one' })).toBeVisible();
  const again = there.getByRole('grid', { name: 'Rejected rows to correct' });
  await expect(again.locator('[data-place="0 0"] span').first()).toHaveText('3');
  await again.locator('[data-place="1 0"]').focus();
  await there.keyboard.type('4');
  await there.keyboard.press('Enter');
  await there.getByRole('button', { name: 'Publish 22 rows' }).click();
  await expect(there.getByText('2 rows corrected cell by cell')).toBeVisible();
  await there.context().close();
});

test('a draft whose new name somebody takes meanwhile says so and asks, and its columns stay as they were', async ({
  page,
}) => {
  const content = 'day;amount\n2026-01-02;1.234,50\n2026-01-03;12,25\n';
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name: 'taken.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await openSettings(page, 'Dataset');
  const name = page.getByLabel('Dataset name');
  await expect(name).toHaveValue('taken');
  await name.fill('Taken meanwhile');
  await page.keyboard.press('Escape');
  const amount = page.getByLabel('Type of amount');
  await amount.selectOption('DECIMAL');
  await page.getByLabel('Decimal separator of amount').selectOption(',');
  await expect(kept(page)).toBeVisible();
  const start = page.getByRole('button', { name: 'Start import' });
  await expect(start).toBeEnabled();

  const me = ownersCaller();
  const { id, inspection, ...view } = await me.upload('other.csv', 'day,amount\nMonday,x\n');
  const confirmation = me.confirmation({ ...view, id, inspection }, 'Taken meanwhile');
  await me.call('POST', `/api/v1/imports/${id}/start`, confirmation);
  await me.until(id, ['COMPLETED', 'FAILED']);

  await page.reload();
  await openSettings(page, 'Dataset');
  const taken = page.getByText('The name “Taken meanwhile” has been taken');
  await expect(taken).toBeVisible();
  await expect(start).toBeDisabled();
  await expect(amount).toHaveValue('DECIMAL');
  await expect(page.getByLabel('Decimal separator of amount')).toHaveValue(',');
  await page.getByRole('button', { name: 'Add to it' }).click();
  await expect(taken).toHaveCount(0);
  await expect(page.getByText('Existing dataset Taken meanwhile, 1 row.')).toBeVisible();
  await expect(page.getByText('You chose')).toHaveCount(0);
  await name.fill('Taken');
  await name.fill('Taken meanwhile 2');
  await page.keyboard.press('Escape');
  await expect(amount).toHaveValue('DECIMAL');
  await name.fill('taken');
  await page.keyboard.press('Escape');
  await expect(start).toBeEnabled();
});
