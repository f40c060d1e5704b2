import { recordEvent } from '@/lib/server/audit/record-event';
import { leaveReview } from '@/lib/server/imports/review/leave-review';
import { transition } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import { ImportFailure } from '@/lib/shared/schema/failure';
import { ownColumns } from '@/lib/shared/schema/own-columns';
import type { StoredInspection } from '@/lib/shared/schema/stored-import';

/**
 * Hands a file of corrected rows to the import that it corrects, which takes them in as its next task.
 * @throws ImportFailure NOT_A_CORRECTION when it has no columns to match rows by, or its import does not wait any more
 */
export async function receiveCorrection(
  it: Import,
  corrects: string,
  inspection: StoredInspection,
): Promise<void> {
  const names = new Set(inspection.columns.map(({ name }) => name));
  if (!names.has(ownColumns.import) || !names.has(ownColumns.row))
    throw new ImportFailure(
      'NOT_A_CORRECTION',
      `${it.fileName} has no columns “${ownColumns.import}” and “${ownColumns.row}” in its first row, by which its rows could be matched.`,
    );
  try {
    await db().$transaction(async (tx) => {
      const target = await tx.import.findUnique({ where: { publicId: corrects } });
      if (!target) throw new AppError('not-found', 'The import that it corrects is gone.');
      const count = await transition(tx, { id: it.id, status: 'INSPECTING' }, 'COMPLETED', {
        finishedAt: new Date(),
        inspection: jsonValue(inspection),
      });
      if (count === 0) return;
      await leaveReview(tx, target, 'CORRECT', [], { correctionId: it.id });
      const by = await tx.user.findUnique({ where: { id: it.userId }, select: { id: true, name: true } });
      const dataset = await tx.dataset.findUnique({
        where: { id: target.datasetId ?? '' },
        select: { id: true, name: true },
      });
      await recordEvent(tx, { kind: 'IMPORT_CORRECTED', by, on: { id: target.publicId }, dataset });
    });
  } catch (error) {
    // Published, cancelled or being worked on meanwhile.
    if (error instanceof AppError)
      throw new ImportFailure('NOT_A_CORRECTION', error.message, { cause: error });
    throw error;
  }
}
