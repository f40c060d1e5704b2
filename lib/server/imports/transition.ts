import { isFinal, statuses, statusesBefore } from '@/lib/shared/schema/import/status';
import type { Prisma, Transaction } from '../platform/db/client';
import type { ImportStatus } from '../platform/db/generated/enums';
import { Fenced } from '../platform/errors';

type Change = Omit<Prisma.ImportUncheckedUpdateManyInput, 'id' | 'status'>;

/** Statuses of imports that have not ended. */
export const unfinished: ImportStatus[] = statuses.filter((status) => !isFinal(status));

/**
 * The one way in which the status of imports changes: all that match and whose status may be followed by `to` go there,
 * in one statement, with what else changes of them.
 * @returns how many did: 0 when none was there (any more)
 */
export async function transition(
  tx: Transaction,
  which: Prisma.ImportWhereInput,
  to: ImportStatus,
  data: Change = {},
): Promise<number> {
  const { count } = await tx.import.updateMany({
    where: { AND: [which, { status: { in: statusesBefore(to) } }] },
    data: { ...data, status: to },
  });
  return count;
}

/** An import, as one attempt of its job works on it. */
export interface Attempt {
  id: number;
  attempt: number;
}

/** True of an import that a worker works on, while it is still its attempt's. */
export function ofAttempt({ id, attempt }: Attempt): Prisma.ImportWhereInput {
  return { id, attempt, status: { in: ['STAGING', 'PUBLISHING'] } };
}

/**
 * As {@link transition}, for a worker: only where the import is still its attempt's.
 * @throws Fenced when it was cancelled or taken over
 */
export async function transitionAsAttempt(
  tx: Transaction,
  attempt: Attempt,
  to: ImportStatus,
  data: Change = {},
): Promise<void> {
  if ((await transition(tx, ofAttempt(attempt), to, data)) === 0) throw new Fenced();
}

/**
 * Changes an import that a worker works on, where it is still its attempt's, and holds its row until the transaction
 * ends: what was written before in the transaction is committed only by the attempt that is entitled to it.
 * @throws Fenced when it was cancelled or taken over
 */
export async function updateAsAttempt(tx: Transaction, record: Attempt, data: Change = {}): Promise<void> {
  const { count } = await tx.import.updateMany({
    where: ofAttempt(record),
    data: { ...data, attempt: record.attempt },
  });
  if (count === 0) throw new Fenced();
}

/**
 * As {@link updateAsAttempt}, changing nothing: transactions of one attempt that run side by side do not wait for each
 * other.
 * @throws Fenced when it was cancelled or taken over
 */
export async function assertAttempt(tx: Transaction, { id, attempt }: Attempt): Promise<void> {
  const mine = await tx.$queryRaw<unknown[]>`
    select 1 from "Import" where "id" = ${id} and "attempt" = ${attempt} and "status" in ('STAGING', 'PUBLISHING')
    for share`;
  if (mine.length === 0) throw new Fenced();
}
