import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

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
  expect(missing.err).toContain('is not there.csv');
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
