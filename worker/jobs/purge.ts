import { db } from '@/lib/db/client';
import { deleteObject } from '@/lib/storage/objects';

/** Rows deleted in one statement: short enough that nothing waits for its locks. */
const rowsAtATime = 50_000;

/** Removes what a failed or cancelled import staged, and a cancelled one's file. */
export async function purgeImport(importId: number): Promise<void> {
  const it = await db().import.findUnique({ where: { id: importId } });
  if (!it || (it.status !== 'FAILED' && it.status !== 'CANCELLED')) return;
  for (const table of ['"Row"', ...(it.status === 'CANCELLED' ? ['"Rejection"'] : [])]) {
    let deleted: number;
    do {
      deleted = await db().$executeRawUnsafe(
        `delete from ${table} where "importId" = $1 and "rowNumber" in
           (select "rowNumber" from ${table} where "importId" = $1 order by "rowNumber" limit ${rowsAtATime})`,
        importId,
      );
    } while (deleted > 0);
  }
  if (it.status === 'CANCELLED') await deleteObject(it.objectKey);
}
