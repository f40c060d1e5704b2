import type { Segment } from '@/lib/server/datasets/rows/row-writer';
import { TupleBuffer } from '@/lib/server/datasets/rows/tuple-buffer';
import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { configuredWriter } from '../stage/configured-writer';
import { prepareSession } from '../stage/sessions';

const transaction = { timeout: 15 * 60_000, maxWait: 30_000 };

/** A row that was rejected and is valid now, by slot. */
export interface Accepted {
  rowNumber: number;
  values: (string | null)[];
}

/**
 * Stages rows that are valid now, and does the rest in the same transaction, if the import is still this attempt's.
 * @param again those of the rows that are staged already and are to be staged anew
 * @throws Fenced when it was cancelled or taken over: nothing has changed then
 */
export async function stageAccepted(
  { id, attempt }: { id: number; attempt: number },
  rows: Accepted[],
  work: (tx: Transaction) => Promise<void>,
  again: number[] = [],
): Promise<void> {
  await db().$transaction(async (tx) => {
    await prepareSession(tx, id, attempt);
    if (again.length > 0) await tx.row.deleteMany({ where: { importId: id, rowNumber: { in: again } } });
    if (rows.length > 0) {
      const tuples = new TupleBuffer(id);
      for (const { rowNumber, values } of rows) tuples.add(rowNumber, values);
      const segment: Segment = await configuredWriter().open(tx, id);
      try {
        await segment.write(tuples.take());
        await segment.end();
      } catch (error) {
        segment.abandon(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
    }
    await work(tx);
    await updateAsAttempt(tx, { id, attempt });
  }, transaction);
}
