import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { type Agreement, agreement } from './testing/displayed-text';
import { MemorySource } from './testing/memory-source';
import { inspectAndRead, readSheet } from './testing/read-all';
import { openWorkbook } from './workbook';

const repository = path.resolve(import.meta.dirname, '../../..');
const kept = path.join(repository, 'e2e/files/xlsx');
const corpus = path.resolve(repository, '../shared/corpus');
const xlsx = path.join(corpus, 'xlsx');
/** The whole collection lies beside the repository of its developers; the decisive small ones are kept in it. */
const present = existsSync(xlsx);
const files = (present ? [xlsx, path.join(corpus, 'real')] : [kept])
  .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
  .filter((file) => file.endsWith('.xlsx'));

/** Tests of the whole collection do not exist without it: one that is skipped would count as failed. */
function whenPresent(name: string, tests: () => void): void {
  if (present) describe(name, tests);
}

function open(name: string): MemorySource {
  const small = path.join(kept, `${name}.xlsx`);
  return new MemorySource(
    readFileSync(existsSync(small) ? small : path.join(xlsx, `${name}.xlsx`)),
    `${name}.xlsx`,
  );
}

async function rowsOf(name: string, sheet?: string): Promise<string[][]> {
  const source = open(name);
  const { sheets, date1904 } = await openWorkbook(source);
  return (await readSheet(source, sheet ?? sheets[0]?.name, date1904)).rows;
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'read';
  } catch (error) {
    if (error instanceof ImportFailure) return error.reason;
    throw error;
  }
}

describe('workbooks that others wrote', () => {
  /** Every file that does not end in rows; OLE files are told apart before this reader, by their first bytes. */
  const refused: Record<string, string> = {
    'calamine__pass_protected.xlsx': 'INCOMPLETE_FILE',
    'poi__58616.xlsx': 'INCOMPLETE_FILE',
    'poi__protected_passtika.xlsx': 'INCOMPLETE_FILE',
    'poi__clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5025401116950528.xlsx': 'INCOMPLETE_FILE',
    // Its relationships are damaged: the checksum is wrong and so is the XML.
    'calamine__issue252.xlsx': 'MALFORMED_FILE',
    'exceljs__invalid-xml.xlsx': 'MALFORMED_FILE',
    'poi__poc-xmlbomb.xlsx': 'MALFORMED_FILE',
    'poi__poc-xmlbomb-empty.xlsx': 'MALFORMED_FILE',
    'exceljs__duplicateRowTest.xlsx': 'NO_ROWS',
    'poi__47090.xlsx': 'NO_ROWS',
    'poi__51470.xlsx': 'NO_ROWS',
    'poi__53568.xlsx': 'NO_ROWS',
    'poi__57893-many-merges.xlsx': 'NO_ROWS',
    'poi__BrNotClosed.xlsx': 'NO_ROWS',
    'poi__WithTextBox.xlsx': 'NO_ROWS',
    'poi__WithTextBox2.xlsx': 'NO_ROWS',
    'poi__sheetProtection_allLocked.xlsx': 'NO_ROWS',
  };

  it.each(files.map((file) => [path.basename(file), file]))(
    '%s ends in rows or a named error, soon',
    async (name, file) => {
      const source = new MemorySource(readFileSync(file), name);
      expect(await reasonOf(inspectAndRead(source))).toBe(refused[name] ?? 'read');
      expect(source.open).toBe(0);
    },
    // Made to take for ever: half a minute on a busy machine.
    180_000,
  );
});

describe('what the suites say of their own files', () => {
  it.each<[string, string[][]]>([
    ['calamine__empty_shared_string', [['abc']]],
    [
      'calamine__inlineStr_cdata',
      [
        ['Hello CDATA', 'World'],
        ['12345', 'NormalText'],
      ],
    ],
    ['calamine__issue_419', [['Hello']]],
    ['calamine__encoded_entities', [['&'], ['\n']]],
    ['calamine__string-ref', [['col1'], ['-8086931554011838357']]],
    [
      'calamine__date',
      [
        ['2021-01-01', '15'],
        ['2021-01-02', '16'],
        ['255:10:10', '17'],
      ],
    ],
  ])('%s', async (name, expected) => {
    expect(await rowsOf(name)).toEqual(expected);
  });

  it('calamine__errors: every error, each a problem', async () => {
    const { rows, problems } = await readSheet(open('calamine__errors'), 'Feuil1');
    const errors = ['#DIV/0!', '#NAME?', '#VALUE!', '#NULL!', '#REF!', '#NUM!', '#N/A'];
    expect(rows).toEqual(errors.map((error) => [error]));
    expect(problems.map(({ reason }) => reason)).toEqual(
      errors.map((error, index) => `Cell A${index + 1} holds the error ${error}.`),
    );
  });

  it('calamine__richtext-after-plain: every run of a rich text', async () => {
    expect(await rowsOf('calamine__richtext-after-plain')).toEqual([
      ['abcd', 'abcd', 'abcd', 'abcd'],
      ['tvalrval1rval2', 'rval1rval2', 'rval1rval2', 'rval1rval2'],
    ]);
  });

  it('poi__56278: rows and cells without r', async () => {
    const { rows, numbers } = await readSheet(open('poi__56278'), 'Market Rates');
    expect(numbers.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(rows[2]).toEqual(['Description', 'Rate']);
  });

  it('exceljs__1904: day 0 is 1 January 1904', async () => {
    expect(await rowsOf('exceljs__1904')).toEqual([['', '1904-01-01']]);
  });

  it('sheetjs__mixed_sheets: worksheets only', async () => {
    const { sheets } = await openWorkbook(open('sheetjs__mixed_sheets'));
    expect(sheets.map(({ part }) => part)).toHaveLength(3);
  });

  it('sheetjs__sheet_visibility_strict: hidden sheets are known as such', async () => {
    const { layout, warnings } = await inspectAndRead(open('sheetjs__sheet_visibility_strict'));
    expect(layout.sheet).toBe('Visible');
    expect(layout.sheets.map(({ state }) => state)).toEqual(['visible', 'hidden', 'veryHidden']);
    expect(warnings[0]).toContain('“Hidden”, “VeryHidden”');
  });
});

whenPresent('what is known of larger files', () => {
  it('calamine__minimal_package: A3 is BKG_NUM', async () => {
    const { rows, numbers } = await readSheet(open('calamine__minimal_package'));
    expect(rows[numbers.indexOf(3)]?.[0]).toBe('BKG_NUM');
  });

  it('poi__poc-shared-strings: one text 12,000 times', async () => {
    const { rows } = await readSheet(open('poi__poc-shared-strings'), 'Tabelle1');
    expect(rows).toHaveLength(4_000);
    const [first = ''] = rows[0] ?? [];
    expect(first.length).toBeGreaterThan(10_000);
    expect(rows.every((cells) => cells.length === 3 && cells.every((cell) => cell === first))).toBe(true);
  });

  it.each([
    // Rows that have a value: the last row of the report is blank.
    ['poi__bug62181', 'List 2', 19_455, 19_455 * 9],
    ['poi__56702', 'Sheet1', 475, 4_250],
    ['exceljs__test-pr-1220', 'KA lijst', 341, 6_135],
    ['poi__65016', '26 Mar 2014 11_11_02', 9_807, 44_975],
  ])('%s: %s has %d rows and %d cells with a value', async (name, sheet, count, cells) => {
    const rows = await rowsOf(name, sheet);
    expect(rows).toHaveLength(count);
    expect(rows.flat().filter((cell) => cell !== '')).toHaveLength(cells);
  });

  it('poi__62629_toMerge: values beyond the columns of any table are refused', async () => {
    const { sheets } = await openWorkbook(open('poi__62629_toMerge'));
    const reasons = await Promise.all(
      sheets.map(({ name }) => reasonOf(readSheet(open('poi__62629_toMerge'), name))),
    );
    expect(reasons).toEqual(['read']);
  });
});

/** Cells by row and column of the sheet. */
type Grid = Map<number, string[]>;

whenPresent('cells equal those that another library displays', () => {
  const expected = present ? readdirSync(path.join(xlsx, 'expected')) : [];
  const books = [...new Set(expected.map((name) => name.replace(/\.\d+\.csv$/, '')))];

  /** Tables that were edited after their displayed text was taken, and how to compare what is in both. */
  const edited: Record<string, { until?: number; change?: (grid: Grid) => Grid }> = {
    'DateFormatTests.xlsx.1': { until: 42 },
    'NumberFormatTests.xlsx.1': { until: 332, change: (grid) => withoutRow(grid, 105) },
    'CustomXMLMappings-complex-type.xlsx.1': {
      change: (grid) =>
        new Map([...grid].map(([row, cells]) => [row, row < 5 ? cells : cells.toSpliced(3, 1)])),
    },
  };

  it.each(books)('%s', async (book) => {
    const source = open(`poi__${path.basename(book, '.xlsx')}`);
    const { sheets, date1904 } = await openWorkbook(source);
    const numbers = expected.flatMap((name) =>
      name.startsWith(`${book}.`) ? [Number(name.split('.').at(-2))] : [],
    );
    numbers.sort((a, b) => a - b);
    // Chart sheets have numbers but no cells.
    const withCharts = Math.max(...numbers) >= sheets.length;
    for (const [index, number] of numbers.entries()) {
      const sheet = sheets[withCharts ? index : number];
      const { rows, numbers: rowNumbers } = await readSheet(source, sheet?.name, date1904);
      const read: Grid = new Map(rows.map((cells, at) => [rowNumbers[at] ?? 0, cells]));
      const { until, change } = edited[`${book}.${number}`] ?? {};
      const grid = new Map([...(change?.(read) ?? read)].filter(([row]) => row <= (until ?? row)));
      const shown = displayed(`${book}.${number}`).slice(0, until);
      const { differences, seen } = bestAlignment(grid, shown);
      expect(differences, `${book} ${sheet?.name}`).toEqual([]);
      // And the other way round: nothing is read that is not displayed.
      expect(seen).toBe([...grid.values()].flat().filter((cell) => cell !== '').length);
    }
  });
});

function withoutRow(grid: Grid, gone: number): Grid {
  return new Map(
    [...grid].flatMap(([row, cells]) => (row === gone ? [] : [[row > gone ? row - 1 : row, cells] as const])),
  );
}

function displayed(table: string): string[][] {
  return Papa.parse<string[]>(readFileSync(path.join(xlsx, 'expected', `${table}.csv`), 'utf8')).data;
}

/** The displayed text begins where the table does, which the sheet alone does not tell: the best place is taken. */
function bestAlignment(grid: Grid, shown: string[][]) {
  let best = compare(grid, shown, 1, 0);
  const [firstRow = 1] = grid.keys();
  for (let row = 1; row <= firstRow; row++) {
    for (let column = 0; column < 6 && best.differences.length > 0; column++) {
      const other = compare(grid, shown, row, column);
      if (other.differences.length < best.differences.length) best = other;
    }
  }
  return best;
}

function compare(grid: Grid, shown: string[][], firstRow: number, firstColumn: number) {
  const differences: string[] = [];
  const classes = new Map<Agreement, number>();
  let seen = 0;
  for (const [index, fields] of shown.entries()) {
    const cells = (grid.get(firstRow + index) ?? []).slice(firstColumn);
    for (const [column, text] of rejoined(fields, cells).entries()) {
      const cell = cells[column] ?? '';
      const agreed = agreement(cell, text);
      if (agreed === null) differences.push(`${firstRow + index}:${column}: read “${cell}”, shown “${text}”`);
      else classes.set(agreed, (classes.get(agreed) ?? 0) + 1);
      if (cell !== '') seen++;
    }
  }
  return { differences, seen, classes };
}

/** Some of the displayed texts have commas and no quotes around them: the cell read tells how many belong together. */
function rejoined(fields: string[], cells: string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < fields.length; ) {
    const cell = cells[joined.length] ?? '';
    const parts = cell.split(',').length;
    const text = fields.slice(at, at + parts).join(',');
    at += parts > 1 && text === cell ? parts : 1;
    joined.push(parts > 1 && text === cell ? text : (fields[at - 1] ?? ''));
  }
  return joined;
}
