import { execFileSync } from 'node:child_process';
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
    path('open.csv', 'a;b\n1;2\n3;"4\n'),
    path('table.txt', 'id;note\r\n1;"a ""b"""\r\n2\r\n3;x\0\r\n4;y;z\r\n5;"q"r\r\n6;"u"\r\n7;"w, w"\r\n'),
  ];
  const tsx = join(root, 'node_modules/.bin/tsx');
  execFileSync(tsx, [join(root, 'worker/read/cli.ts'), ...files, join(dir, 'absent.csv'), '--out', out], {
    cwd: root,
  });
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
    rejections: [
      { row: 4, reason: expect.stringContaining('NUL') },
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
    message: `There is no file “${join(dir, 'absent.csv')}” here.`,
  });
});
