import { AppError } from '@/lib/server/platform/errors';
import { formatDay } from '@/lib/server/platform/format-day';
import type { User } from '@/lib/server/platform/user';
import { findImport } from '../find-import';
import type { FoundImport } from '../view';

/** @throws AppError `gone` when the source file and the rejected rows are not kept any more */
export function assertFileKept({ fileDeletedAt }: { fileDeletedAt: Date | null }): void {
  if (!fileDeletedAt) return;
  throw new AppError(
    'gone',
    `The source file and the rejected rows of this import were deleted on ${formatDay(fileDeletedAt)}. Its receipt stays.`,
  );
}

/** An import that one may see and whose rejected rows are still kept. @throws AppError `not-found`, `gone` */
export async function findWithFile(id: string, user: User): Promise<FoundImport> {
  const record = await findImport(id, user);
  assertFileKept(record);
  return record;
}
