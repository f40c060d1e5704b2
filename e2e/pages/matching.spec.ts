import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { nameDataset } from '@/testing/matching';

const address = () => process.env.SLUICE_URL ?? '';

async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.goto(address());
  await page
    .getByLabel(/choose files/i)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  await nameDataset(page, 'Matched');
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
  await expect(page.getByText(/Similar name, \d+%/)).toBeVisible();
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
  await nameDataset(page, 'Wide');
  const list = page.getByRole('list', { name: 'Columns of the file' });
  const rows = list.getByRole('listitem');
  const toTop = () => list.evaluate((element) => element.scrollIntoView({ block: 'start' }));
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

for (const width of [1280, 390]) {
  test(`among 400 columns Tab goes on from the one with the focus wherever the page is, and the last is one key away, at ${width} px`, async ({
    page,
  }) => {
    const count = 400;
    const line = (of: (place: number) => string) => Array.from({ length: count }, (_, i) => of(i)).join(',');
    await page.setViewportSize({ width, height: 844 });
    await drop(page, `wider-${width}.csv`, `${line((i) => `c${i + 1}`)}\n${line(String)}\n`);
    await nameDataset(page, `Wider ${width}`);
    const list = page.getByRole('list', { name: 'Columns of the file' });
    const drawn = list.getByRole('listitem');
    const few = async () => expect(await drawn.count()).toBeLessThan(30);
    await few();
    await expect(drawn.first()).toHaveAttribute('aria-setsize', '400');
    await expect(drawn.first()).toHaveAttribute('aria-posinset', '1');

    // With Tab from column to column, and with End to the last.
    await page.getByLabel('Name of column 1', { exact: true }).focus();
    for (let tabs = 0; tabs < 12; tabs += 1) await page.keyboard.press('Tab');
    await expect(page.getByLabel('Name of column 4', { exact: true })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('fourth');
    await page.getByRole('button', { name: 'Rules of fourth' }).focus();
    // Rows are measured while the page goes there, which takes a slow machine several frames.
    const machine = await page.context().newCDPSession(page);
    await machine.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await page.keyboard.press('End');
    const last = page.getByLabel('Name of column 400', { exact: true });
    await expect(last).toBeInViewport();
    await machine.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await few();
    await page.screenshot({ path: join('e2e/results', `wider-end-${width}.png`) });
    // The column with the focus stays, however far away.
    await expect(page.getByRole('button', { name: 'Rules of fourth' })).toBeFocused();
    await last.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('the last');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('button', { name: 'Rules of c399' })).toBeFocused();

    // Far down, a name that is there already; it stays when it is out of sight, and the bar leads back to it.
    const middle = page.getByLabel('Name of column 200', { exact: true });
    await expect(middle).toHaveCount(0);
    await scrollTo(page, middle);
    await middle.fill('c2');
    await page.getByLabel('Dataset name').focus();
    await page.keyboard.press('Escape');
    await page.getByLabel('Include fourth').focus();
    await page.getByLabel('Include fourth').scrollIntoViewIfNeeded();
    await expect(middle).toHaveCount(0);
    await few();
    await page
      .getByRole('button', { name: 'Columns 2 and 200 of the file are both named “c2”: rename one.' })
      .click();
    await expect(middle).toBeFocused();
    await expect(middle).toBeInViewport();
    await expect(middle).toHaveValue('c2');
    await page.screenshot({ path: join('e2e/results', `wider-middle-${width}.png`) });
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('two hundredth');
    await few();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

    await page.getByRole('button', { name: 'Start import' }).click();
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
    const answer = await page.request.get(`${address()}/api/v1/datasets/wider_${width}`);
    const { columns } = (await answer.json()) as { columns: { name: string }[] };
    expect(columns).toHaveLength(count);
    expect([3, 199, 399].map((place) => columns[place]?.name)).toEqual([
      'fourth',
      'two hundredth',
      'the last',
    ]);
  });
}

/** Turns the wheel until something that is drawn only in sight is there. */
async function scrollTo(page: Page, wanted: Locator): Promise<void> {
  await page.mouse.move(100, 400);
  await expect(async () => {
    // Fewer rows than are drawn, and not before those are.
    await page.mouse.wheel(0, -800);
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    expect(await wanted.count()).toBe(1);
  }).toPass({ intervals: [60] });
  await wanted.scrollIntoViewIfNeeded();
}

test('of a file with more columns than a table can have, the page says so, and what to do', async ({
  page,
}) => {
  const line = (word: string) => Array.from({ length: 16_384 }, (_, i) => `${word}${i}`).join(',');
  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'too-wide.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${line('c')}\n${line('')}\n`),
  });
  await expect(page.getByText('The file has 16,384 columns; at most 1,600 are possible.')).toBeVisible();
  await expect(page.getByText('Split the table, or turn it so that its columns become rows')).toBeVisible();
  await page.screenshot({ path: join('e2e/results', 'too-wide.png') });
});
