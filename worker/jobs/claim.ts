import { transition } from '@/lib/server/imports/transition';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import type { AttemptNote } from '@/lib/shared/schema/receipt';
import { storedAttempts, storedCheckpoint } from '@/lib/shared/schema/stored-import';
import { version } from '@/lib/shared/version';
import { endEarlierSessions } from '../stage/sessions';

/** Takes the import for a new attempt, which fences off whatever runs from earlier ones. */
export async function claim(importId: number): Promise<Import | null> {
  const claimable = {
    id: importId,
    status: { in: ['QUEUED', 'STAGING', 'PUBLISHING'] },
  } satisfies Prisma.ImportWhereInput;
  if ((await db().import.count({ where: claimable })) === 0) return null;
  await endEarlierSessions(importId, null);
  return db().$transaction(async (tx) => {
    // Whoever holds the import for longer than a commit takes stands still: the retry ends that one first.
    await tx.$executeRaw`select set_config('lock_timeout', '4s', true)`;
    const { count } = await tx.import.updateMany({ where: claimable, data: { attempt: { increment: 1 } } });
    if (count === 0) return null;
    const found = await tx.import.findUniqueOrThrow({ where: { id: importId } });
    const attemptNotes = jsonValue(withAttempt(found));
    if (found.status === 'PUBLISHING')
      return tx.import.update({ where: { id: importId }, data: { attemptNotes } });
    await transition(tx, { id: importId }, 'STAGING', {
      startedAt: found.startedAt ?? new Date(),
      attemptNotes,
      ...committedFigures(found),
    });
    return tx.import.findUniqueOrThrow({ where: { id: importId } });
  });
}

/** Attempts that a receipt tells of: the first, and the last ones of an import that met a long outage. */
const mostAttempts = 50;

/** What is kept of the attempts of an import, with the one that begins now. */
function withAttempt(it: Import): AttemptNote[] {
  const before = storedAttempts.parse(it.attemptNotes ?? []);
  const at = it.checkpoint === null ? null : storedCheckpoint.parse(it.checkpoint);
  const now = {
    number: it.attempt,
    at: new Date().toISOString(),
    version,
    afterRow: at?.row ?? null,
    rows: at?.rowsRead ?? 0,
    afterReview: it.reviewedAt !== null && it.reviewedAt > new Date(before.at(-1)?.at ?? 0),
  };
  return [...before.slice(0, 1), ...before.slice(1).slice(2 - mostAttempts), now];
}

/** The figures at the checkpoint: what an earlier attempt read beyond it was rolled back. */
function committedFigures(it: Import) {
  const at = it.checkpoint === null ? null : storedCheckpoint.parse(it.checkpoint);
  return {
    rowsRead: at?.rowsRead ?? 0,
    rowsStored: at?.rowsStored ?? 0,
    rowsRejected: at?.rowsRejected ?? 0,
    rowsLeftOut: at?.rowsLeftOut ?? 0,
    bytesRead: BigInt(at?.bytesRead ?? 0),
  };
}
