import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { createManyWriter } from '@/lib/server/datasets/rows/create-many-writer';
import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import { type RowWriter, writeRows } from '@/lib/server/datasets/rows/row-writer';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { keysSql } from '@/lib/server/datasets/versions/key-sql';
import { db } from '@/lib/server/platform/db/client';
import { languages } from '@/lib/shared/languages';
import { type ColumnType, columnTypes } from '@/lib/shared/schema/dataset/column';
import { type ColumnFormat, type ColumnRules, dateOrders } from '@/lib/shared/schema/dataset/column-rules';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';

openDatabase();

const digits = (most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 0, maxLength: most }).map((list) => list.join(''));
const within = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((n) => String(n).padStart(2, '0'));
const pair = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
const sign = fc.constantFrom('', '-', '+', '−');
const gap = fc.constantFrom('T', ' ', 'T', ' ', '', '\u00a0');
const zone = fc.oneof(
  fc.constantFrom('', 'Z', ' Z', ' UTC', '+99:99', '-15:59', '+16:00', '+2', '+02', '−02:00'),
  fc.tuple(fc.constantFrom('+', '-'), pair, fc.constantFrom(':', ''), pair).map((parts) => parts.join('')),
);
const year = fc.oneof(fc.constantFrom('0000', '0001', '1582', '9999', '2026', '2024', '26'), digits(5));
const day = fc
  .tuple(year, fc.constantFrom('-', '-', '/', '.', ''), within(1, 13), within(0, 31), fc.boolean())
  .map(([y, apart, a, b, first]) => (first ? [y, a, b] : [a, b, y]).join(apart));
const namedDay = fc
  .tuple(
    fc.constantFrom('', 'Fri, ', 'lundi '),
    within(0, 31),
    fc.constantFrom('. ', '-', ' ', ' de '),
    fc.constantFrom('Jan', 'März', 'févr.', 'мая', 'sept', 'Smarch'),
    fc.constantFrom(' ', '-', ' de ', '. '),
    year,
  )
  .map((parts) => parts.join(''));
/** Also halves of a microsecond, which are rounded. */
const fraction = fc.oneof(
  fc.constantFrom('5', '999999999', '9999999', '000001', '0000005', '0000015', '0000025', '500000500'),
  digits(9),
  digits(6).map((list) => `${list.padEnd(6, '0')}5`),
);
const clock = fc
  .tuple(
    within(0, 24),
    within(0, 60),
    fc.option(within(0, 60)),
    fc.option(fraction),
    fc.constantFrom('', '', '', ' pm', 'AM', ' Uhr'),
  )
  .map(([h, m, s, f, half]) => `${h}:${m}${s === null ? '' : `:${s}${f === null ? '' : `.${f}`}`}${half}`);
const number = fc
  .tuple(
    sign,
    digits(25),
    fc.constantFrom('', '.', ',', ' ', "'"),
    digits(25),
    fc.constantFrom('', '%', ' €', 'E5', 'e-400', 'E999', ' CR', ' DR', '-', ' Euro', ')'),
  )
  .map((parts) => parts.join(''));
const longNumber = fc
  .tuple(
    fc.constantFrom(1, 1_000, 20_000, 140_000),
    fc.constantFrom('', '.'),
    fc.constantFrom(0, 1_000, 20_000),
    fc.constantFrom('', 'E1', 'E-400', 'E400', '%'),
  )
  .map(([whole, point, fraction, power]) => `${'9'.repeat(whole)}${point}${'7'.repeat(fraction)}${power}`);
const characters = fc.constantFrom(
  'a',
  'ß',
  '\0',
  '\ud800',
  '\udc00',
  '\u{1f600}',
  ' ',
  '"',
  '\\',
  '\ufeff',
  '٣',
  '３',
);
const odd = fc.array(characters, { maxLength: 6 }).map((list) => list.join(''));
const json = fc.oneof(
  fc.json(),
  odd.map((text) => JSON.stringify(text)),
  odd.map((text) => `{"${text}":"\\u0000\\ud800"}`),
  fc.integer({ min: 1, max: 3_000 }).map((deep) => `${'['.repeat(deep)}${']'.repeat(deep)}`),
  number,
);

/** What is likely to be taken, and what is nearly so. */
const cells: Record<ColumnType, fc.Arbitrary<string>> = {
  TEXT: fc.oneof(odd, fc.string({ unit: 'binary' })),
  INTEGER: number,
  DECIMAL: fc.oneof({ weight: 9, arbitrary: number }, { weight: 1, arbitrary: longNumber }),
  BOOLEAN: fc.constantFrom('yes', 'NO', 't', '0', '1 ', 'ja', 'não', 'HAYIR', 'wahr', 'tr\0ue', 'TRUE'),
  DATE: fc.oneof(
    day,
    namedDay,
    fc.tuple(day, gap, clock, zone).map((parts) => parts.join('')),
  ),
  DATETIME: fc.tuple(fc.oneof(day, namedDay), gap, clock, zone).map((parts) => parts.join('')),
  TIME: fc.oneof(
    clock,
    fc.tuple(clock, zone).map((parts) => parts.join('')),
  ),
  EMAIL: fc.oneof(
    fc.emailAddress(),
    fc.tuple(odd, fc.emailAddress()).map((parts) => parts.join('')),
  ),
  URL: fc.oneof(
    fc.webUrl(),
    fc.tuple(fc.webUrl(), odd).map((parts) => parts.join('/')),
  ),
  CHOICE: odd,
  JSON: json,
};

const kept = fc.boolean();
const format: fc.Arbitrary<ColumnFormat> = fc.record(
  {
    trim: kept,
    grouping: kept,
    currency: kept,
    percent: fc.constantFrom('number' as const, 'fraction' as const),
    indianGrouping: kept,
    negativeSigns: kept,
    debitCredit: kept,
    otherDigits: kept,
    firstYear: fc.constantFrom(1800, 1950, 2100),
    monthNames: kept,
    looseTimes: kept,
    yesNo: fc.constantFrom(...languages),
  },
  { requiredKeys: [] },
);

/** How many cells of each type are tried; a tenth of them or more is taken. */
const tries = 3_000;

/** What checks of the type let through, of what is likely to be taken and what is nearly so. */
function takenTexts(type: ColumnType): string[] {
  const given = fc.record({
    raw: cells[type],
    format: fc.option(format),
    dateOrder: fc.constantFrom(null, ...dateOrders),
    decimalSign: fc.constantFrom(null, '.' as const, ',' as const),
    rules: fc.option(fc.record<ColumnRules>({ default: cells[type].filter((text) => text !== '') })),
  });
  const taken = new Set<string>();
  for (const { raw, ...options } of fc.sample(given, { numRuns: tries, seed: 23 })) {
    const check = compileCell({ index: 0, slot: 0, name: 'c', type, ...options });
    for (const value of [check(raw), check('')]) if (typeof value === 'string') taken.add(value);
  }
  return [...taken];
}

/** Writes texts into a column, a row each. */
async function write(writer: RowWriter, target: RowTarget, slot: number, texts: string[]): Promise<void> {
  const rows = writer.buffer(target);
  texts.forEach(
    (text, i) => void rows.add(i + 1, Object.assign(new Array(slot + 1).fill(null), { [slot]: text })),
  );
  await db().$transaction((tx) =>
    writeRows(tx, { target, writer }, async (segment) => {
      await segment.write(rows.take());
      return { stored: texts.length };
    }),
  );
}

describe('what a check lets through', () => {
  it.each(columnTypes)(
    '#86 %s is cast by PostgreSQL: in its table, in the view of its dataset, and as a key',
    async (type) => {
      const values = takenTexts(type);
      expect(values.length).toBeGreaterThan(type === 'BOOLEAN' ? 1 : 50);
      const { table, target } = await makeDataset([{ slot: 0, type }]);
      await write(copyWriter, target(1), 0, values);
      await write(createManyWriter, target(2), 0, values);

      const back = await db().$queryRawUnsafe<{ importId: number; value: string }[]>(`
      select "importId", "values" ->> 0 as value from ${table.canonical} order by "importId", "rowNumber"`);
      expect(back).toEqual([1, 2].flatMap((importId) => values.map((value) => ({ importId, value }))));

      const [cast] = await db().$queryRaw<{ sql: string }[]>`
      select "castCell"(${type}::"ColumnType", 'v."values" ->> 0') as sql`;
      const others = await db().$queryRawUnsafe<object[]>(`
      select r."_import", v."values" ->> 0 as text, r."c0"::text as stored from ${table.rows} r
      join ${table.canonical} v on v."importId" = r."_import" and v."rowNumber" = r."_row"
      where not (row(r."c0")::record operator(pg_catalog.*=) row(${cast?.sql})::record)`);
      expect(others).toEqual([]);

      // One by one only where all at once did not go, to say which it is.
      const failing = async (numbers: number[]): Promise<string[]> => {
        const key = keysSql(
          [{ slot: 0, name: 'c', type }],
          table.rows,
          `1 and r."_row" = any ('{${numbers.join()}}')`,
        );
        try {
          await db().$queryRawUnsafe(`select count(k.key) from (${key}) k`);
          return [];
        } catch {
          if (numbers.length === 1) return [JSON.stringify(values[(numbers[0] ?? 1) - 1]).slice(0, 100)];
          const half = numbers.length >> 1;
          return [...(await failing(numbers.slice(0, half))), ...(await failing(numbers.slice(half)))];
        }
      };
      expect(await failing(values.map((_, i) => i + 1))).toEqual([]);
    },
  );

  it.each(columnTypes)('%s comes back as it was where it has no column of its own', async (type) => {
    const values = takenTexts(type);
    const { table, target } = await makeDataset([
      { slot: 3, type: 'TEXT' },
      { slot: 301, type },
    ]);
    await write(copyWriter, target(1), 301, values);
    await write(createManyWriter, target(2), 301, values);
    const back = await db().$queryRawUnsafe<{ importId: number; value: string }[]>(`
      select "importId", "values" ->> -1 as value from ${table.canonical} order by "importId", "rowNumber"`);
    expect(back).toEqual([1, 2].flatMap((importId) => values.map((value) => ({ importId, value }))));
  });
});
