import type { User } from '../../auth/require-user';
import { AppError } from '../../errors';
import { findImport } from '../find-import';
import { sayDay } from '../say-day';
import type { FoundImport } from '../view';

/** @throws AppError `gone` when the source file and the rejected rows are not kept any more */
export function refuseDeletedFile({ fileDeletedAt }: { fileDeletedAt: Date | null }): void {
  if (!fileDeletedAt) return;
  throw new AppError(
    'gone',
    `The source file and the rejected rows of this import were deleted on ${sayDay(fileDeletedAt)}. Its receipt stays.`,
  );
}

/** An import that one may see and whose rejected rows are still kept. @throws AppError `not-found`, `gone` */
export async function findWithFile(id: string, user: User): Promise<FoundImport> {
  const it = await findImport(id, user);
  refuseDeletedFile(it);
  return it;
}
