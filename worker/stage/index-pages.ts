import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import { summarizePages } from '@/lib/server/datasets/storage/summarize-pages';
import { db } from '@/lib/server/platform/db/client';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';

/**
 * Has the index of a dataset without a key know the pages that were just written: it finds their rows without, but reads
 * all such pages whoever asks. An import does not fail for it, nor wait for somebody who vacuums the table.
 */
export async function indexPages({ number, importId }: RowTarget): Promise<void> {
  try {
    await db().$transaction(
      async (tx) => {
        await tx.$executeRaw`select set_config('lock_timeout', '5s', true)`;
        await summarizePages(tx, number);
      },
      { timeout: 10 * 60_000 },
    );
  } catch (error) {
    log().warn({ importId, err: messageOf(error) }, 'new pages are not in the index of their table yet');
  }
}
