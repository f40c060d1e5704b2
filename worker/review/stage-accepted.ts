import { deleteRows } from '@/lib/server/datasets/rows/delete-rows';
import { writeRows } from '@/lib/server/datasets/rows/row-writer';
import { updateAsAttempt } from '@/lib/server/imports/transition';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { EncodePlan } from '../stage/plan';
import { prepareSession } from '../stage/sessions';

const transaction = { timeout: 15 * 60_000, maxWait: 30_000 };

/** A row that was rejected and is valid now, by slot. */
export interface Accepted {
  rowNumber: number;
  values: (string | null)[];
}

/** Rows to be staged. */
interface Staging {
  rows: Accepted[];
  /** Those of them that are staged already, and are to be staged anew. */
  again: number[];
  plan: EncodePlan;
}

/**
 * Stages rows that are valid now, and does the rest in the same transaction, if the import is still this attempt's.
 * @throws Fenced when it was cancelled or taken over: nothing has changed then
 */
export async function stageAccepted(
  { id, attempt }: { id: number; attempt: number },
  work: (tx: Transaction) => Promise<void>,
  staging?: Staging,
): Promise<void> {
  await db().$transaction(async (tx) => {
    await prepareSession(tx, id, attempt);
    if (staging) await stage(tx, staging);
    await work(tx);
    await updateAsAttempt(tx, { id, attempt });
  }, transaction);
}

async function stage(tx: Transaction, { rows, again, plan }: Staging): Promise<void> {
  const { target, writer } = plan;
  if (again.length > 0) await deleteRows(tx, target, again);
  if (rows.length === 0) return;
  const encoded = writer.buffer(target);
  for (const { rowNumber, values } of rows) encoded.add(rowNumber, values);
  await writeRows(tx, plan, async (segment) => {
    await segment.write(encoded.take());
    return { stored: rows.length };
  });
}
