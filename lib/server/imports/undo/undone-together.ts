import { db } from '@/lib/server/platform/db/client';

/** The imports that the last undo of this one took back. */
export async function undoneTogether(record: { id: number }): Promise<number[]> {
  const last = await db().datasetChange.findFirst({
    where: { importId: record.id, kind: 'UNDONE' },
    orderBy: { revision: 'desc' },
  });
  if (!last) return [record.id];
  const all = await db().datasetChange.findMany({
    where: {
      datasetId: last.datasetId,
      revision: last.revision,
      kind: 'UNDONE',
      // One that was deleted since cannot come back, nor one whose rows were.
      import: { deletedAt: null, rowsDeletedAt: null },
    },
  });
  return all.map(({ importId }) => importId);
}
