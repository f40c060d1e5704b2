import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { runImport } from '@/worker/testing/run-import';
import { refreshFigures } from './refresh-figures';

openDatabase();

const figures = (number: number) => db().$queryRaw<{ name: string; rows: number }[]>`
  select relname::text as name, reltuples::int as rows from pg_class
  where relnamespace = to_regnamespace(${`ds_${number}`}) and relkind = 'r' order by 1`;

async function imported(name: string, rows: number, key?: string[]): Promise<number> {
  const lines = Array.from({ length: rows }, (_, i) => `${i},x`);
  const done = await runImport(new TextEncoder().encode(`id,text\n${lines.join('\n')}\n`), {
    dataset: { name },
    ...(key ? { key } : {}),
  });
  expect(done.status).toBe('COMPLETED');
  return (await db().dataset.findFirstOrThrow({ where: { name } })).number;
}

it('PostgreSQL has figures of the rows that an import brought as soon as they are seen', async () => {
  expect(await figures(await imported('Keyed', 3_000, ['id']))).toEqual([
    { name: 'row_changes', rows: 3_000 },
    { name: 'rows', rows: 3_000 },
  ]);
  expect(await figures(await imported('Added', 3_000))).toEqual([{ name: 'rows', rows: 3_000 }]);
});

it('an import is complete also where the figures cannot be had now', async () => {
  const number = await imported('Busy', 2_000);
  await db().$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`lock table "ds_${number}"."rows" in share mode`);
    await refreshFigures(number, false, 2_000);
  });
});
