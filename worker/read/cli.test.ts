import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

it('npm run read writes tables and reports, and one bad file stops nothing', { timeout: 20_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-read-'));
  const out = join(dir, 'out');
  const path = (name: string, content: string | Buffer) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const files = [
    path('empty.csv', ''),
    path('short.csv', Buffer.from('name;city\nMüller;Köln\nOtto;Bonn\n', 'latin1')),
    path('left-out.csv', 'n,a,b,\n1,2,3,\n,,,\nn,a,b,\n4,5,6,\nTotal,7,9,\n'),
    path('open.csv', 'a;b\n1;2\n3;"4\n'),
    path('table.txt', 'id;note\r\n1;"a ""b"""\r\n2\r\n3;x\0\r\n4;y;z\r\n5;"q"r\r\n6;"u"\r\n7;"w, w"\r\n'),
  ];
  const tsx = join(root, 'node_modules/.bin/tsx');
  const said = execFileSync(
    tsx,
    [join(root, 'worker/read/cli.ts'), ...files, join(dir, 'absent.csv'), '--out', out],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const report = (name: string): unknown => JSON.parse(readFileSync(join(out, `${name}.json`), 'utf8'));

  expect(readFileSync(join(out, 'table.txt.csv'), 'utf8')).toBe(
    'id,note\n1,"a ""b"""\n2,\n4,y,z\n5,"""q""r"\n6,u\n7,"w, w"\n',
  );
  expect(report('table.txt')).toMatchObject({
    encoding: 'utf-8',
    delimiter: ';',
    quote: '"',
    escape: '"',
    newline: '\r\n',
    headerRow: 1,
    tables: [{ firstRow: 6, columns: 2 }],
    columns: ['id', 'note'],
    rows: 6,
    rowsRead: 7,
    rowsLeftOut: 0,
    types: ['integer', 'text'],
    rejections: [
      { row: 3, reason: expect.stringContaining('1 of 2 cells') },
      { row: 4, reason: expect.stringContaining('NUL') },
      { row: 5, reason: expect.stringContaining('3 cells') },
      { row: 6, reason: expect.stringContaining('quote') },
    ],
  });
  expect(report('short.csv')).toMatchObject({
    encoding: 'windows-1252',
    warnings: [expect.stringMatching(/reads “Müller Köln” \(--encoding windows-1252\)\. It would read “/)],
  });
  expect(report('empty.csv')).toMatchObject({ failureReason: 'EMPTY_FILE' });
  expect(report('open.csv')).toMatchObject({
    failureReason: 'UNCLOSED_QUOTE',
    message: expect.stringContaining('line 3'),
  });
  expect(report('absent.csv')).toMatchObject({
    failureReason: 'NO_FILE',
    message: `File “${join(dir, 'absent.csv')}” not found.`,
  });

  // What is said to be left out is.
  expect(readFileSync(join(out, 'left-out.csv.csv'), 'utf8')).toBe('n,a,b\n1,2,3\n4,5,6\n');
  expect(report('left-out.csv')).toMatchObject({ rowsRead: 2, rows: 2, rowsLeftOut: 3, rejections: [] });
  expect(said).toContain(
    'left-out.csv: 2 rows, 3 rows left out (UTF-8, delimiter ",")\n  Columns: n (integer), a (integer), b (integer)\n',
  );
  expect(said).toContain('table.txt: 7 rows, 4 of them rejected (');

  const kept = execFileSync(
    tsx,
    [join(root, 'worker/read/cli.ts'), join(dir, 'left-out.csv'), '--keep-rows', '--json'],
    { cwd: root, encoding: 'utf8' },
  );
  expect(JSON.parse(kept)).toMatchObject({ rowsRead: 4, rowsLeftOut: 1 });
});

it.each([
  [['--delimiter', 'abcde'], '--delimiter takes up to four characters'],
  [['--encoding', 'klingon'], '--encoding takes the name of an encoding'],
])('refuses %j', (args, sentence) => {
  const { status, stderr } = spawnSync(
    join(root, 'node_modules/.bin/tsx'),
    [join(root, 'worker/read/cli.ts'), 'a.csv', ...args],
    { cwd: root, encoding: 'utf8' },
  );
  expect(status).toBe(2);
  expect(stderr).toContain(sentence);
});
