import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await page.getByLabel('Dataset name').fill('Matched');
  await page.keyboard.press('Escape');
}

test('columns are matched by name, by likeness and as last time, with the keyboard alone', async ({
  page,
}) => {
  await drop(page, 'first.csv', 'Customer number,City,Amount\n1,Brno,5\n');
  await page.getByRole('button', { name: 'Rules of City' }).click();
  await page.getByLabel('Required').click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();

  const second = 'customer no.,Stadt,AMOUNT,Extra\n2,Wien,7,x\n';
  await drop(page, 'second.csv', second);
  await expect(page.getByText(/Similar name, \d+ %/)).toBeVisible();
  await expect(page.getByText('Same name')).toBeVisible();
  await expect(
    page.getByText('“City” is required, and no column of the file goes into it: choose one for it.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start import' })).toBeDisabled();
  const target = page.getByLabel('Stadt goes into');
  await target.focus();
  await page.keyboard.type('Am');
  await expect(
    page
      .getByText(
        'Columns 2 and 3 of the file both go into “Amount”: choose another column for one, or leave it out.',
      )
      .first(),
  ).toBeVisible();
  await target.focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText(/both go into/)).toHaveCount(0);
  await page.getByLabel('Include Extra').focus();
  await page.keyboard.press('Space');
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join('e2e/results', `matching-${width}.png`), fullPage: true });
  }
  await page.getByRole('button', { name: 'Start import' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();

  await drop(page, 'third.csv', second.replace('Wien', 'Graz'));
  await expect(page.getByText('Matched as last time').first()).toBeVisible();
  await expect(page.getByText('Left out, as last time')).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
});

test('of a file with hundreds of columns only those in sight are drawn, and all are reached', async ({
  page,
}) => {
  const count = 400;
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const content = `${numbers.map((n) => `col ${n}`).join(',')}\n${numbers.join(',')}\n`;
  await drop(page, 'wide.csv', content);
  await page.getByLabel('Dataset name').fill('Wide');
  await page.keyboard.press('Escape');
  const list = page.getByRole('list', { name: 'Columns of the file' });
  const rows = list.getByRole('listitem');
  const toTop = () => list.evaluate((it) => it.scrollIntoView({ block: 'start' }));
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await toTop();
    await expect(list.getByLabel('Name of column 1', { exact: true })).toBeVisible();
    expect(await rows.count(), `rows at ${width} px`).toBeLessThan(40);
    await expect(rows.first()).toHaveAttribute('aria-setsize', String(count));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `at ${width} px`).toBeLessThanOrEqual(0);

    // With the Tab key alone, far beyond what was drawn at first.
    const name = list.getByLabel('Name of column 1', { exact: true });
    await name.focus();
    for (let i = 0; i < 120; i++) await page.keyboard.press('Tab');
    const reached = await page.evaluate(() =>
      Number(document.activeElement?.closest('li')?.getAttribute('aria-posinset')),
    );
    expect(reached, `at ${width} px`).toBeGreaterThan(25);
    await expect(page.locator(':focus')).toBeInViewport();

    // What has the focus keeps it when it is scrolled away, and what was typed is still there afterwards.
    await page.mouse.wheel(0, 100_000);
    const last = list.getByLabel(`Name of column ${count}`);
    await expect(last).toBeVisible();
    expect(await rows.count(), `rows at ${width} px`).toBeLessThan(40);
    expect(await page.evaluate(() => document.activeElement?.closest('li') !== null)).toBe(true);
    await last.fill(`last ${width}`);
    await toTop();
    await expect(list.getByLabel('Name of column 1', { exact: true })).toBeInViewport();
    await page.screenshot({ path: join('e2e/results', `wide-${width}.png`) });
  }

  // A problem leads to its column, wherever that is.
  await page.mouse.wheel(0, 100_000);
  await list.getByLabel(`Name of column ${count}`).fill('col 200');
  await toTop();
  await expect(list.getByLabel('Name of column 1', { exact: true })).toBeInViewport();
  await page.getByRole('button', { name: /^Columns 200 and 400/ }).click();
  await expect(page.locator(':focus')).toBeInViewport();
  const problem = await page.evaluate(() => document.activeElement?.closest('li')?.id);
  expect(['column-199', `column-${count - 1}`]).toContain(problem);
  await page.mouse.wheel(0, 100_000);
  await list.getByLabel(`Name of column ${count}`).fill('the last');
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await page
    .getByText('Columns', { exact: false })
    .filter({ hasText: String(count) })
    .first()
    .click();
  await expect(page.getByText('the last', { exact: true })).toBeVisible();
});
