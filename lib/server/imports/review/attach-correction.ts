import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/imports';
import { storedInspection } from '@/lib/shared/schema/stored-import';
import { currentView, findOwnImport } from '../find-import';
import { transition } from '../transition';
import { findCorrected } from './find-corrected';

/**
 * Makes an uploaded file what it was recognised as: corrected rows of an import in REVIEW. From here on it is treated as
 * if it had been dropped there.
 * @throws AppError `conflict` when it is not waiting to be started, brings no rows of an import that the person may
 *   correct, or that import is not waiting for its review
 */
export async function attachCorrection(id: string, user: User): Promise<ImportView> {
  const it = await findOwnImport(id, user);
  if (it.status !== 'MAPPING' || it.inspection === null)
    throw new AppError('conflict', 'This import is not waiting to be started. Reload the page.');
  const corrected = await findCorrected(storedInspection.parse(it.inspection), user);
  const target = corrected && (await findOwnImport(corrected.id, user));
  if (!target) throw new AppError('conflict', 'This file holds no rejected rows of an import.');
  if (target.status !== 'REVIEW')
    throw new AppError(
      'conflict',
      'That import is not waiting for its review any more. Import the corrected rows as a file of their own.',
    );
  await db().$transaction(async (tx) => {
    const which = { id: it.id, status: 'MAPPING' } as const;
    const count = await transition(tx, which, 'INSPECTING', { corrects: target.publicId });
    if (count === 1) await enqueue(tx, 'inspect', { importId: it.id }, it.userId);
  });
  return currentView(it);
}
