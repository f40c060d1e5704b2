import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';
import type { PrintedColumn } from './row-cells';
import { RowPrinter } from './row-printer';

type Row = (string | null)[];
type Options = Omit<ConstructorParameters<typeof RowPrinter>[0], 'columns'>;

/** As it is said in two lines: every row is parsed, put into the order of the columns, and printed again. */
function plainly(columns: PrintedColumn[], rows: Row[], { format, escaping }: Options): string {
  const safe = (cell: string | null) => (escaping && cell ? escapeFormula(cell) : cell);
  const chosen = rows.map((row) => columns.map(({ slot }) => row[slot] ?? null));
  if (format === 'csv') {
    return [columns.map(({ name }) => name), ...chosen].map((cells) => csvRecord(cells.map(safe))).join('');
  }
  const objects = chosen.map(
    (cells) =>
      `{${columns.map(({ name }, i) => `${JSON.stringify(name)}:${JSON.stringify(cells[i])}`).join()}}`,
  );
  return rows.length > 0 ? `[\n${objects.join(',\n')}\n]\n` : '[]\n';
}

/** @param spelled how each row is spelled as JSON */
function printed(
  columns: PrintedColumn[],
  rows: Row[],
  options: Options,
  spelled: (row: Row) => string = JSON.stringify,
): string {
  const printer = new RowPrinter({ columns, ...options });
  printer.begin();
  let text = '';
  for (const [i, row] of rows.entries()) {
    // In the middle of others, as in a page from the database.
    const bytes = Buffer.from(`"],${spelled(row)}["`);
    printer.add(bytes, 3, bytes.length - 2);
    if (i % 3 === 0) text += printer.take();
  }
  printer.end();
  return text + printer.take();
}

const every: Options[] = [
  { format: 'csv', escaping: false },
  { format: 'csv', escaping: true },
  { format: 'json', escaping: false },
  { format: 'json', escaping: true },
];

/** Cells of what could go wrong at their ends and inside. */
const piece = fc.constantFrom(
  ...'=+-@＝＋－＠|,"\'\\/ \t\r\n\v\f\b\0\x7f%.5aä漢😀'.replace('\0', ''),
  ...['\u00a0', '\u00ad', '\u1680', '\u180e', '\u2003', '\u2013', '\u2028', '\u202f', '\u205f', '\u3000'],
  ...['\ufeff', '\uffef', '\u20ac', 'null', ']', '[', '1,5', '\\u0041', 'x'.repeat(60)],
);
const cell = fc.option(
  fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((all) => all.join('')),
    fc.string({ unit: 'grapheme' }),
  ),
);

describe('printing rows from their bytes', () => {
  it('gives what parsing and printing each row gives, in any order of columns', () => {
    const table = fc.integer({ min: 1, max: 9 }).chain((width) =>
      fc.tuple(
        fc.shuffledSubarray(
          Array.from({ length: width + 1 }, (_, slot) => slot),
          { minLength: 1 },
        ),
        fc.array(fc.array(cell, { minLength: 0, maxLength: width }), { maxLength: 8 }),
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: width + 1, maxLength: width + 1 }),
      ),
    );
    fc.assert(
      fc.property(table, fc.constantFrom(...every), ([slots, rows, names], options) => {
        const columns = slots.map((slot) => ({ slot, name: names[slot] ?? '', type: 'TEXT' as const }));
        expect(printed(columns, rows, options)).toBe(plainly(columns, rows, options));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes every spelling of JSON', () => {
    const columns = [0, 1, 2].map((slot) => ({ slot, name: `c${slot}`, type: 'TEXT' as const }));
    const spaced = '[ "a\\u002cb" ,\n\tnull, "\\/\\u00e4" ]';
    for (const options of every) {
      expect(printed(columns, [[]], options, () => spaced)).toBe(
        plainly(columns, [['a,b', null, '/ä']], options),
      );
    }
  });

  it('prints more columns than it had expected', () => {
    const wide = Array.from({ length: 1_600 }, (_, i) => `v${i}`);
    const columns = wide.map((name, slot) => ({ name, slot, type: 'TEXT' as const }));
    for (const options of every) {
      expect(printed(columns, [wide, wide], options)).toBe(plainly(columns, [wide, wide], options));
    }
  });

  it.each(['{"a":1}', '[1]', '["a', '', '[true]'])('refuses %j, which is no row', (text) => {
    const printer = new RowPrinter({
      columns: [{ name: 'a', slot: 0, type: 'TEXT' }],
      format: 'csv',
      escaping: false,
    });
    const bytes = Buffer.from(text);
    expect(() => printer.add(bytes, 0, bytes.length)).toThrow('stored row');
  });
});

/** A row as a tuple of COPY, without its number: a length before each field, -1 for null. */
function tupleOf(fields: (string | Buffer | null)[]): Buffer {
  const parts = fields.flatMap((field) => {
    const bytes = typeof field === 'string' ? Buffer.from(field) : (field ?? Buffer.alloc(0));
    const length = Buffer.alloc(4);
    length.writeInt32BE(field === null ? -1 : bytes.length);
    return [length, bytes];
  });
  return Buffer.concat([Buffer.from('#'), ...parts]);
}

describe('printing rows from tuples', () => {
  const firstInMore = 250;

  function printedTuples(
    columns: PrintedColumn[],
    slots: number[],
    tuples: (string | Buffer | null)[][],
    options: Options,
  ): string {
    const printer = new RowPrinter({ columns, ...options }, { slots, firstInMore });
    printer.begin();
    for (const fields of tuples) printer.addTuple(tupleOf(fields), 1);
    printer.end();
    return printer.take().toString();
  }

  it('gives what parsing and printing each row gives, in any order of columns, far to the right as well', () => {
    const slots = [0, 1, 2, 5, 249, 250, 251, 400];
    const row = fc.array(cell, { minLength: slots.length, maxLength: slots.length });
    const table = fc.tuple(fc.shuffledSubarray(slots, { minLength: 1 }), fc.array(row, { maxLength: 5 }));
    fc.assert(
      fc.property(table, fc.constantFrom(...every), ([shown, rows], options) => {
        const columns = shown.map((slot) => ({ slot, name: `c${slot}`, type: 'TEXT' as const }));
        const own = shown.filter((slot) => slot < firstInMore).sort((a, b) => a - b);
        const bySlot = rows.map((cells) => new Map(slots.map((slot, i) => [slot, cells[i] ?? null])));
        const tuples = bySlot.map((cells) => {
          const more = Array.from({ length: 151 }, (_, i) => cells.get(firstInMore + i) ?? null);
          return [null, JSON.stringify(more), ...own.map((slot) => cells.get(slot) ?? null)];
        });
        const values = bySlot.map((cells) =>
          Array.from({ length: 401 }, (_, slot) => cells.get(slot) ?? null),
        );
        expect(printedTuples(columns, own, tuples, options)).toBe(plainly(columns, values, options));
      }),
      { numRuns: 500 },
    );
  });

  it('has the text of a cell that is typed otherwise, an ISO moment, and what is sent in its binary form', () => {
    const types = [
      'TEXT',
      'DECIMAL',
      'DATETIME',
      'INTEGER',
      'DATETIME',
      'INTEGER',
      'DATE',
      'BOOLEAN',
    ] as const;
    const columns = types.map((type, slot) => ({ slot, name: `c${slot}`, type }));
    const whole = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfb]);
    const tuple = [
      '{"1": "007.50", "4": "2026-01-02T03:04:05.10Z", "5": "-0"}',
      null,
      '{"1": "x"}',
      '7.50',
      '2026-01-02 03:04:05.5',
      whole,
      '2026-01-02 03:04:05.1',
      Buffer.alloc(8),
      Buffer.from([0, 0, 0, 59]),
      Buffer.from([1]),
    ];
    const moments = ['2026-01-02T03:04:05.5', '2026-01-02T03:04:05.10Z'];
    const values = [
      '{"1": "x"}',
      '007.50',
      moments[0] ?? '',
      '-5',
      moments[1] ?? '',
      '-0',
      '2000-02-29',
      'true',
    ];
    const empty = [null, null, ...types.map(() => null)];
    const slots = types.map((_, slot) => slot);
    for (const options of every) {
      const printed = printedTuples(columns, slots, [tuple, empty, tuple], options);
      expect(printed).toBe(plainly(columns, [values, types.map(() => null), values], options));
    }
  });

  it('forgets rows that are to be printed again', () => {
    const columns: PrintedColumn[] = [{ name: 'a', slot: 0, type: 'TEXT' }];
    const printer = new RowPrinter({ columns, format: 'json', escaping: false }, { slots: [0], firstInMore });
    printer.begin();
    const forget = printer.mark();
    printer.addTuple(tupleOf([null, null, 'second']), 1);
    forget();
    for (const text of ['first', 'second']) printer.addTuple(tupleOf([null, null, text]), 1);
    printer.end();
    expect(JSON.parse(printer.take().toString())).toEqual([{ a: 'first' }, { a: 'second' }]);
  });
});
