import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { indexName } from '../rows/query/sort-key';

const found = z.array(z.object({ phase: z.string(), share: z.number().nullable() }));

/**
 * How far the index of a column is, from 0 to 100: a pass over the rows, sorting them, and a second pass for what came
 * meanwhile (PostgreSQL manual, “CREATE INDEX Progress Reporting”).
 */
export async function indexProgress(number: number, column: { slot: number }): Promise<number> {
  const [running] = found.parse(
    await db().$queryRaw`
      select p.phase, coalesce(p.blocks_done::float8 / nullif(p.blocks_total, 0), p.tuples_done::float8 / nullif(p.tuples_total, 0)) as share
      from pg_stat_progress_create_index p join pg_class c on c.oid = p.index_relid
      where p.datname = current_database() and c.relname = ${indexName(column)}
        and c.relnamespace = to_regnamespace(${`ds_${Number(number)}`})`,
  );
  if (!running) return 0;
  const { phase, share } = running;
  const done = Math.min(1, share ?? 0);
  if (phase.startsWith('building index'))
    return Math.floor(phase.includes('scanning') ? 50 * done : 50 + 20 * done);
  return phase.startsWith('index validation')
    ? Math.floor(70 + 29 * done)
    : phase.includes('before')
      ? 0
      : 70;
}
