import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { type ColumnType, columnTypes } from '@/lib/shared/schema/dataset/column';
import { openDatabase } from '@/testing/environment';
import { type MadeDataset, makeDataset } from '@/testing/make-dataset';
import { inSchema } from '../storage/dataset-table';
import { copyWriter } from './copy-writer';
import { createManyWriter } from './create-many-writer';
import type { RowTarget } from './row-target';
import type { RowWriter, Segment } from './row-writer';

openDatabase();

/** As wide as the rows of these tests, in a dataset whose rows have a key: each is there once. */
const columns = Array.from({ length: 25 }, (_, slot) => ({ slot, type: 'TEXT' as const }));
let table: MadeDataset;
beforeAll(async () => {
  table = await makeDataset(columns, true);
});
let lastImport = 0;

async function write(writer: RowWriter, rows: (string | null)[][], dataset = table): Promise<Written> {
  const target = dataset.target(++lastImport);
  const stored = await db().$transaction(async (tx) => {
    const segment = await writer.open(tx, target);
    for (let from = 0; from < rows.length; from += 100) {
      await segment.write(encoded(writer, target, from + 1, ...rows.slice(from, from + 100)));
    }
    return segment.end();
  });
  return { target, stored };
}

interface Written {
  target: RowTarget;
  stored: number;
}

function encoded(
  writer: RowWriter,
  target: RowTarget,
  firstRow: number,
  ...rows: (string | null)[][]
): Uint8Array {
  const buffer = writer.buffer(target);
  rows.forEach((values, i) => void buffer.add(firstRow + i, values));
  return buffer.take();
}

/** Canonical texts by slot, as many as the rows of the test have. */
async function read({ number, importId }: RowTarget, width = columns.length): Promise<unknown[]> {
  const rows = await db().$queryRawUnsafe<{ values: unknown[] }[]>(
    `select "values" from ${inSchema(number, 'canonical')} where "importId" = $1 order by "rowNumber"`,
    importId,
  );
  return rows.map(({ values }) => values.slice(0, width));
}

describe.each([
  ['copy', copyWriter],
  ['createMany', createManyWriter],
])('the %s writer', (_name, writer) => {
  it('stores every character exactly', async () => {
    const cells = [
      'plain',
      '',
      ' lead and trail ',
      'a\tb',
      'a\nb',
      'a\r\nb',
      'back\\slash',
      '\\N',
      '\\.',
      '"quoted"',
      "it's",
      '007',
      '12345678901234567890.10',
      '👩‍👩‍👧 🇩🇪',
      'e\u0301 é',
      'שלום',
      '\u0001\u001f\u007f\u2028',
      '{"a":[1]}',
      '\\u0041',
      'null',
    ];
    const rows = [cells, cells.map(() => null), [...cells].reverse()];
    const { target, stored } = await write(writer, rows);
    expect(stored).toBe(3);
    expect(await read(target, cells.length)).toEqual(rows);
  });

  it('stores many rows, whatever the flushes', async () => {
    const rows = Array.from({ length: 3_333 }, (_, i) => [
      String(i),
      `row ${i} ${'x'.repeat(i % 300)}`,
      i % 7 ? null : '',
    ]);
    const { target, stored } = await write(writer, rows);
    expect(stored).toBe(rows.length);
    expect(await read(target, 3)).toEqual(rows);
  });

  it('stores nothing of a transaction that is rolled back', async () => {
    const target = table.target(++lastImport);
    await expect(
      db().$transaction(async (tx) => {
        const segment = await writer.open(tx, target);
        await segment.write(encoded(writer, target, 1, ['a']));
        await segment.end();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await read(target)).toEqual([]);
  });

  it('leaves the connection usable when a segment is abandoned in the middle', async () => {
    const target = table.target(++lastImport);
    for (let i = 0; i < 8; i++) {
      await expect(
        db().$transaction(async (tx) => {
          const segment: Segment = await writer.open(tx, target);
          for (let row = 1; row < 100; row++)
            await segment.write(encoded(writer, target, row, ['x'.repeat(6000)]));
          segment.abandon(new Error('enough'));
          throw new Error('enough');
        }),
      ).rejects.toThrow();
    }
    expect(await read(target)).toEqual([]);
    await expect(write(writer, [['after']])).resolves.toMatchObject({ stored: 1 });
  });

  it('refuses the same row twice', async () => {
    const target = table.target(++lastImport);
    const attempt = db().$transaction(async (tx) => {
      const segment = await writer.open(tx, target);
      await segment.write(
        Buffer.concat([encoded(writer, target, 1, ['a']), encoded(writer, target, 1, ['b'])]),
      );
      return segment.end();
    });
    await expect(attempt).rejects.toThrow();
    expect(await read(target)).toEqual([]);
  });

  it('takes wide rows', async () => {
    const wide = ['x'.repeat(10_000)];
    const { stored } = await write(
      writer,
      Array.from({ length: 2_000 }, () => wide),
    );
    expect(stored).toBe(2_000);
  });

  it('stores values of every type as PostgreSQL casts their texts, and the texts exactly', async () => {
    const types = [...columnTypes];
    const dataset = await makeDataset([
      ...types.map((type, slot) => ({ slot, type })),
      { slot: 250, type: 'DECIMAL' },
      { slot: 252, type: 'TEXT' },
    ]);
    const rows = exactRows.map((cells) => {
      const values: (string | null)[] = new Array(253).fill(null);
      types.forEach((type, slot) => {
        values[slot] = cells[type] ?? null;
      });
      values[250] = cells.DECIMAL ?? null;
      values[252] = cells.TEXT ?? null;
      return values;
    });
    const { target } = await write(writer, rows, dataset);
    expect(await read(target, 253)).toEqual(rows);
    const typed = types.map((type, slot) => `pg_typeof("c${slot}")::text as "${type}"`);
    const [found] = await db().$queryRawUnsafe<object[]>(
      `select ${typed.join()}, count(*) filter (where "_exact" is not null)::int as exact, count("_more")::int as more
       from ${inSchema(target.number, 'rows')} group by ${types.map((_, i) => i + 1).join()}`,
    );
    expect(found).toEqual({
      ...Object.fromEntries(types.map((type) => [type, sqlTypes[type]])),
      exact: 2,
      more: 4,
    });
  });

  it('takes 1,600 columns, each as long as hurts most', async () => {
    const types = ['TEXT', 'DECIMAL', 'DATETIME'] as const;
    const cells = ['twenty-four bytes, a bit', `0${'7'.repeat(40)}.50`, '2024-02-29T01:02:03.120+05:45'];
    const slots = Array.from({ length: 1_600 }, (_, slot) => slot);
    const dataset = await makeDataset(
      slots.map((slot) => ({ slot, type: types[slot % types.length] ?? 'TEXT' })),
    );
    const row = slots.map((slot) => cells[slot % cells.length] ?? null);
    const { target, stored } = await write(writer, [row, row], dataset);
    expect(stored).toBe(2);
    expect(await read(target, slots.length)).toEqual([row, row]);
  });

  it('leaves no batch behind', async () => {
    await write(writer, [['a']]);
    expect(await db().rowBatch.count()).toBe(0);
  });
});

/** Two rows whose values print as their texts, two whose values do not. */
const exactRows: Partial<Record<ColumnType, string>>[] = [
  {
    TEXT: 'ß\n"\\',
    INTEGER: '-999999999999999999',
    DECIMAL: '-12345.0060',
    BOOLEAN: 'true',
    DATE: '0001-01-01',
    DATETIME: '9999-12-31T23:59:59.999999',
    TIME: '23:59:59.5',
    EMAIL: 'a@b.de',
    URL: 'http://a.de/',
    CHOICE: 'x',
    JSON: '{"a": [1, "\\u0000"]}',
  },
  {
    TEXT: 'x'.repeat(3_000),
    INTEGER: '0',
    DECIMAL: '0.00001',
    BOOLEAN: 'false',
    DATE: '9999-12-31',
    DATETIME: '1999-12-31T00:00:00',
    TIME: '00:00:00',
    JSON: '"x"',
  },
  { INTEGER: '-0', DECIMAL: '007.50', TIME: '23:59:59.9999999', DATETIME: '2024-02-29T01:02:03.120+05:45' },
  { DECIMAL: '.5', TIME: '12:00:00.0', DATETIME: '0001-01-01T00:00:00Z' },
];
const sqlTypes: Record<ColumnType, string> = {
  TEXT: 'text',
  INTEGER: 'bigint',
  DECIMAL: 'numeric',
  BOOLEAN: 'boolean',
  DATE: 'date',
  EMAIL: 'text',
  URL: 'text',
  CHOICE: 'text',
  JSON: 'json',
  DATETIME: 'timestamp without time zone',
  TIME: 'time without time zone',
};
