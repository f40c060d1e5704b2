import { db } from '@/lib/server/platform/db/client';
import { readByBlocks } from '@/lib/server/platform/db/index-order';

/** Rows deleted in one statement: short enough that nothing waits for its locks. */
const rowsAtATime = 50_000;

/** Rows of one import in one table. */
export interface PurgedRows {
  /** Quoted. */
  table: string;
  importColumn: 'importId' | '_import';
  rowColumn: 'rowNumber' | '_row';
  importId: number;
  /** What else is true of them, as SQL: the columns of the table's index that come before the row number. */
  where?: string;
}

/**
 * Deletes rows by ranges of row numbers, which are nearly dense: PostgreSQL has no figures yet of rows that were staged just
 * now, and planned a delete by “in (select … limit 50000)” as a loop in a loop, which took minutes for 120,000 rows.
 */
export async function purgeRange({
  table,
  importColumn,
  rowColumn,
  importId,
  where = 'true',
}: PurgedRows): Promise<void> {
  const those = `"${importColumn}" = $1 and ${where}`;
  const [range] = await readByBlocks(
    db().$queryRawUnsafe<{ first: number | null; last: number }[]>(
      `select min("${rowColumn}") as first, max("${rowColumn}") as last from ${table} where ${those}`,
      importId,
    ),
  );
  if (!range || range.first === null) return;
  for (let from = range.first; from <= range.last; from += rowsAtATime) {
    await readByBlocks(
      db().$executeRawUnsafe(
        `delete from ${table} where ${those} and "${rowColumn}" >= $2 and "${rowColumn}" < $3`,
        importId,
        from,
        from + rowsAtATime,
      ),
    );
  }
}
