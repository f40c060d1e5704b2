import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { db } from '@/lib/server/platform/db/client';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';

/** Fewer new rows change no plan. */
const fromRows = 1_000;

/**
 * Gives PostgreSQL figures of a dataset's rows once an import is published. Its own pages are read in ways that need none;
 * but whoever asks a view by SQL in the minute until autovacuum comes may wait for a plan that was made for an empty
 * table: counting 24,000 rows with keys took 80 s. Whoever builds an index at this moment does it as well.
 */
export async function refreshFigures(number: number, keyed: boolean, newRows: number): Promise<void> {
  if (newRows < fromRows) return;
  try {
    await db().$transaction(
      async (tx) => {
        await tx.$executeRaw`select set_config('lock_timeout', '1s', true)`;
        await tx.$executeRawUnsafe(`analyze ${inSchema(number, 'rows')}`);
        if (keyed) await tx.$executeRawUnsafe(`analyze ${inSchema(number, 'row_changes')}`);
      },
      { timeout: 10 * 60_000 },
    );
  } catch (error) {
    log().debug({ number, err: messageOf(error) }, 'figures of a dataset’s rows come later');
  }
}
