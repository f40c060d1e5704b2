import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { GiB, KiB, MiB } from '@/lib/shared/bytes';
import { inspectSlice } from '@/lib/shared/inspect/inspect-slice';
import { inspect } from './inspect';
import { readRows } from './read';
import type { ByteSource, LayoutChoices, Problem } from './source/types';
import { memorySource } from './testing/memory-source';

/** Everything the reader makes of some bytes: detected, then read to the end. */
async function readAll(source: ByteSource, choices: LayoutChoices = {}) {
  const { layout, columns, warnings, sample } = await inspect(source, choices);
  const rows: string[][] = [];
  const numbers: number[] = [];
  const problems: Problem[] = [];
  for await (const batch of readRows(source, layout)) {
    rows.push(...batch.rows);
    numbers.push(...batch.numbers);
    problems.push(...batch.problems);
  }
  return { layout, columns, warnings, sample, rows, numbers, problems };
}

const read = (content: string | Uint8Array, name = 'a.csv', choices?: LayoutChoices) =>
  readAll(memorySource(name, content), choices);
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('what a file is', () => {
  it('#1 0-byte file', async () => {
    await expect(read('')).rejects.toMatchObject({
      reason: 'EMPTY_FILE',
      message: expect.stringContaining('empty'),
    });
    await expect(read('\n\n  \n')).rejects.toMatchObject({ reason: 'NO_ROWS' });
  });

  it('#2 header only', async () => {
    for (const content of ['id,name,email\n', 'id,name,email', 'id,name,email\n\n\n']) {
      const found = await inspect(memorySource('a.csv', content), {});
      const warnings = ['The file has a header but no rows.'];
      expect(found).toMatchObject({ columns: ['id', 'name', 'email'], sample: [], leftOut: [], warnings });
      expect(inspectSlice(Buffer.from(content), true)).toMatchObject({ leftOut: [], warnings });
      expect((await read(content)).rows).toEqual([]);
    }
  });

  it('an open quote on the first row below the header', async () => {
    const content = 'a,b\n1,"unclosed\n2,x\n';
    await expect(inspect(memorySource('a.csv', content), {})).rejects.toMatchObject({
      reason: 'UNCLOSED_QUOTE',
      message: 'The quote that opens on line 2 is never closed.',
    });
    expect(inspectSlice(Buffer.from(content), true)).toBeNull();
  });

  it('one line of prose is one column', async () => {
    const line = 'just one line of words without any table at all';
    expect(await read(`${line}\n`)).toMatchObject({ columns: [line], rows: [] });
  });

  it('#19 xlsx named .csv, by its first bytes', async () => {
    const zip = bytes([0x50, 0x4b, 3, 4], '[Content_Types].xml', new Array(99).fill(0));
    await expect(read(zip)).rejects.not.toMatchObject({ reason: 'NO_ROWS' });
  });

  it('#20 csv named .xlsx', async () => {
    expect(await read('id,name\n1,Ann\n', 'table.xlsx')).toMatchObject({ rows: [['1', 'Ann']] });
  });

  it('#21 legacy .xls, #22 encrypted workbook', async () => {
    const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    await expect(read(bytes(ole, new Array(600).fill(0)), 'a.xls')).rejects.toMatchObject({
      reason: 'LEGACY_XLS',
    });
    const encrypted = bytes(ole, new Array(600).fill(0), [...Buffer.from('EncryptedPackage', 'utf16le')]);
    await expect(read(encrypted)).rejects.toMatchObject({ reason: 'PASSWORD_PROTECTED' });
  });

  it.each([
    ['a PDF', bytes('%PDF-1.7 ...')],
    ['a picture', bytes([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
    ['a tar archive in gzip', gzipSync(bytes(new Array(257).fill(0x61), 'ustar', new Array(300).fill(0)))],
    ['a zip without a workbook', bytes([0x50, 0x4b, 5, 6], new Array(18).fill(0))],
  ])('%s is refused by name', async (_, content) => {
    await expect(read(content)).rejects.toMatchObject({ reason: 'UNSUPPORTED_FORMAT' });
  });

  it('a gzip file that is cut off, damaged, or a bomb', async () => {
    const table = gzipSync(`id,name\n${'1,Ann\n'.repeat(50_000)}`);
    await expect(read(table.subarray(0, table.length - 20))).rejects.toMatchObject({
      reason: 'INCOMPLETE_FILE',
    });
    const damaged = Buffer.from(table);
    damaged.fill(0xff, 40, 60);
    await expect(read(damaged)).rejects.toMatchObject({ reason: 'MALFORMED_FILE' });
    const member = gzipSync(`${'x'.repeat(500)},${'y'.repeat(500)}\n`.repeat(5_000));
    const bomb = Buffer.concat(new Array(30).fill(member));
    await expect(read(bomb)).rejects.toMatchObject({ reason: 'INFLATED_TOO_LARGE' });
  });
});

describe('encodings', () => {
  it('#3 UTF-8 byte order mark', async () => {
    expect(await read('\ufeffid,name\n1,Ann\n')).toMatchObject({ columns: ['id', 'name'], warnings: [] });
  });

  it.each(['utf-16le', 'utf-16be'])('#4 %s with and without a mark', async (encoding) => {
    for (const mark of ['\ufeff', '']) {
      const content = Buffer.from(`${mark}id;name\r\n1;Žofie 😀\r\n`, 'utf16le');
      if (encoding === 'utf-16be') content.swap16();
      const table = await read(content);
      expect(table).toMatchObject({
        columns: ['id', 'name'],
        rows: [['1', 'Žofie 😀']],
        layout: { encoding },
      });
    }
  });

  it('#6 multi-byte characters on chunk edges', async () => {
    const text = `id,name\n${Array.from({ length: 99 }, (_, i) => `${i},é漢😀e\u0301\n`).join('')}`;
    for (const size of [1, 2, 3, 5, 7]) {
      const { rows } = await readAll(memorySource('a.csv', text, () => size));
      expect(rows).toHaveLength(99);
      expect(new Set(rows.map(([, name]) => name))).toEqual(new Set(['é漢😀e\u0301']));
    }
  });

  it('#7 invalid UTF-8 in one line: that row named, the others exact', async () => {
    const content = bytes('id,name\n1,Zoë\n2,Žof', [0xe9], 'e\n3,漢字\n', '4,\ufffd\n');
    const { rows, problems } = await read(content);
    expect(rows).toEqual([
      ['1', 'Zoë'],
      ['2', 'Žofée'],
      ['3', '漢字'],
      ['4', '\ufffd'],
    ]);
    expect(problems).toMatchObject([{ row: 3, column: 1, code: 'invalid-encoding', value: 'Žofée' }]);
    expect(problems[0]?.reason).toContain('Line 3');
  });

  it('#7 the line is named, not the row, when they differ', async () => {
    const content = bytes('id,name\n1,"Zoë\nand\nŽofie"\n2,', [0xff], 'é\n');
    expect((await read(content)).problems).toMatchObject([
      { row: 3, reason: expect.stringContaining('Line 5') },
    ]);
  });

  it('#8 NUL bytes: row rejected, line named', async () => {
    const { rows, problems, sample } = await read('id,name\n1,Ann\n2,B\0b\n3,Cid\n');
    expect(rows).toHaveLength(3);
    expect(JSON.stringify([rows, sample])).not.toContain('u0000');
    expect(problems).toMatchObject([{ row: 3, column: 1, code: 'nul-byte', value: 'B␀b' }]);
    expect(problems[0]?.reason).toContain('Line 3');
  });
});

describe('lines and cells', () => {
  it('#9 CR-only line ends', async () => {
    const { rows, layout } = await read('id,name\r1,Ann\r2,"Bo\rb"\r');
    expect(layout).toMatchObject({ newline: '\r' });
    expect(rows).toEqual([
      ['1', 'Ann'],
      ['2', 'Bo\rb'],
    ]);
  });

  it('#10 mixed line ends, quoted ones kept as they are', async () => {
    const { rows, numbers } = await read('id,name\n1,Ann\r\n2,"B\r\nb"\r3,"C\rc"\n\r\n4,D\r\r\n5,E');
    expect(rows.map(([, name]) => name)).toEqual(['Ann', 'B\r\nb', 'C\rc', 'D', 'E']);
    expect(numbers).toEqual([2, 3, 4, 6, 7]);
  });

  it('#11 CRLF split across chunks', async () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const source = memorySource('a.csv', 'id,name\r\n1,"An\r\nn"\r\n2,Bob\r\n', () => size);
      const { rows, numbers } = await readAll(source);
      expect(rows).toEqual([
        ['1', 'An\r\nn'],
        ['2', 'Bob'],
      ]);
      expect(numbers).toEqual([2, 3]);
    }
  });

  it('#12 ragged rows are given out as they are', async () => {
    const { rows } = await read('a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3\n');
    expect(rows).toEqual([
      ['1', '2', '3'],
      ['4', '5'],
      ['6', '7', '8', '9'],
      ['1', '2', '3'],
    ]);
  });

  it.each([
    ['in a small file', 'id,name\n1,Ann\n2,"Bob\n3,Cid\n', 3],
    ['among quotes that are closed', `id,name\n${'1,"Ann, A."\n'.repeat(20)}2,"Bob\n3,Cid\n`, 22],
    [
      'far into a big file',
      `id,name\n${'1,Ann\n'.repeat(300_000)}2,"Bob\n${'3,Cid\n'.repeat(300_000)}`,
      300_002,
    ],
  ])('#13 a quote never closed %s', async (_, content, line) => {
    await expect(read(content)).rejects.toMatchObject({
      reason: 'UNCLOSED_QUOTE',
      message: expect.stringContaining(`line ${line} `),
    });
  });

  it.each([
    ['in one line', 'x"y'.repeat(700_000), 'RECORD_TOO_LARGE'],
    ['opened at the start', `"${'x"y'.repeat(700_000)}`, /RECORD_TOO_LARGE|UNCLOSED_QUOTE/],
    ['in cells', '"x"y,'.repeat(400_000), /RECORD_TOO_LARGE|UNCLOSED_QUOTE|TOO_MANY_COLUMNS/],
  ])('#14 two MB of quote soup %s', async (_, content, reason) => {
    await expect(read(content)).rejects.toMatchObject({ reason: expect.stringMatching(reason) });
  });

  it('#14 quote soup in short lines is read', async () => {
    const { rows } = await read(`id,soup\n${'1,x"y"x"y"x"y\n'.repeat(100_000)}`);
    expect(rows).toHaveLength(100_000);
    expect(rows[99_999]).toEqual(['1', 'x"y"x"y"x"y']);
  });

  it('#15 100,000 columns', async () => {
    const line = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
    await expect(read(`${line}\n${line}\n`)).rejects.toMatchObject({
      reason: 'TOO_MANY_COLUMNS',
      message: expect.stringContaining('1,600'),
    });
    await expect(read(`a,b\n1,2\n${','.repeat(2_000)}\n1,2\n`)).rejects.toMatchObject({
      reason: 'TOO_MANY_COLUMNS',
      message: expect.stringContaining('Row 3'),
    });
  });

  it('#16 1 GB in one line is given up on early', async () => {
    let given = 0;
    const block = Buffer.alloc(64 * KiB, 'abc ');
    const giant: ByteSource = {
      name: 'giant.csv',
      size: GiB,
      async *stream(start = 0) {
        if (start === 0) yield Buffer.from('id,name\n1,Ann\n');
        for (;;) {
          given += block.length;
          yield block;
        }
      },
      read: async (start, end) =>
        start === 0
          ? Buffer.concat([Buffer.from('id,name\n1,Ann\n'), Buffer.alloc(MiB, 'abc ')]).subarray(0, end)
          : block,
    };
    await expect(readAll(giant)).rejects.toMatchObject({
      reason: 'RECORD_TOO_LARGE',
      message: expect.stringContaining('line 3'),
    });
    expect(given).toBeLessThan(4 * MiB);
  });

  it('#17 semicolons with decimal commas', async () => {
    const { rows, columns } = await read('artikel;preis\nA;3,14\nB;1,50\nC;1.234,00\n');
    expect(columns).toEqual(['artikel', 'preis']);
    expect(rows[2]).toEqual(['C', '1.234,00']);
  });

  it('#18 one column, no delimiter anywhere; blank lines between are skipped', async () => {
    const { columns, rows, numbers } = await read('name\nAnn\n\nBob\n""\n');
    expect(columns).toEqual(['name']);
    expect(rows).toEqual([['Ann'], ['Bob'], ['']]);
    expect(numbers).toEqual([2, 4, 5]);
  });

  it('#41 leading zeros, #42 long digits, #43 exponents, #44 formats, #46 any script: text exactly', async () => {
    const cells = [
      '007',
      '12345678901234567890',
      '1E5',
      '5,58E+12',
      '1.234,56 €',
      '👩‍👩‍👧',
      'مرحبا',
      'e\u0301 \u200f',
      ' a ',
      '=1+1',
    ];
    const { rows } = await read(`id;value\n${cells.map((cell, i) => `${i};${cell}`).join('\n')}\n`);
    expect(rows.map(([, value]) => value)).toEqual(cells);
  });

  it('#45 ambiguous dates stay text', async () => {
    expect((await read('day,n\n03/04/2026,1\n04/05/2026,2\n')).rows[0]).toEqual(['03/04/2026', '1']);
  });
});

describe('headers', () => {
  it('#47 duplicate names are numbered, and said so', async () => {
    const { columns, warnings } = await read('id,name,id,name,id_2\n1,a,2,b,3\n4,c,5,d,6\n');
    expect(columns).toEqual(['id', 'name', 'id_3', 'name_2', 'id_2']);
    expect(warnings).toContain('The column name “id” comes more than once. It was numbered: “id_3”.');
  });

  it('#48 blank names are by position', async () => {
    expect((await read('id,, ,column_2\n1,2,3,4\n5,6,7,8\n')).columns).toEqual([
      'id',
      'column_2_2',
      'column_3',
      'column_2',
    ]);
  });

  it('#49 __proto__ and constructor are plain columns', async () => {
    const { columns, rows } = await read('__proto__,constructor,toString\n1,2,3\n4,5,6\n');
    expect(columns).toEqual(['__proto__', 'constructor', 'toString']);
    expect(rows[0]).toEqual(['1', '2', '3']);
  });

  it('#50 preamble lines above the header are found, and the person can move it', async () => {
    const text = 'Sales report\nMade on 3 May\n\nid,name,amount\n1,Ann,2.50\n2,Bob,3.75\n';
    const found = await read(text);
    expect(found).toMatchObject({ columns: ['id', 'name', 'amount'], layout: { headerRow: 4, firstRow: 5 } });
    expect(found.numbers).toEqual([5, 6]);
    expect(found.warnings).toContain('Rows 1–2 above the table are not imported.');
    expect(await read(text, 'a.csv', { headerRow: 5 })).toMatchObject({
      columns: ['1', 'Ann', '2.50'],
      numbers: [6],
    });
    expect(await read(text, 'a.csv', { headerRow: null })).toMatchObject({ numbers: [4, 5, 6] });
  });

  it('names the rows above the header that have something in them, as the receipt counts them', async () => {
    const text = 'Sales report\nMade on 3 May\n\nBy Ann\n\nid,name,amount\n1,Ann,2.50\n2,Bob,3.75\n';
    const found = await read(text, 'a.csv', { headerRow: 6 });
    expect(found.warnings).toContain('Rows 1–2, 4 above the table are not imported.');
  });

  it('#50 a header of two rows is found, and the person can take one of them, or two where one was found', async () => {
    const text = 'Region,Sales,Costs\n,EUR,EUR\nNorth,10,4\nSouth,20,5\nEast,30,6\n';
    const found = await read(text);
    expect(found).toMatchObject({ columns: ['Region', 'Sales EUR', 'Costs EUR'], numbers: [3, 4, 5] });
    expect(found.warnings).toContain('Rows 1–2 name the columns together.');
    const first = await read(text, 'a.csv', { headerRow: 1 });
    expect(first).toMatchObject({ columns: ['Region', 'Sales', 'Costs'], numbers: [2, 3, 4, 5] });
    const second = await read(text, 'a.csv', { headerRow: 2 });
    expect(second).toMatchObject({ columns: ['column_1', 'EUR', 'EUR_2'], numbers: [3, 4, 5] });
    const both = await read(text, 'a.csv', { headerRow: 1, headerRows: 2 });
    expect(both).toMatchObject({ columns: ['Region', 'Sales EUR', 'Costs EUR'], numbers: [3, 4, 5] });
  });
});
