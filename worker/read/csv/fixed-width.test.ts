import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findColumns } from '@/lib/shared/csv/sniff/find-columns';
import { isLine } from '@/lib/shared/csv/sniff/header-votes';
import { inspectSlice } from '@/lib/shared/inspect/inspect-slice';
import { inspect } from '../inspect';
import type { Batch, CsvLayout, LayoutChoices, Position } from '../source/types';
import { memorySource } from '../testing/memory-source';
import { readCsv } from './read-csv';

async function inspectText(text: string | Uint8Array, choices: LayoutChoices = {}) {
  const source = memorySource('a.txt', text);
  const found = await inspect(source, choices);
  if (found.layout.format !== 'csv') throw new Error('not a text');
  return { ...found, layout: found.layout, source };
}

async function rowsOf(
  source: ReturnType<typeof memorySource>,
  layout: CsvLayout,
  batchCharacters?: number,
  from: Position | null = null,
): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of readCsv(source, layout, from, batchCharacters)) batches.push(batch);
  return batches;
}

const cellsOf = (batches: Batch[]) => batches.flatMap(({ rows }) => rows);

/** Writes a table as databases and mainframes print them. */
function written(
  header: string[],
  rows: string[][],
  options: { isRight: boolean[]; gap: number; ruler: boolean },
) {
  const widths = header.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (options.isRight[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join(' '.repeat(options.gap))
      .trimEnd();
  const ruler = widths.map((width) => '-'.repeat(width)).join(' '.repeat(options.gap));
  return [line(header), ...(options.ruler ? [ruler] : []), ...rows.map(line)];
}

const word = fc.stringMatching(/^[A-Z][a-z]{0,8}$/);
const words = fc.oneof(
  { weight: 3, arbitrary: word },
  { weight: 1, arbitrary: fc.tuple(word, word).map((pair) => pair.join(' ')) },
);
const amount = fc.integer({ min: 0, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2));

/** Rows of a code, two texts with blanks in them and an amount, some cells empty. */
const table = fc
  .array(fc.tuple(fc.stringMatching(/^[0-9]{3,5}$/), words, words, amount, fc.boolean()), {
    minLength: 12,
    maxLength: 40,
  })
  .map((rows) => rows.map(([code, name, city, price, isEmpty]) => [code, name, isEmpty ? '' : city, price]));

describe('text of fixed width', () => {
  it('with a line of dashes is read back as it was written, whatever the widths', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, isRight, gap, newline) => {
          const lines = written(['CODE', 'NAME', 'CITY', 'AMOUNT'], rows, { isRight, gap, ruler: true });
          const { layout, columns, source, warnings, leftOut } = await inspectText(
            lines.join(newline) + newline,
          );
          expect([layout.delimiter, columns]).toEqual(['fixed', ['CODE', 'NAME', 'CITY', 'AMOUNT']]);
          expect(warnings.join()).toContain('A line of dashes shows where columns begin');
          expect(leftOut.map(({ kind }) => kind)).toEqual(['LINE']);
          const batches = await rowsOf(source, layout);
          expect(cellsOf(batches).slice(1)).toEqual(rows);
          expect(batches.flatMap(({ problems }) => problems)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('without one is cut into columns that hold each value whole, or is not called fixed width', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 2, max: 5 }), async (rows, gap) => {
        const isRight = [false, false, false, true];
        const lines = written(['CODE', 'NAME OF ITEM', 'CITY OR TOWN', 'AMOUNT'], rows, {
          isRight,
          gap,
          ruler: false,
        });
        const { layout, columns, source } = await inspectText(lines.join('\n'));
        if (layout.delimiter !== 'fixed') return;
        const batches = await rowsOf(source, layout);
        expect(batches.flatMap(({ problems }) => problems)).toEqual([]);
        // Nothing is lost, and no value is torn.
        const whole = rows.map((row) => row.filter((cell) => cell !== '').join(' '));
        expect(cellsOf(batches).map((row) => row.filter((cell) => cell !== '').join(' '))).toEqual(whole);
        if (columns.length === 4) {
          found++;
          expect(cellsOf(batches)).toEqual(rows);
        }
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(50);
  });

  it('is read alike wherever batches end, and goes on after any of them', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => [
      `${1000 + i}`,
      `Bolt ${i % 7 ? 'long' : '😀'}`,
      `${i}.50`,
    ]);
    const lines = written(['ID', 'NAME', 'PRICE'], rows, {
      isRight: [false, false, true],
      gap: 3,
      ruler: true,
    });
    // A line of another width than usual: one character of two units.
    const { layout, source } = await inspectText(
      lines.map((line, i) => (i % 50 ? line : line.trimEnd())).join('\r\n'),
    );
    const whole = await rowsOf(source, layout);
    for (const size of [1, 50, 333, 4_000]) {
      const batches = await rowsOf(source, layout, size);
      expect(cellsOf(batches)).toEqual(cellsOf(whole));
      expect(batches.flatMap(({ numbers }) => numbers)).toEqual(whole.flatMap(({ numbers }) => numbers));
    }
    const [first, ...others] = await rowsOf(source, layout, 4_000);
    const rest = await rowsOf(source, layout, 700, first?.position);
    expect(cellsOf(rest)).toEqual(cellsOf(others));
  });

  it('rejects a row in which a value stands across a border, and no line of dashes', async () => {
    const text = [
      '----------------------',
      'ID    NAME      AMOUNT',
      '----- --------- ------',
      '001   Bolt       10.50',
      '002   Nut too long 7.2',
      '003   Pin         9.00',
      ...Array.from({ length: 20 }, (_, i) => `${100 + i}   Part       1.00`),
      '----------------------',
    ].join('\n');
    const { layout, columns, source, leftOut } = await inspectText(text);
    expect([columns, layout.headerRow]).toEqual([['ID', 'NAME', 'AMOUNT'], 2]);
    expect(leftOut[0]?.rows.map(({ row }) => row)).toEqual([3, 27]);
    const problems = (await rowsOf(source, layout)).flatMap((batch) => batch.problems);
    expect(problems).toEqual([
      {
        row: 5,
        column: null,
        value: 'Nut too lo | ng 7.2',
        code: 'across-columns',
        reason: 'A value on line 5 runs from column 2 into column 3.',
      },
    ]);
  });

  it('rejects a row in which a value is longer than the dashes above it and may be cut at a blank', async () => {
    const text = [
      'ID    NAME        CITY',
      '----- ----------- ----------',
      ...Array.from({ length: 30 }, (_, i) => `${100 + i}   Name        Rome`),
      '90    Long name ab cd ef',
      '91    Long name is Rome',
      '92    Long name ab',
      '93    Long name a Rome',
      '94    Short 😀       Bari',
      '95    Name        Rome is great',
    ].join('\n');
    const { layout, source } = await inspectText(text);
    expect(layout).toMatchObject({ starts: [0, 6, 18], ends: [5, 17, 28] });
    const batches = await rowsOf(source, layout);
    expect(batches.flatMap(({ problems }) => problems).map(({ row, value }) => [row, value])).toEqual([
      [33, 'Long name ab | cd ef'],
      [34, 'Long name is | Rome'],
    ]);
    expect(cellsOf(batches).slice(-4)).toEqual([
      ['92', 'Long name ab', ''],
      ['93', 'Long name a', 'Rome'],
      ['94', 'Short 😀', 'Bari'],
      ['95', 'Name', 'Rome is great'],
    ]);
  });

  it.each<[string, string, string]>([
    ['a list of values without blanks is cut by blanks, as before', 'a  b\n1  2\n3  4\n5  6\n', ' '],
    ['commas at the same places', 'id , name , qty\n1  , Bolt , 2\n2  , Nut  , 3\n', ','],
    ['moments', 'seen\n2015-01-01 00:00:00\n2015-01-02 00:00:01\n2015-01-03 00:12:00.001\n', ','],
    ['a title above commas', 'Line with spaces\na,b,c,d\n1,2,3,4\n5,6,7,8\n', ','],
    ['a name with blanks before it', '   total\n1\n2\n3\n', ','],
    ['one column of names', 'name\nAda Lovelace\nBob Marley\nAnn Smith\nEva Jones\n', ','],
    [
      'prose',
      'It was a dark and stormy night.\nThe rain fell down in torrents.\nExcept at times, of course.\n',
      ';',
    ],
  ])('is not seen in %s', async (_, text, delimiter) => {
    const { layout } = await inspectText(text);
    expect(layout.starts).toBeUndefined();
    expect(layout.delimiter).toBe(delimiter);
  });

  it('can be said, and unsaid', async () => {
    const text = 'a  b\n1  2\n3  4\n5  6\n';
    const said = await inspectText(text, { delimiter: 'fixed' });
    expect([said.layout.starts, said.columns]).toEqual([
      [0, 3],
      ['a', 'b'],
    ]);
    const lines = written(
      ['ID', 'NAME'],
      [
        ['1', 'Ann Lee'],
        ['22', 'Bo'],
        ['333', 'Cy X'],
      ],
      { isRight: [false, false], gap: 2, ruler: true },
    );
    expect((await inspectText(lines.join('\n'))).layout.delimiter).toBe('fixed');
    expect((await inspectText(lines.join('\n'), { delimiter: ',' })).layout).toMatchObject({
      delimiter: ',',
    });
    expect((await inspectText('no columns\nat all\n', { delimiter: 'fixed' })).warnings).toContain(
      'No columns of fixed width were found, so each line is one cell. Choose a delimiter instead.',
    );
  });

  it('is seen in the browser as the worker sees it', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [`${i}`, `Bolt ${i}`, '', `${i}.00`]);
    for (const ruler of [true, false]) {
      const lines = written(['NO', 'ITEM', 'NOTE', 'PRICE'], rows, {
        isRight: [true, false, false, true],
        gap: 2,
        ruler,
      });
      const text = new TextEncoder().encode(`${lines.join('\n')}\n`);
      const seen = inspectSlice(text, true);
      const read = await inspectText(text);
      expect(seen?.layout.delimiter).toBe('fixed');
      expect(read.layout.delimiter).toBe('fixed');
      expect(seen?.columns.map(({ name }) => name)).toEqual(read.columns);
      expect(seen?.sample).toEqual(read.sample);
      expect(seen?.warnings[0]).toBe(read.warnings[0]);
    }
  });
});

describe('a list whose rows begin with the delimiter', () => {
  it('has no column before it; its values are trimmed where they lie in columns', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const widths = [6, 22, 22, 12];
        const line = (cells: string[]) =>
          `|${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('|')}|`;
        const ruler = '-'.repeat(67);
        const lines = [ruler, line(['CODE', 'NAME', 'CITY', 'AMOUNT']), ruler, ...rows.map(line), ruler];
        const { layout, columns, source, leftOut } = await inspectText(lines.join('\n'));
        expect([layout.delimiter, columns]).toEqual(['|', ['CODE', 'NAME', 'CITY', 'AMOUNT']]);
        expect(leftOut.flatMap((kind) => kind.rows.map(({ row }) => row))).toEqual([3, rows.length + 4]);
        const cells = cellsOf(await rowsOf(source, layout)).slice(1, -1);
        expect(cells).toEqual(rows.map((row) => [...row, '']));
      }),
      { numRuns: 30 },
    );
  });

  it.each([50, 5_000, 200_000])('is none where a first column is filled after %i rows', async (empty) => {
    const lines = [
      '"",name,qty',
      ...Array.from({ length: empty }, (_, i) => `,Bolt,${i}`),
      'A7,Nut,1',
      'A8,Pin,2',
    ];
    const { layout, columns, source } = await inspectText(lines.join('\n'));
    expect(layout.framed).toBeUndefined();
    expect(columns).toHaveLength(3);
    const batches = await rowsOf(source, layout);
    expect(cellsOf(batches).slice(-2)).toEqual([
      ['A7', 'Nut', '1'],
      ['A8', 'Pin', '2'],
    ]);
  });

  it('keeps a value that stands before it: such a row has a cell too many', async () => {
    const { layout, columns, source, warnings } = await inspectText(
      ';id;name\n;1; Ann\n;2;Bob\n'.padEnd(30, ';3;Cy\n'),
    );
    expect([columns, layout.framed]).toEqual([['id', 'name'], 'plain']);
    expect(warnings[0]).toBe('Every row begins with “;”: the empty column before it is left out.');
    expect(cellsOf(await rowsOf(source, layout))[0]).toEqual(['1', ' Ann']);
    expect((await inspectText(';1;2\n;3;4\n;5;6\n')).layout.framed).toBeUndefined();
    const later = memorySource('a.csv', ';id;name\n;1;Ann\nx;2;Bob\n');
    expect(cellsOf(await rowsOf(later, layout))).toEqual([
      ['1', 'Ann'],
      ['x', '2', 'Bob'],
    ]);
  });
});

describe('what databases print', () => {
  const rows = [
    ['1', 'Bolt long', '10.50'],
    ['2', 'Nut', '7.25'],
  ];

  it.each<[string, string[], string | undefined, number[]]>([
    [
      'MySQL',
      [
        '+----+-----------+--------+',
        '| id | name      | amount |',
        '+----+-----------+--------+',
        '|  1 | Bolt long |  10.50 |',
        '|  2 | Nut       |   7.25 |',
        '+----+-----------+--------+',
        '2 rows in set (0.00 sec)',
      ],
      '|',
      [3, 6, 7],
    ],
    [
      'PostgreSQL',
      [
        ' id |   name    | amount ',
        '----+-----------+--------',
        '  1 | Bolt long |  10.50',
        '  2 | Nut       |   7.25',
        '(2 rows)',
        '',
      ],
      ' | ',
      [2, 5],
    ],
    [
      'SQL*Plus',
      [
        '',
        '        id name                           amount',
        '---------- -------------------- ----------------',
        '         1 Bolt long                       10.50',
        '         2 Nut                              7.25',
        '',
        '2 rows selected.',
      ],
      'fixed',
      [3, 7],
    ],
    [
      'SQL Server',
      [
        'id          name                 amount',
        '----------- -------------------- --------',
        '          1 Bolt long               10.50',
        '          2 Nut                      7.25',
        '',
        '(2 rows affected)',
      ],
      'fixed',
      [2, 6],
    ],
  ])('%s: its rows alone', async (_, lines, delimiter, leftOutRows) => {
    const { layout, columns, leftOut, source, sample } = await inspectText(lines.join('\n'));
    expect([layout.delimiter, columns]).toEqual([delimiter, ['id', 'name', 'amount']]);
    expect(
      leftOut.flatMap((kind) => (kind.isLeftOut ? kind.rows.map(({ row }) => row) : [])).toSorted(),
    ).toEqual(leftOutRows);
    expect(sample.map(({ cells }) => cells.slice(0, 3).map((cell) => cell.trim()))).toEqual(rows);
    expect((await rowsOf(source, layout)).length).toBeGreaterThan(0);
  });

  it('lines of dashes are told from others however long they are', () => {
    expect(isLine(['-'.repeat(100_000)])).toBe(true);
    expect(isLine([`${'-'.repeat(100_000)}x`])).toBe(false);
    expect(isLine([`${'- '.repeat(50_000)}x`, '---'])).toBe(false);
  });

  it('long lines of single letters are no columns', async () => {
    const line = (i: number) => `${i % 2 ? ' ' : ''}${'a '.repeat(12_000)}`;
    expect(findColumns(Array.from({ length: 8 }, (_, i) => line(i)).join('\n'), true)).toBeNull();
    const gaps = Array.from({ length: 20 }, () => 'ab  '.repeat(700)).join('\n');
    expect((await inspectText(gaps, { delimiter: 'fixed' })).columns).toHaveLength(700);
  });
});
