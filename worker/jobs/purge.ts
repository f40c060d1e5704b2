import { removeChunks } from '@/lib/server/imports/rejections/chunks';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { EffectKind } from '@/lib/server/platform/db/generated/enums';
import { deleteObject } from '@/lib/server/platform/storage/objects';
import { removeImport } from './remove-import';

/** Rows deleted in one statement: short enough that nothing waits for its locks. */
const rowsAtATime = 50_000;

/**
 * Removes what a failed or cancelled import staged, and a cancelled one's file; the rows of one that was undone long
 * ago; of a deleted one everything.
 */
export async function purgeImport(importId: number): Promise<void> {
  const it = await db().import.findUnique({ where: { id: importId } });
  if (!it) return;
  if (it.deletedAt) return removeImport(it);
  if (it.rowsDeletedAt) return purgeRows(importId);
  if (it.status !== 'FAILED' && it.status !== 'CANCELLED') return;
  await purgeRows(importId);
  if (it.status === 'CANCELLED') await removeFile(it);
}

/**
 * Removes the source file and what else holds its values: rejections, and the sample of the first rows.
 * @param done something that goes with it, in the transaction that notes that it is gone
 */
export async function removeFile(
  it: { id: number; objectKey: string },
  now = new Date(),
  done?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await purgeTable('"Rejection"', it.id);
  await removeChunks(it.id, 'all');
  await db().rejectionEdit.deleteMany({ where: { importId: it.id } });
  await deleteObject(it.objectKey);
  await db().$transaction(async (tx) => {
    const count = await tx.$executeRaw`
      update "Import" set "fileDeletedAt" = ${now}, "inspection" = jsonb_set("inspection", '{sample}', '[]', false)
      where "id" = ${it.id} and "fileDeletedAt" is null`;
    if (count === 1) await done?.(tx);
  });
}

/**
 * Removes every row of an import, and all that was kept about its rows: the one list of tables that hold something a
 * row. What other imports wrote at its places stays where it is.
 */
export async function purgeRows(importId: number): Promise<void> {
  await purgeTable('"Row"', importId);
  for (const kind of Object.values(EffectKind)) await purgeTable('"Effect"', importId, kind);
  await db().reach.deleteMany({ where: { importId } });
}

/**
 * By ranges of row numbers, which are nearly dense: PostgreSQL has no figures yet of rows that were staged just now,
 * and planned a delete by “in (select … limit 50000)” as a loop in a loop, which took minutes for 120,000 rows.
 */
async function purgeTable(
  table: '"Row"' | '"Rejection"' | '"Effect"',
  importId: number,
  kind?: EffectKind,
): Promise<void> {
  // The primary key of effects has the kind before the row number.
  const where = `"importId" = $1${kind ? ` and "kind" = '${kind}'` : ''}`;
  const [range] = await db().$queryRawUnsafe<{ first: number | null; last: number }[]>(
    `select min("rowNumber") as first, max("rowNumber") as last from ${table} where ${where}`,
    importId,
  );
  if (!range || range.first === null) return;
  for (let from = range.first; from <= range.last; from += rowsAtATime) {
    await db().$executeRawUnsafe(
      `delete from ${table} where ${where} and "rowNumber" >= $2 and "rowNumber" < $3`,
      importId,
      from,
      from + rowsAtATime,
    );
  }
}
