import { recordEvent } from '@/lib/server/audit/record-event';
import { changeCorrection } from '@/lib/server/imports/corrections/change-correction';
import { leaveReview } from '@/lib/server/imports/review/leave-review';
import { db } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import { ownColumns } from '@/lib/shared/schema/file/own-columns';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inspectFile } from './inspect';

/**
 * Reads the head of a file of corrected rows, and hands it to its import, which takes the rows in as its next task.
 * @throws ImportFailure for a file that cannot be read; NOT_A_CORRECTION when it has no columns to match rows by, or its
 *   import does not wait any more
 */
export async function receiveCorrection(correctionFileId: number, signal: AbortSignal): Promise<void> {
  const file = await db().correctionFile.findUnique({ where: { id: correctionFileId } });
  if (file?.status !== 'INSPECTING') return;
  const inspection = await inspectFile(file, { headerRow: 1 }, signal);
  const names = new Set(inspection.columns.map(({ name }) => name));
  if (!names.has(ownColumns.import) || !names.has(ownColumns.row))
    throw new ImportFailure(
      'NOT_A_CORRECTION',
      `${file.fileName} has no columns “${ownColumns.import}” and “${ownColumns.row}” in its first row, by which its rows could be matched.`,
    );
  try {
    await db().$transaction(async (tx) => {
      // The import first, as a deletion of it does.
      await tx.$queryRaw`select 1 from "Import" where "id" = ${file.importId} for update`;
      const target = await tx.import.findUnique({
        where: { id: file.importId },
        include: { dataset: { select: { id: true, name: true } } },
      });
      if (!target) return;
      const data = { status: 'RECEIVED', finishedAt: new Date(), inspection: jsonValue(inspection) } as const;
      if (!(await changeCorrection(tx, file.id, 'INSPECTING', data))) return;
      const { dataset, ...record } = target;
      await leaveReview(tx, record, 'CORRECT', (before) => before, { correctionId: file.id });
      const by = file.userId
        ? await tx.user.findUnique({ where: { id: file.userId }, select: { id: true, name: true } })
        : null;
      await recordEvent(tx, { kind: 'IMPORT_CORRECTED', by, on: { id: record.publicId }, dataset });
    });
  } catch (error) {
    // It was published, cancelled or claimed in the meantime.
    if (error instanceof AppError)
      throw new ImportFailure('NOT_A_CORRECTION', error.message, { cause: error });
    throw error;
  }
}
