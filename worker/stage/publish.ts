import { recordOutcome } from '@/lib/audit/record-outcome';
import { db } from '@/lib/db/client';
import { Fenced } from '@/lib/errors';
import { ImportFailure } from '@/lib/imports/failure';
import { peakRssMb } from '@/lib/progress/record';

/**
 * Counts in Postgres what was staged, and makes it visible if the account balances:
 * read = inserted + rejected. One short transaction, whatever the size.
 * @throws ImportFailure RECEIPT_UNBALANCED, Fenced
 */
export async function publish(run: { importId: number; attempt: number }): Promise<void> {
  const { importId, attempt } = run;
  const [inserted, rejected, { rowsRead }] = await Promise.all([
    db().row.count({ where: { importId } }),
    db().rejection.count({ where: { importId } }),
    db().import.findUniqueOrThrow({ where: { id: importId }, select: { rowsRead: true } }),
  ]);
  if (rowsRead !== inserted + rejected) {
    throw new ImportFailure(
      'RECEIPT_UNBALANCED',
      `${rowsRead} rows were read, but the database holds ${inserted} of them and ${rejected} rejections. Nothing was made visible.`,
    );
  }
  await db().$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: importId, attempt, status: 'PUBLISHING' },
      data: {
        status: 'COMPLETED',
        rowsInserted: inserted,
        rowsStored: inserted,
        rowsRejected: rejected,
        finishedAt: new Date(),
        peakRssMb: peakRssMb(),
      },
    });
    if (count === 0) throw new Fenced('The import was taken over.');
    await recordOutcome(tx, importId);
  });
}
