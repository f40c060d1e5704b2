import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { columnTypes } from '@/lib/shared/schema/dataset/column';
import { openDatabase } from '@/testing/environment';
import { canonicalCellSql, firstSlotInMore } from './cell-sql';

openDatabase();

it.each(columnTypes)('a cell of %s has one canonical text, here and in the database', async (type) => {
  const [found] = await db().$queryRaw<{ first: number }[]>`select "firstSlotInMore"() as first`;
  expect(found).toEqual({ first: firstSlotInMore });
  for (const slot of [0, firstSlotInMore - 1, firstSlotInMore, 1_599]) {
    const [cell] = await db().$queryRaw<{ sql: string }[]>`
      select "canonicalCell"(${type}::"ColumnType", ${slot}::int) as sql`;
    expect(cell).toEqual({ sql: canonicalCellSql({ slot, type }, 'r') });
  }
});
