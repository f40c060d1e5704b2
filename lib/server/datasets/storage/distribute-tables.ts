import { db } from '@/lib/server/platform/db/client';
import { inSchema } from './dataset-table';

/** Copying hundreds of millions of rows takes hours. */
const longestCopy = 12 * 3600_000;

/**
 * Gives the tables of a dataset to one of the servers of the Citus cluster, with the rows that they have, unless they
 * were distributed before. Tables that its schema gets later go there by themselves.
 * @returns whether it did
 */
export async function distributeTables(number: number): Promise<boolean> {
  const tables = ['rows', 'row_changes'].map((name) => inSchema(number, name));
  const [rows] = tables;
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`select set_config('lock_timeout', '10s', true)`;
      const distributed = await tx.$executeRaw`
        select citus_schema_distribute(relnamespace::regnamespace) from pg_class
        where oid = to_regclass(${rows}) and oid not in (select logicalrelid from pg_dist_partition)`;
      if (distributed === 0) return false;
      // The copies that stay behind are seen by nobody.
      await tx.$executeRaw`
        select truncate_local_data_after_distributing_table(to_regclass(name)) from unnest(${tables}::text[]) name
        where to_regclass(name) is not null`;
      return true;
    },
    { timeout: longestCopy },
  );
}

/** Gives every dataset that is still on the coordinator to a server. @returns how many */
export async function distributeAllTables(): Promise<number> {
  const datasets = await db().dataset.findMany({
    where: { deletedAt: null, rowStorage: 'TABLE' },
    orderBy: { number: 'asc' },
    select: { number: true },
  });
  let distributed = 0;
  for (const { number } of datasets) if (await distributeTables(number)) distributed++;
  return distributed;
}
