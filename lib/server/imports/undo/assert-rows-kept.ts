import { AppError } from '@/lib/server/platform/errors';
import { formatDay } from '@/lib/server/platform/format-day';

/** @throws AppError `gone` when an import was undone so long ago that its rows have been deleted */
export function assertRowsKept({ rowsDeletedAt }: { rowsDeletedAt: Date | null }): void {
  if (!rowsDeletedAt) return;
  throw new AppError(
    'gone',
    `The rows of this undone import were deleted on ${formatDay(rowsDeletedAt)}. Its receipt stays. To have the rows again, import the file again.`,
  );
}
