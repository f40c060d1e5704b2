import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { largestInteger } from '@/lib/shared/largest-integer';
import type { RejectionView } from '@/lib/shared/schema/import/rejection';
import { storedReasons } from '@/lib/shared/schema/import/stored-import';

/** The row number after which a page of rows begins: an integer of Postgres. */
export const afterRow = z.coerce.number().int().nonnegative().max(largestInteger).default(0);

export const rejectionsQuery = z.object({
  after: afterRow,
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/**
 * Rejected rows in file order, one entry a reason.
 * @param page rows after this row number, at most `limit` rows
 * @returns and the row number to go on after, or null at the end
 */
export async function listRejections(
  importId: number,
  page: z.output<typeof rejectionsQuery>,
): Promise<{ rejections: RejectionView[]; next: number | null }> {
  const found = await db().rejection.findMany({
    where: { importId, rowNumber: { gt: page.after } },
    orderBy: { rowNumber: 'asc' },
    // Raw cells may have a megabyte a row.
    omit: { cells: true },
    take: page.limit,
  });
  const rejections = found.flatMap((rejection) =>
    storedReasons.parse(rejection.reasons).map(({ column, value, reason }) => ({
      row: rejection.rowNumber,
      column,
      value,
      reason,
    })),
  );
  return { rejections, next: found.length < page.limit ? null : (found.at(-1)?.rowNumber ?? null) };
}
