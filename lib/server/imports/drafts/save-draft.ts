import { db } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { ImportDraft } from '@/lib/shared/schema/import/draft';
import type { ImportStatusName } from '@/lib/shared/schema/import/import';
import { findOwnImport } from '../find-import';

/** What is chosen in them may still be changed. */
const unfinished: ImportStatusName[] = ['UPLOADING', 'INSPECTING', 'MAPPING'];

/**
 * Keeps what the person chose so far, so that it is there after a reload, a log-out and on another machine. The last one
 * counts; nothing is checked that starting will check.
 * @throws AppError `conflict` once the import was started or has ended
 */
export async function saveDraft(id: string, draft: ImportDraft, user: User): Promise<void> {
  const record = await findOwnImport(id, user);
  const { count } = await db().import.updateMany({
    where: { id: record.id, status: { in: unfinished } },
    data: { draft: jsonValue(draft) },
  });
  if (count === 0)
    throw new AppError('conflict', 'This import was started or has ended: nothing can be chosen any more.');
}
