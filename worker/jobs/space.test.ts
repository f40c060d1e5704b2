import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { purgeRows } from './purge';

openDatabase();

async function write(importId: number): Promise<void> {
  await db().$executeRaw`
    insert into "Row" select ${importId}, n, json_build_array(md5(n::text)) from generate_series(1, 20000) n`;
  await db().$executeRaw`
    insert into "Effect" ("importId", "rowNumber", "kind", "datasetNumber", "key", "publication", "placeImportId", "placeRowNumber")
    select ${importId}, n, 'INSERTED', 1, md5(n::text), 1, ${importId}, n from generate_series(1, 20000) n`;
}

const bytes = async () => {
  const [size] = await db().$queryRaw<{ rows: number; effects: number }[]>`
    select pg_table_size('"Row"')::int as rows, pg_table_size('"Effect"')::int as effects`;
  return size ?? { rows: 0, effects: 0 };
};

it('rows come where deleted ones were, once PostgreSQL has cleaned up, and it does so before long', async () => {
  await write(1);
  const once = await bytes();
  for (const next of [2, 3, 4]) {
    await purgeRows(next - 1);
    // What autovacuum does by itself within a minute.
    await db().$executeRaw`vacuum "Row", "Effect"`;
    await write(next);
  }
  const after = await bytes();
  expect(after.rows).toBeLessThan(once.rows * 1.2);
  expect(after.effects).toBeLessThan(once.effects * 1.2);

  const settings = await db().$queryRaw<{ name: string }[]>`
    select relname::text as name from pg_class where 'autovacuum_vacuum_scale_factor=0.01' = any(reloptions) order by 1`;
  expect(settings.map(({ name }) => name)).toEqual(['Effect', 'Rejection', 'Row']);
});
