import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';
import { RowPrinter } from './row-printer';

type Row = (string | null)[];
type Options = Omit<ConstructorParameters<typeof RowPrinter>[0], 'columns'>;

/** As it is said in two lines: every row is parsed, put into the order of the columns, and printed again. */
function plainly(
  columns: { name: string; slot: number }[],
  rows: Row[],
  { format, escaping }: Options,
): string {
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
  columns: { name: string; slot: number }[],
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
        const columns = slots.map((slot) => ({ slot, name: names[slot] ?? '' }));
        expect(printed(columns, rows, options)).toBe(plainly(columns, rows, options));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes every spelling of JSON', () => {
    const columns = [0, 1, 2].map((slot) => ({ slot, name: `c${slot}` }));
    const spaced = '[ "a\\u002cb" ,\n\tnull, "\\/\\u00e4" ]';
    for (const options of every) {
      expect(printed(columns, [[]], options, () => spaced)).toBe(
        plainly(columns, [['a,b', null, '/ä']], options),
      );
    }
  });

  it('prints more columns than it had expected', () => {
    const wide = Array.from({ length: 1_600 }, (_, i) => `v${i}`);
    const columns = wide.map((name, slot) => ({ name, slot }));
    for (const options of every) {
      expect(printed(columns, [wide, wide], options)).toBe(plainly(columns, [wide, wide], options));
    }
  });

  it.each(['{"a":1}', '[1]', '["a', '', '[true]'])('refuses %j, which is no row', (text) => {
    const printer = new RowPrinter({ columns: [{ name: 'a', slot: 0 }], format: 'csv', escaping: false });
    const bytes = Buffer.from(text);
    expect(() => printer.add(bytes, 0, bytes.length)).toThrow('stored row');
  });
});
