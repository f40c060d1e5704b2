import type { Transaction } from '@/lib/server/platform/db/client';
import { isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import { inSchema } from './dataset-table';

/**
 * Brings pages that were written lately into the index of places. Until then each of them is read for every look-up.
 * Nothing where the table has no such index: where its dataset has a key.
 */
export async function summarizePages(tx: Transaction, number: number): Promise<void> {
  if (isDistributed()) return summarizeShards(tx, number);
  const index = inSchema(number, 'rows_place');
  await tx.$executeRaw`select brin_summarize_new_values(to_regclass(${index})) where to_regclass(${index}) is not null`;
}

/** The same on the servers of a cluster: a function of PostgreSQL's own knows nothing of them. */
async function summarizeShards(tx: Transaction, number: number): Promise<void> {
  const command = `select brin_summarize_new_values(x.indexrelid) from pg_index x join pg_class c on c.oid = x.indexrelid
    where x.indrelid = '%s'::regclass and c.relam = (select oid from pg_am where amname = 'brin')`;
  await tx.$executeRaw`
    select result from run_command_on_shards(to_regclass(${inSchema(number, 'rows')}), ${command})`;
}
