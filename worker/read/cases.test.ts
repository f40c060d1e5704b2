import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileRowCheck } from '@/lib/server/datasets/validate/row-check';
import { isBlankRow } from '@/lib/shared/blank';
import { inferColumn } from '@/lib/shared/columns/infer/infer-column';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { inspect } from './inspect';
import { readRows } from './read';
import { localSource } from './source/local-source';
import type { LayoutChoices } from './source/types';
import { memorySource } from './testing/memory-source';

/** Small inputs that are easily misread, through the real inspection and reader. */
const folder = resolve(import.meta.dirname, '../../e2e/files/cases');

/** How a file is understood, and what becomes of its rows if every column is text. */
async function read(file: string, choices: LayoutChoices = {}) {
  const source = await localSource(join(folder, file));
  const { layout, columns, headerSure, sample, leftOut, warnings } = await inspect(source, choices);
  const none = new LeftOutSet(layout.leftOut ?? []);
  const widths = layout.format === 'csv' ? layout.widths : undefined;
  const check = compileRowCheck(
    columns.map((name, index) => ({ name, index, slot: index, type: 'TEXT' as const })),
    columns.length,
    { shortRows: layout.format === 'csv' ? 'reject' : 'pad', ...widths },
  );
  const rows: (string | null)[][] = [];
  const rejected: number[] = [];
  const skipped: number[] = [];
  for await (const batch of readRows(source, layout)) {
    const faulty = new Set(batch.problems.map(({ row }) => row));
    for (const [i, cells] of batch.rows.entries()) {
      const number = batch.numbers[i] ?? 0;
      if (isBlankRow(cells) || none.has(cells)) {
        skipped.push(number);
        continue;
      }
      if (faulty.has(number) || check.check(cells) !== null) rejected.push(number);
      else rows.push([...check.values]);
    }
  }
  return {
    columns,
    types: columns.map(
      (name, index) =>
        inferColumn(
          name,
          index,
          sample.filter((row) => !row.faulty),
        ).type,
    ),
    rows,
    rejected,
    skipped,
    headerRow: layout.headerRow,
    headerSure,
    warnings: [...warnings, ...leftOut.map(({ says }) => says)].join('\n'),
  };
}

interface Expected {
  columns: string[];
  /** All of them, or how many. */
  rows: (string | null)[][] | number;
  headerRow?: number | null;
  rejected?: number[];
  /** Blank rows, and those that are no data. */
  skipped?: number[];
  types?: string[];
  /** Without it nobody is asked. */
  asked?: true;
  warning?: RegExp;
}
type Case = [file: string, expected: Expected];

function itReads(cases: Case[]) {
  it.each(cases)('%s', async (file, expected) => {
    const found = await read(file);
    expect(found.columns).toEqual(expected.columns);
    expect(typeof expected.rows === 'number' ? found.rows.length : found.rows).toEqual(expected.rows);
    expect(found.headerRow).toBe(expected.headerRow === undefined ? 1 : expected.headerRow);
    expect(found.rejected).toEqual(expected.rejected ?? []);
    expect(found.skipped).toEqual(expected.skipped ?? []);
    if (expected.types) expect(found.types).toEqual(expected.types);
    expect(found.headerSure).toBe(!expected.asked);
    if (expected.warning) expect(found.warnings).toMatch(expected.warning);
  });
}

describe('#78 delimiters', () => {
  itReads([
    ['layout/two-columns-email.csv', { columns: ['email', 'name'], rows: 5 }],
    [
      'layout/two-columns-datetime-no-header.csv',
      { columns: ['column_1', 'column_2'], rows: 3, headerRow: null, asked: true },
    ],
    ['layout/mac-addresses.csv', { columns: ['mac'], rows: 3 }],
    ['layout/mostly-comments.csv', { columns: ['a', 'b'], rows: [['1', '3']], headerRow: 4 }],
    ['reading/01-sep-line.csv', { columns: ['Order', 'Amount'], rows: 2, headerRow: 2 }],
    ['reading/91-sep-one-col.csv', { columns: ['email'], rows: 2, headerRow: 2 }],
  ]);
});

describe('#76 the place of the header', () => {
  const asked = true;
  itReads([
    [
      'layout/note-above-header.csv',
      { columns: ['number', 'text', 'date'], rows: 2, headerRow: 3, asked, warning: /Rows 1–2 above/ },
    ],
    [
      'layout/title-with-commas.csv',
      { columns: ['wavenumber cm-1', 'transmittance %T'], rows: 4, headerRow: 2, asked },
    ],
    ['layout/summary-title.csv', { columns: ['Label', 'Amount'], rows: 2, headerRow: 3, asked }],
    ['layout/half-full-title.csv', { columns: ['Minister', 'Date', 'Org'], rows: 2, headerRow: 2, asked }],
    ['layout/blank-first-rows.csv', { columns: ['id', 'name', 'x'], rows: 2, headerRow: 3, asked }],
    ['layout/comment-holds-names.tsv', { columns: ['CHROM', 'POS', 'REF'], rows: 2, headerRow: 3, asked }],
    [
      'layout/numbers-no-header.csv',
      { columns: ['column_1', 'column_2', 'column_3'], rows: 3, headerRow: null, asked },
    ],
    ['reading/07-years-header.csv', { columns: ['region', '2023', '2024', '2025'], rows: 2, asked }],
    ['reading/113-units-row.csv', { columns: ['day', 'weight kg', 'length cm'], rows: 2, asked }],
    [
      'reading/23-years-header.xlsx',
      { columns: ['Country', 'Code', '2021', '2022', '2023'], rows: 2, asked },
    ],
    [
      'reading/24-two-row-header.xlsx',
      { columns: ['Item', '2024 Qty', '2024 Price', '2025 Qty', '2025 Price'], rows: 2, asked },
    ],
    ['reading/25-units-row.xlsx', { columns: ['day', 'weight kg', 'length cm'], rows: 2, asked }],
  ]);
});

describe('#77 rows of another width than the header, all of them alike', () => {
  itReads([
    [
      'layout/r-row-names.csv',
      {
        columns: ['column_1', 'x', 'y'],
        rows: [
          ['r1', '1', '2'],
          ['r2', '3', '4'],
        ],
        asked: true,
        warning: /one name less/,
      },
    ],
    ['reading/107-r-rownames.csv', { columns: ['column_1', 'name', 'qty'], rows: 2, asked: true }],
    ['layout/header-trailing-delimiter.csv', { columns: ['id', 'name', 'lat'], rows: 2 }],
    [
      'reading/106-trailing-delim-all.csv',
      { columns: ['id', 'name'], rows: 2, warning: /end with a delimiter/ },
    ],
    [
      'layout/all-rows-one-short.csv',
      {
        columns: ['id', 'name', 'city', 'fax', 'note'],
        rows: [
          ['1', 'a', 'x', '9', null],
          ['2', 'b', 'y', '8', null],
          ['3', 'c', 'z', '7', null],
        ],
        asked: true,
        warning: /the last column \(“note”\) will be empty/,
      },
    ],
  ]);

  it('one row with a delimiter too many is a fault of it', async () => {
    const { rejected, rows } = await read('layout/stray-delimiter-one-row.csv');
    expect([rejected, rows.length]).toEqual([[3], 2]);
  });
});

describe('columns without a delimiter, and within a frame', () => {
  itReads([
    [
      'reading/93-fixed-width.txt',
      {
        columns: ['ID', 'NAME', 'CITY', 'AMOUNT'],
        types: ['TEXT', 'TEXT', 'TEXT', 'DECIMAL'],
        rows: [
          ['001', 'Bolt Long', 'New York', '10.50'],
          ['002', 'Nut', 'Rome', '7.25'],
          ['003', 'Pin Small', 'San Jose', '99.00'],
        ],
        warning: /fixed width: 4 columns that begin at characters 1, 7, 19 and 29\./,
      },
    ],
    [
      'reading/92-sap-list.txt',
      {
        columns: ['Material', 'Plant', 'Qty', 'Value'],
        rows: [
          ['000123', '1000', '5,000', '1.234,50'],
          ['000456', '1000', '7,000', '20,00-'],
        ],
        headerRow: 2,
        skipped: [3, 6],
        asked: true,
        warning: /empty column before it is left out, and so are the blanks/,
      },
    ],
  ]);
});

describe('#82 rows of a workbook', () => {
  itReads([
    [
      'reading/26-row-per-cell.xlsx',
      {
        columns: ['id', 'name'],
        types: ['INTEGER', 'TEXT'],
        rows: [
          ['1', 'Bolt'],
          ['2', 'Nut'],
        ],
      },
    ],
  ]);
});

describe('#81 encodings', () => {
  it.each([
    ['reading/53-cp850.csv', 'cp850', 'Müller'],
    ['reading/57-cp1252-euro-dash.csv', 'windows-1252', 'Bolt – long'],
    ['reading/65-turkish-1254.csv', 'windows-1254', 'Işık'],
    ['reading/71-cp866.csv', 'ibm866', 'Иван Петров'],
    ['reading/78-cp1252-euro-200rows.csv', 'windows-1252', '0'],
    ['reading/81-turkish-1254-200rows.csv', 'windows-1254', '0'],
    ['reading/87-cp1252-apostrophe-200rows.csv', 'windows-1252', '0'],
    ['reading/188-cp1252-only-euro.csv', 'windows-1252', '0'],
  ])('%s: %s', async (file, encoding, first) => {
    const source = await localSource(join(folder, file));
    const { layout, sample } = await inspect(source);
    expect(layout).toMatchObject({ encoding });
    expect(sample[0]?.cells[0]).toBe(first);
  });
});

describe('#79 rows that are no data', () => {
  itReads([
    [
      'layout/repeated-header.csv',
      { columns: ['DATES', 'DEST', 'NOTE'], rows: 3, skipped: [4], asked: true, warning: /Row 4 .* repeats/ },
    ],
    [
      'reading/112-rep-header.csv',
      { columns: ['id', 'qty'], types: ['INTEGER', 'INTEGER'], rows: 3, skipped: [4] },
    ],
    ['reading/09-ctrl-z.csv', { columns: ['id', 'name'], types: ['INTEGER', 'TEXT'], rows: 2, skipped: [4] }],
    [
      'reading/110-nul-padding.csv',
      { columns: ['id', 'name'], types: ['INTEGER', 'TEXT'], rows: 2, skipped: [4] },
    ],
    [
      'reading/159-blank-delim-rows.csv',
      {
        columns: ['id', 'name', 'qty'],
        types: ['INTEGER', 'TEXT', 'INTEGER'],
        rows: 2,
        skipped: [3, 5, 6, 7],
      },
    ],
    [
      'reading/16-footer.csv',
      {
        columns: ['DATE', 'ID', 'DESCRIPTION', 'AMOUNT', 'BALANCE'],
        types: ['DATE', 'INTEGER', 'TEXT', 'DECIMAL', 'DECIMAL'],
        rows: 2,
        skipped: [4],
        warning: /Row 4 .*END OF FILE.* note below the table and is left out/,
      },
    ],
    [
      'reading/37-notes-below.xlsx',
      {
        columns: ['id', 'day', 'amount'],
        types: ['INTEGER', 'DATE', 'DECIMAL'],
        rows: 2,
        skipped: [5, 6],
        warning: /Rows 5, 6 .*Source/,
      },
    ],
    [
      'reading/38-total-row-table.xlsx',
      { columns: ['Item', 'Qty'], rows: 2, skipped: [4], warning: /Row 4 \(“Total”\) looks like a total/ },
    ],
  ]);

  it('are data where a person says so', async () => {
    const { rows, skipped, warnings } = await read('reading/38-total-row-table.xlsx', {
      leftOut: { TOTAL: false },
    });
    expect([rows.at(-1), skipped]).toEqual([['Total', '12'], []]);
    expect(warnings).toContain('is imported as data');
  });

  it('are found at the end of a file that is longer than its head', async () => {
    const lines = Array.from({ length: 120_000 }, (_, i) => `${i},Bolt ${i},${i % 7}`);
    const source = memorySource(
      'a.csv',
      `id,name,qty\n${lines.join('\n')}\nTotal,,359999\nSource: the warehouse\n`,
    );
    const { layout, leftOut } = await inspect(source);
    expect(layout.leftOut).toEqual([['Total', '', '359999'], ['Source: the warehouse']]);
    expect(leftOut.map(({ says }) => says)).toEqual([
      'A row at the end of the file (“Total”) looks like a total and is left out.',
      'A row at the end of the file (“Source: the warehouse”) looks like a note below the table and is left out.',
    ]);
  });

  it.each([
    ['a row cut short', 'name,city,qty\nAnn,Rome,1\nBob,Oslo,2\nCid'],
    ['a value called total in a full row', 'brand,country,year\nShell,UK,1907\nBP,UK,1909\nTotal,FR,1924\n'],
    ['a list of words', 'word\nnote\ntotal\nsource\n'],
  ])('%s is none', async (_, text) => {
    const { leftOut } = await inspect(memorySource('a.csv', text));
    expect(leftOut.filter(({ isLeftOut }) => isLeftOut)).toEqual([]);
  });
});
