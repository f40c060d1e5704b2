import { transition } from '@/lib/server/imports/transition';
import { db, type Prisma, type Transaction } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { storedCheckpoint } from '@/lib/shared/schema/import/stored-import';
import { version } from '@/lib/shared/version';
import { endEarlierSessions } from '../stage/sessions';

const claimableOf = (importId: number) =>
  ({
    id: importId,
    status: { in: ['QUEUED', 'STAGING', 'PUBLISHING'] },
  }) satisfies Prisma.ImportWhereInput;

/** Whether there is something to do with an import for its job. */
export async function isClaimable(importId: number): Promise<boolean> {
  return (await db().import.count({ where: claimableOf(importId) })) > 0;
}

/** Takes the import for a new attempt, which fences off whatever runs from earlier ones. */
export async function claim(importId: number): Promise<Import | null> {
  const claimable = claimableOf(importId);
  if (!(await isClaimable(importId))) return null;
  await endEarlierSessions(importId, null);
  return db().$transaction(async (tx) => {
    // Whoever holds the import for longer than a commit takes stands still: the retry ends that one first.
    await tx.$executeRaw`select set_config('lock_timeout', '4s', true)`;
    const { count } = await tx.import.updateMany({ where: claimable, data: { attempt: { increment: 1 } } });
    if (count === 0) return null;
    const found = await tx.import.findUniqueOrThrow({ where: { id: importId } });
    await noteAttempt(tx, found);
    if (found.status === 'PUBLISHING') return found;
    await transition(tx, { id: importId }, 'STAGING', {
      startedAt: found.startedAt ?? new Date(),
      hasRows: true,
      ...committedFigures(found),
    });
    return tx.import.findUniqueOrThrow({ where: { id: importId } });
  });
}

/** Notes how the attempt that begins now does. */
async function noteAttempt(tx: Transaction, record: Import): Promise<void> {
  const before = await tx.importAttempt.findFirst({
    where: { importId: record.id },
    orderBy: { number: 'desc' },
    select: { startedAt: true },
  });
  const review = await tx.review.findUnique({ where: { importId: record.id } });
  const reviewedAt = review?.reviewedAt ?? null;
  const at = record.checkpoint === null ? null : storedCheckpoint.parse(record.checkpoint);
  await tx.importAttempt.create({
    data: {
      importId: record.id,
      number: record.attempt,
      startedAt: new Date(),
      version,
      afterRow: at?.row ?? null,
      rowsBefore: at?.rowsRead ?? 0,
      afterReview: reviewedAt !== null && reviewedAt > (before?.startedAt ?? new Date(0)),
    },
  });
}

/** The figures at the checkpoint: what an earlier attempt read beyond it was rolled back. */
function committedFigures(record: Import) {
  const at = record.checkpoint === null ? null : storedCheckpoint.parse(record.checkpoint);
  return {
    rowsRead: at?.rowsRead ?? 0,
    rowsStored: at?.rowsStored ?? 0,
    rowsRejected: at?.rowsRejected ?? 0,
    rowsLeftOut: at?.rowsLeftOut ?? 0,
    bytesRead: BigInt(at?.bytesRead ?? 0),
  };
}
