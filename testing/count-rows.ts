import { db } from '@/lib/server/platform/db/client';

/** How many rows are stored of an import, and how many notes of what it did with rows: wherever, also when it is gone. */
export async function countStored(importId: number): Promise<{ rows: number; changes: number }> {
  const tables = await db().$queryRaw<{ schema: string; name: string }[]>`
    select nspname::text as schema, relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where nspname like 'ds\_%' and relname in ('rows', 'row_changes')`;
  const where = { importId };
  const found = { rows: await db().row.count({ where }), changes: await db().rowChange.count({ where }) };
  for (const { schema, name } of tables) {
    const isRows = name === 'rows';
    const [counted] = await db().$queryRawUnsafe<{ count: number }[]>(
      `select count(*)::int as count from "${schema}"."${name}" where "${isRows ? '_import' : 'importId'}" = $1::int`,
      importId,
    );
    found[isRows ? 'rows' : 'changes'] += counted?.count ?? 0;
  }
  return found;
}

/** How many rows are stored of an import. */
export const countRows = async (importId: number): Promise<number> => (await countStored(importId)).rows;
