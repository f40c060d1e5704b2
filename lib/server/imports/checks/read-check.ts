import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { type CheckAnswer, type CheckView, checkFigures } from '@/lib/shared/schema/import/check';
import { failureView } from '../failure-view';
import { findOwnImport } from '../find-import';

/**
 * How far the check of an import's file is, and what it found.
 * @throws AppError `not-found`
 */
export async function readCheck(id: string, user: User): Promise<CheckAnswer> {
  const record = await findOwnImport(id, user);
  const check = await db().check.findUnique({ where: { importId: record.id } });
  if (!check || check.inspections !== record.inspections) return { check: null };
  const { state, version, failureReason, failureMessage, figures } = check;
  const isOver = state === 'DONE' || state === 'FAILED';
  const shown: CheckView['state'] = isOver || record.status === 'MAPPING' ? state : 'STOPPED';
  return {
    check: {
      state: shown,
      version,
      bytes: Number(record.fileSize),
      failure: failureReason === null ? null : failureView(failureReason, failureMessage ?? ''),
      figures: figures === null ? null : checkFigures.parse(figures),
    },
  };
}

const readRows = z.object({ rows: z.object({ read: z.int() }), complete: z.boolean() });

/** How many rows the file of an import has, where a check read all of it as it is read now; null where none did. */
export async function expectedRows({
  id,
  inspections,
}: {
  id: number;
  inspections: number;
}): Promise<number | null> {
  const check = await db().check.findUnique({ where: { importId: id, inspections, state: 'DONE' } });
  // Pages of imports are shown whatever else the version before wrote down.
  const { data: figures } = readRows.safeParse(check?.figures);
  return figures?.complete ? figures.rows.read : null;
}
