import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import ExcelJS from 'exceljs';

const folder = () => process.env.SLUICE_E2E_FOLDER ?? '/tmp';

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder(), name);
  await writeFile(path, content);
  return path;
}

/** Runs a command of package.json as a person does. */
async function run(command: 'import' | 'export' | 'read', ...args: string[]) {
  const child = spawn('npm', ['run', '--silent', command, '--', ...args], {
    env: { ...process.env, SLUICE_DIR: folder(), LOG_LEVEL: 'silent' },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: Number(code), out, err };
}

const keys = [
  'import',
  'dataset',
  'status',
  'failureReason',
  'file',
  'columns',
  'rows',
  'seconds',
  'rowsPerSecond',
  'peakRssMb',
  'rejections',
];

test('import, then export: the same cells, one JSON object, exit code 0', async () => {
  const content = 'id,name,price\r\n007,"Ann, ""A""",1.50\r\n008,Zoë,\r\n';
  const { code, out } = await run(
    'import',
    await file('cli.csv', content),
    '--dataset',
    'From the terminal',
    '--json',
  );
  expect(code).toBe(0);
  const receipt = JSON.parse(out);
  for (const key of keys) expect(receipt).toHaveProperty(key);
  expect(receipt).toMatchObject({
    dataset: 'from_the_terminal',
    status: 'COMPLETED',
    failureReason: null,
    file: {
      name: 'cli.csv',
      bytes: Buffer.byteLength(content),
      encoding: 'utf-8',
      delimiter: ',',
      sheet: null,
    },
    columns: [
      { name: 'id', type: 'text' },
      { name: 'name', type: 'text' },
      { name: 'price', type: 'decimal' },
    ],
    rows: { read: 2, inserted: 2, updated: 0, unchanged: 0, skipped: 0, rejected: 0 },
    rejections: [],
  });
  expect(await run('export', 'from_the_terminal')).toMatchObject({ code: 0, out: content });
  const json = await run('export', 'from_the_terminal', '--format', 'json');
  expect(JSON.parse(json.out)).toEqual([
    { id: '007', name: 'Ann, "A"', price: '1.50' },
    { id: '008', name: 'Zoë', price: null },
  ]);
});

test('#54 the same file again: imported, and said; left out with --new-only', async () => {
  const path = await file('twice.csv', 'twice,n\nover,1\n');
  const first = await run('import', path, '--json');
  expect(JSON.parse(first.out)).toMatchObject({ status: 'COMPLETED', sameFile: null });
  const id: unknown = JSON.parse(first.out).import;
  const left = await run('import', path, '--new-only', '--json');
  expect(left.code).toBe(0);
  expect(JSON.parse(left.out)).toMatchObject({ status: 'CANCELLED', sameFile: { import: id } });
  const again = await run('import', path);
  expect(again.code).toBe(0);
  expect(again.err).toContain('The same file was imported on ');
  expect(again.out).toContain('1 inserted');
});

test('exit code 2 when rows were rejected, and they are named', async () => {
  const rows = Array.from({ length: 1_100 }, (_, i) => i).join('\n');
  const { code, out } = await run('import', await file('some bad.csv', `n\n${rows}\nx\n`), '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out).rejections).toEqual([
    {
      row: 1_102,
      column: 'n',
      value: 'x',
      reason: 'It is not a whole number. Correct it or make the column text.',
    },
  ]);
});

test('nothing imported, exit code 2, when every row was rejected', async () => {
  // Whole numbers as far as types are proposed from, so that the dataset's column is one.
  await run('import', await file('counts.csv', 'n\n1\n2\n'), '--dataset', 'Counts');
  const bad = await file('not counts.csv', 'n\n1.5\n2.5\n');
  const { code, out } = await run('import', bad, '--dataset', 'Counts');
  expect(code).toBe(2);
  expect(out).toContain('Nothing imported: every row was rejected.');
  expect(out).toContain('2 rows read = 0 inserted + 2 rejected');
  const { code: again, out: json } = await run('import', bad, '--dataset', 'Counts', '--json');
  expect(again).toBe(2);
  expect(JSON.parse(json)).toMatchObject({ status: 'REVIEW', rows: { read: 2, rejected: 2 } });
});

test('exit code 3 when it was to stop at a rejection: nothing is stored, and it waits for its review', async () => {
  const content = `n\n${Array.from({ length: 1_200 }, (_, i) => i).join('\n')}\nx\n`;
  const { code, out } = await run(
    'import',
    await file('stops.csv', content),
    '--on-rejection',
    'stop',
    '--json',
  );
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ status: 'REVIEW', rows: { read: 1_201, rejected: 1 } });
});

test('exit code 1 and a reason when the file cannot be imported', async () => {
  const empty = await run('import', await file('empty.csv', ''), '--json');
  expect(empty.code).toBe(1);
  expect(JSON.parse(empty.out)).toMatchObject({ status: 'FAILED', failureReason: 'EMPTY_FILE' });
  const binary = await run(
    'import',
    await file('picture.csv', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')),
    '--json',
  );
  expect(binary.code).toBe(1);
  expect(JSON.parse(binary.out)).toMatchObject({ failureReason: 'UNSUPPORTED_FORMAT' });
  const missing = await run('import', join(folder(), 'is not there.csv'));
  expect(missing.code).toBe(1);
  expect(missing.err).toBe(`File “${join(folder(), 'is not there.csv')}” not found.\n`);
  expect((await run('import', folder())).err).toContain('is a folder. Name the files in it.');
});

test('a file of another format is refused with its advice, once', async () => {
  const { code, out } = await run('import', await file('records.csv', '[{"a": 1}, {"a": 2}]'));
  expect(code).toBe(1);
  expect(out).toBe(
    'records.csv: The file is a JSON document, not a CSV file or workbook.\n' +
      '  Export the table as .csv or .xlsx from the program that made it, and upload that.\n',
  );
});

test('a refusal after the upload says where to go on', async () => {
  const path = await file('refused.csv', 'id,name\n1,Ann\n');
  const { code, out } = await run('import', path, '--key', 'sku', '--json');
  expect(code).toBe(1);
  const refused = JSON.parse(out);
  expect(refused).toMatchObject({ status: 'FAILED', import: expect.any(String) });
  expect(refused.message).toContain(`/imports/${refused.import}, or cancel it there.`);
  const early = await run('import', await file('early.csv', '[{"a": 1}, {"a": 2}]'), '--json');
  expect(JSON.parse(early.out)).toMatchObject({ import: null, failureReason: 'UNSUPPORTED_FORMAT' });
  for (const [args, sentence] of [
    [['--nope'], 'There is no option “--nope”.'],
    [['--on-rejection', 'foo'], '--on-rejection takes import, stop, review; “foo” is none of them.'],
    [['--key', ''], '--key takes the name of a column; it is empty.'],
    [['--encoding', 'klingon'], '--encoding takes the name of an encoding'],
  ] as const) {
    const wrong = await run('import', path, ...args);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining(sentence) });
    expect(wrong.err.split('\n')).toHaveLength(2);
  }
});

test('a second dataset of a name that another import is about to make is told', async () => {
  const first = await file('about-1.csv', 'id,name\n1,Ann\n');
  const second = await file('about-2.csv', 'id,name\n2,Ben\n');
  const name = ['--dataset', 'About to be', '--json'];
  expect(JSON.parse((await run('import', first, ...name, '--on-rejection', 'review')).out).status).toBe(
    'REVIEW',
  );
  const { dataset, warnings } = JSON.parse((await run('import', second, ...name)).out);
  expect(dataset).toBe('about_to_be_2');
  expect(warnings).toContainEqual(expect.stringContaining('could not be seen yet'));
});

test('amounts and words for nothing are told, and read as numbers and empty cells when that is said', async () => {
  const path = await file('amounts.csv', 'name;amount;rest\nAnn;1.200,50 €;5\nnull;1.201,50 €;n/a\n');
  const silent = JSON.parse((await run('import', path, '--json')).out);
  expect(silent.columns.map(({ type }: { type: string }) => type)).toEqual(['text', 'text', 'text']);
  expect(silent.warnings.join()).toMatch(/“amount” stays text.*--accept/);
  expect(silent.warnings.join()).toMatch(/“null” \(once\).*--empty 'null'/);
  const args = ['--accept', '--empty', 'null', '--empty', 'n/a', '--dataset', 'Amounts read', '--json'];
  expect((await run('import', path, ...args)).code).toBe(0);
  expect(JSON.parse((await run('export', 'amounts_read', '--format', 'json')).out)).toEqual([
    { name: 'Ann', amount: '1200.50', rest: '5' },
    { name: null, amount: '1201.50', rest: null },
  ]);
});

test('a dataset is exported by its name, the name in its address or its id; a wrong name leads to the closest', async () => {
  const content = 'sku,n\r\na,1\r\n';
  const { out } = await run('import', await file('Price list 2026.csv', content), '--json');
  const receipt = JSON.parse(out);
  expect(receipt).toMatchObject({ dataset: 'price_list_2026', datasetId: expect.any(String), warnings: [] });
  for (const name of ['Price list 2026', 'price LIST 2026', 'price_list_2026', receipt.datasetId])
    expect(await run('export', name)).toMatchObject({ code: 0, out: content });
  const wrong = await run('export', 'price-lists');
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong.err).toMatch(
    /^There is no dataset “price-lists”\. Did you mean price_list_2026 \(“Price list 2026”\)/,
  );
  expect((await run('export', 'zzzz')).err).toContain('There is no dataset “zzzz”. There are: ');

  // The same file name once more makes another dataset, and says so.
  const again = await run('import', await file('Price list 2026.csv', 'sku,n\nb,2\n'), '--json');
  expect(JSON.parse(again.out)).toMatchObject({
    dataset: 'price_list_2026_2',
    warnings: [expect.stringContaining('use --dataset price_list_2026.')],
  });
  // Of rows that are in no dataset yet it does not say that they are in one.
  const bad = await file('Price list 2026.csv', 'sku,n\nc,3,4\nd\n');
  const waits = await run('import', bad, '--on-rejection', 'review', '--json');
  expect(JSON.parse(waits.out)).toMatchObject({ status: 'REVIEW' });
  expect(waits.out).not.toContain('in a new one');
  const several = await run('export', 'Price list 2026');
  expect(several.err).toContain(
    '2 datasets are called “Price list 2026”: price_list_2026, price_list_2026_2.',
  );
});

test('text for every column on request', async () => {
  const { out } = await run(
    'import',
    await file('texts.csv', 'n,d\n1,2024-01-01\n'),
    '--types',
    'text',
    '--json',
  );
  expect(JSON.parse(out).columns).toEqual([
    { name: 'n', type: 'text' },
    { name: 'd', type: 'text' },
  ]);
});

test('which sheet is read and why, and what is hidden in it, is told', async () => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Cover').addRows([['Report'], ['2026']]);
  const orders = workbook.addWorksheet('Orders');
  orders.addRows([
    ['id', 'item', 'price'],
    [1, 'Bolt', 2],
    [2, 'Nut', 3],
  ]);
  orders.getColumn(2).hidden = true;
  orders.getRow(3).hidden = true;
  const path = await file('cover.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()));
  const said = [
    'The sheet “Orders” (3 rows, 3 columns) is read, since it has the most data. “Cover” (2 rows, 1 column) also has rows.',
    '1 row is hidden in the workbook (row 3) and imported like the others.',
    '1 column is hidden in the workbook (B “item”) and imported like the others.',
  ];
  const { code, out } = await run('import', path, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ file: { sheet: 'Orders' }, rows: { inserted: 2 }, warnings: said });
  const text = await run('import', path);
  for (const sentence of said) expect(text.out).toContain(`Note: ${sentence}`);
  expect(JSON.parse((await run('read', path, '--json')).out).warnings).toEqual(said);
  const cover = JSON.parse((await run('import', path, '--sheet', 'Cover', '--json')).out);
  expect(cover.file.sheet).toBe('Cover');
  expect(cover.warnings.join()).not.toContain('most data');
});

test('text of fixed width is read, its reason told, and can be asked for', async () => {
  const path = await file(
    'fixed.txt',
    ['ID    NAME        CITY', '----- ----------- --------', '001   Bolt Long   New York', '002   Nut'].join(
      '\n',
    ),
  );
  const { code, out } = await run('import', path, '--dataset', 'Of fixed width', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    file: { delimiter: 'fixed' },
    rows: { read: 2, inserted: 2 },
    rowsLeftOut: 1,
    warnings: [
      'A line of dashes shows where columns begin, so the file is read as text of fixed width: 3 columns that begin at characters 1, 7 and 19. If that is wrong, choose a delimiter.',
      'Row 2 (“-----”) is a line of dashes and is left out.',
    ],
  });
  const exported = await run('export', 'of_fixed_width', '--format', 'json');
  expect(JSON.parse(exported.out)).toEqual([
    { ID: '001', NAME: 'Bolt Long', CITY: 'New York' },
    { ID: '002', NAME: 'Nut', CITY: null },
  ]);
  expect((await run('import', path)).out).toContain('Note: A line of dashes shows where columns begin');
  const asked = await run(
    'read',
    await file('even.txt', 'a  b\n1  2\n3  4\n'),
    '--delimiter',
    'fixed',
    '--json',
  );
  expect(JSON.parse(asked.out)).toMatchObject({ delimiter: 'fixed', starts: [0, 3], columns: ['a', 'b'] });
});

test('how a file is read can be said, and what the reader noticed is told', async () => {
  const lines = [
    'Bericht vom März;;;',
    'id;day;price;note',
    '1;03/04/2026;1.234,50 \x80;x',
    '2;05/06/2026;7,00 \x80',
    '2;05/06/2026;8,00 \x80;again',
  ];
  const path = await file('said.txt', Buffer.from(lines.join('\n'), 'latin1'));
  const layout = ['--header-row', '2', '--delimiter', 'semicolon', '--encoding', 'windows-1252'];
  const columns = ['--date-order', 'dmy', '--decimal', 'comma', '--fill-short-rows'];
  const into = ['--dataset', 'Said', '--key', 'id', '--mode', 'upsert'];
  const { code, out } = await run('import', path, ...layout, ...columns, ...into, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    status: 'COMPLETED',
    file: { encoding: 'windows-1252', delimiter: ';', headerRow: 2 },
    rows: { read: 3, inserted: 2, skipped: 1, rejected: 0 },
    warnings: expect.any(Array),
  });
  const exported = await run('export', 'said', '--format', 'json');
  expect(JSON.parse(exported.out)).toEqual([
    { id: '1', day: '2026-04-03', price: '1234.50', note: 'x' },
    { id: '2', day: '2026-06-05', price: '8.00', note: 'again' },
  ]);

  // Nothing is said of the order of days and months: the column stays text, and that is told.
  const silent = await run('import', path, ...layout, '--json');
  expect(JSON.parse(silent.out).columns).toContainEqual({ name: 'day', type: 'text' });
  expect(JSON.parse(silent.out).warnings).toContainEqual(expect.stringContaining('--date-order'));
  const text = await run('import', path, ...layout);
  expect(text.out).toMatch(/Note: .*“day” stays text.*--date-order/);

  const wrong = await run('import', path, '--date-order', 'ydm');
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('dmy') });
  expect(await run('export', '--help')).toMatchObject({
    code: 0,
    err: expect.stringContaining('--escape-formulas'),
  });
  expect(await run('read', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('--header-row'),
  });
});
