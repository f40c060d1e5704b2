import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { inspect } from './inspect';
import { readRows } from './read';
import type { ByteSource, LayoutChoices } from './source/types';
import { memorySource } from './testing/memory-source';
import { workbookEntries } from './xlsx/testing/workbook-writer';
import { zipBytes } from './xlsx/testing/zip-writer';

/** What is said of the rows at the end of a file, and the first cells of those that are left out. */
async function read(source: ByteSource, choices: LayoutChoices = {}) {
  const { layout, leftOut } = await inspect(source, choices);
  const none = new LeftOutSet(layout.leftOut ?? []);
  let stored = 0;
  const skipped: string[] = [];
  for await (const { rows } of readRows(source, layout)) {
    for (const cells of rows) {
      if (none.has(cells)) skipped.push(cells.find((cell) => cell !== '') ?? '');
      else stored++;
    }
  }
  return { stored, skipped, says: leftOut.map(({ says }) => says) };
}

/** Longer than what is looked at of the beginning, with a total and a note below. */
const count = 60_000;
const lines = Array.from({ length: count }, (_, i) => `${i},Bolt 六角 ${i},${i % 7}`);
const table = `id,name,qty\n${lines.join('\n')}\nTotal,,179997\nSource: the warehouse\n`;
const ends = { stored: count, skipped: ['Total', 'Source: the warehouse'] };

describe('#79 totals and notes at the end of a text that is longer than its head', () => {
  it.each([
    ['plain', Buffer.from(table)],
    ['UTF-16', iconv.encode(table, 'utf-16le', { addBOM: true })],
    ['UTF-16, the other way round', iconv.encode(table, 'utf-16be', { addBOM: true })],
    ['two bytes a character', iconv.encode(table, 'shift_jis')],
    ['in gzip', gzipSync(table)],
  ])('%s', async (_, content) => {
    const found = await read(memorySource('a.csv', content));
    expect(found).toMatchObject(ends);
    expect(found.says).toEqual([
      'A row at the end of the file (“Total”) looks like a total and is left out.',
      'A row at the end of the file (“Source: the warehouse”) looks like a note below the table and is left out.',
    ]);
  });

  it('in a zip, and data where a person says so', async () => {
    const zip = memorySource('a.zip', await zipBytes([{ name: 'a.csv', data: table }]));
    expect(await read(zip)).toMatchObject(ends);
    const kept = await read(zip, { leftOut: { TOTAL: false } });
    expect(kept).toMatchObject({ stored: count + 1, skipped: ['Source: the warehouse'] });
    expect(kept.says[0]).toMatch(/“Total”.* is imported as data/);
  });
});

interface SheetOptions {
  rows: number;
  numbered?: boolean;
  prefix?: string;
}

/** A sheet of shared strings with a total and a note, the latter a row apart. */
async function sheet({ rows, numbered = true, prefix = '' }: SheetOptions): Promise<ByteSource> {
  const strings = ['id', 'name', 'qty', 'Total', 'Source: the warehouse'].map((text) => `<t>${text}</t>`);
  const cell = (column: string, value: number, shared: boolean) =>
    `<c r="${column}"${shared ? ' t="s"' : ''}><v>${value}</v></c>`;
  let at = 0;
  const row = (cells: [column: string, value: number, shared: boolean][]) => {
    at++;
    const names = cells.map(([column, value, shared]) => cell(`${column}${at}`, value, shared));
    return `<row${numbered ? ` r="${at}"` : ''}>${names.join('')}</row>`;
  };
  const body = [
    row([
      ['A', 0, true],
      ['B', 1, true],
      ['C', 2, true],
    ]),
    ...Array.from({ length: rows }, (_, i) => {
      strings.push(`<t>Bolt ${i}</t>`);
      return row([
        ['A', i, false],
        ['B', strings.length - 1, true],
        ['C', i % 7, false],
      ]);
    }),
    row([
      ['A', 3, true],
      ['C', 4_000, false],
    ]),
  ];
  if (numbered) at++;
  body.push(row([['A', 4, true]]));
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const plain = `<worksheet><sheetData>${body.join('')}</sheetData></worksheet>`;
  const xml = plain
    .replace(/<(\/?)(?=[a-z])/g, prefix === '' ? '<$1' : `<$1${prefix}:`)
    .replace('>', ` xmlns${prefix === '' ? '' : `:${prefix}`}="${main}">`);
  const entries = workbookEntries({ sheets: [{ xml }], strings });
  return memorySource('a.xlsx', await zipBytes(entries));
}

describe('#79 totals and notes at the end of a sheet, beyond the rows of the preview', () => {
  const skipped = ['Total', 'Source: the warehouse'];
  it.each([
    ['far down', { rows: 9_000 }, 'Row 9,002'],
    ['just below the preview', { rows: 1_120 }, 'Row 1,122'],
    ['within it', { rows: 40 }, 'Row 42'],
    ['with a namespace prefix', { rows: 3_000, prefix: 'x' }, 'Row 3,002'],
    ['where rows say no number', { rows: 3_000, numbered: false }, 'A row at the end of the file'],
  ])('%s', async (_, options, where) => {
    const found = await read(await sheet(options));
    expect(found).toMatchObject({ stored: options.rows, skipped });
    expect(found.says[0]).toBe(`${where} (“Total”) looks like a total and is left out.`);
    expect(found.says[1]).toMatch(/“Source: the warehouse”\) looks like a note below the table/);
  });

  it('are data where a person says so', async () => {
    const found = await read(await sheet({ rows: 2_000 }), { leftOut: { TOTAL: false, NOTE: false } });
    expect(found).toMatchObject({ stored: 2_002, skipped: [] });
    expect(found.says).toEqual([
      expect.stringMatching(/is imported as data/),
      expect.stringMatching(/is imported as data/),
    ]);
  });

  it('of a packed workbook too', async () => {
    const plain = await sheet({ rows: 2_000 });
    const packed = gzipSync(await plain.read(0, plain.size));
    expect(await read(memorySource('a.xlsx.gz', packed))).toMatchObject({ stored: 2_000, skipped });
  });
});
