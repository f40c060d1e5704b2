import { db } from '@/lib/server/platform/db/client';
import { purgeRows, removeFile } from './purge-rows';
import { removeImport } from './remove-import';

/**
 * Removes what a failed or cancelled import staged, and a cancelled one's file; the rows of one that was undone long
 * ago; of a deleted one everything.
 */
export async function purgeImport(importId: number): Promise<void> {
  const record = await db().import.findUnique({ where: { id: importId } });
  if (!record) return;
  if (record.deletedAt) return removeImport(record);
  if (record.rowsDeletedAt) return purgeRows(importId);
  if (record.status !== 'FAILED' && record.status !== 'CANCELLED') return;
  await purgeRows(importId);
  if (record.status === 'CANCELLED') await removeFile(record);
}
