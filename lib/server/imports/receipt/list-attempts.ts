import { db } from '@/lib/server/platform/db/client';
import type { AttemptNote } from '@/lib/shared/schema/import/attempt';

/** Attempts that are told of: the first, and the last ones of an import that met a long outage. */
const mostAttempts = 50;

/** How each attempt at an import began, in order. */
export async function listAttempts(importId: number): Promise<AttemptNote[]> {
  const all = { where: { importId }, orderBy: { number: 'asc' } } as const;
  const last = await db().importAttempt.findMany({ ...all, take: -mostAttempts });
  const [first] = last.length < mostAttempts ? [] : await db().importAttempt.findMany({ ...all, take: 1 });
  const told = first && first.number !== last[0]?.number ? [first, ...last.slice(1)] : last;
  return told.map(({ number, startedAt, version, afterRow, rowsBefore, afterReview }) => ({
    number,
    at: startedAt.toISOString(),
    version,
    afterRow,
    rows: rowsBefore,
    afterReview,
  }));
}
