import { describe, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { copyWriter } from './copy-writer';
import { createManyWriter } from './create-many-writer';
import type { RowWriter, Segment } from './row-writer';
import { TupleBuffer } from './tuple-buffer';

openDatabase();

let lastImport = 0;

async function write(
  writer: RowWriter,
  rows: (string | null)[][],
): Promise<{ importId: number; stored: number }> {
  const importId = ++lastImport;
  const stored = await db().$transaction(async (tx) => {
    const segment = await writer.open(tx, importId);
    for (let from = 0; from < rows.length; from += 100) {
      await segment.write(tuples(importId, from + 1, ...rows.slice(from, from + 100)));
    }
    return segment.end();
  });
  return { importId, stored };
}

function tuples(importId: number, firstRow: number, ...rows: (string | null)[][]): Uint8Array {
  const buffer = new TupleBuffer(importId);
  rows.forEach((values, i) => void buffer.add(firstRow + i, values));
  return buffer.take();
}

async function read(importId: number): Promise<unknown[]> {
  const rows = await db().row.findMany({ where: { importId }, orderBy: { rowNumber: 'asc' } });
  return rows.map((row) => row.values);
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
    const { importId, stored } = await write(writer, rows);
    expect(stored).toBe(3);
    expect(await read(importId)).toEqual(rows);
  });

  it('stores many rows, whatever the flushes', async () => {
    const rows = Array.from({ length: 3_333 }, (_, i) => [
      String(i),
      `row ${i} ${'x'.repeat(i % 300)}`,
      i % 7 ? null : '',
    ]);
    const { importId, stored } = await write(writer, rows);
    expect(stored).toBe(rows.length);
    expect(await read(importId)).toEqual(rows);
  });

  it('stores nothing of a transaction that is rolled back', async () => {
    const importId = ++lastImport;
    await expect(
      db().$transaction(async (tx) => {
        const segment = await writer.open(tx, importId);
        await segment.write(tuples(importId, 1, ['a']));
        await segment.end();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await read(importId)).toEqual([]);
  });

  it('leaves the connection usable when a segment is abandoned in the middle', async () => {
    const importId = ++lastImport;
    for (let i = 0; i < 8; i++) {
      await expect(
        db().$transaction(async (tx) => {
          const segment: Segment = await writer.open(tx, importId);
          for (let row = 1; row < 600; row++) await segment.write(tuples(importId, row, ['x'.repeat(1000)]));
          segment.abandon(new Error('enough'));
          throw new Error('enough');
        }),
      ).rejects.toThrow();
    }
    expect(await read(importId)).toEqual([]);
    await expect(write(writer, [['after']])).resolves.toMatchObject({ stored: 1 });
  });

  it('refuses the same row twice', async () => {
    const importId = ++lastImport;
    const attempt = db().$transaction(async (tx) => {
      const segment = await writer.open(tx, importId);
      await segment.write(Buffer.concat([tuples(importId, 1, ['a']), tuples(importId, 1, ['b'])]));
      return segment.end();
    });
    await expect(attempt).rejects.toThrow();
    expect(await read(importId)).toEqual([]);
  });

  it('takes wide rows', async () => {
    const wide = ['x'.repeat(10_000)];
    const { stored } = await write(
      writer,
      Array.from({ length: 2_000 }, () => wide),
    );
    expect(stored).toBe(2_000);
  });
});
