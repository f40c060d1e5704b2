import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { datasetsWith } from '../datasets/rights';
import { db } from '../db/client';
import { AppError } from '../errors';
import type { ImportView } from './contract';
import { currentView, findImport } from './find-import';

type Turned = 'COMPLETED' | 'UNDONE';

/**
 * Takes an import back: readers see none of its rows from the moment this commits, however many there are,
 * since rows are visible through the status of their import.
 */
export const undoImport = (id: string, user: User) => turn(id, user, 'COMPLETED', 'UNDONE');

/** Takes an undo back. */
export const redoImport = (id: string, user: User) => turn(id, user, 'UNDONE', 'COMPLETED');

async function turn(id: string, user: User, from: Turned, to: Turned): Promise<ImportView> {
  const it = await findImport(id, user);
  if (it.datasetId) {
    // The person's own import, but into a dataset whose rights were taken back since.
    const may = await db().dataset.findFirst({
      where: { id: it.datasetId, ...datasetsWith('IMPORT', user) },
      select: { id: true },
    });
    if (!may) throw new AppError('forbidden', 'You may not change this dataset any more.');
  }
  await db().$transaction(async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id: it.id, status: from },
      data: { status: to },
    });
    if (count === 0) return;
    const kind = to === 'UNDONE' ? 'IMPORT_UNDONE' : 'IMPORT_REDONE';
    await recordEvent(tx, { kind, by: user, on: { id: it.publicId }, dataset: it.dataset });
  });
  const now = await currentView(it);
  if (now.status !== to)
    throw new AppError(
      'conflict',
      'Only an import that completed can be undone, and only an undone one redone.',
    );
  return now;
}
