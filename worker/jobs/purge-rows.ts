import { purgeRange } from '@/lib/server/datasets/rows/purge-range';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { dropTable } from '@/lib/server/datasets/storage/drop-table';
import { makeKeyIndexes } from '@/lib/server/datasets/storage/key-indexes';
import { purgeSharedRows } from '@/lib/server/datasets/storage/move/purge-shared-rows';
import { summarizePages } from '@/lib/server/datasets/storage/summarize-pages';
import { removeCorrectionFile } from '@/lib/server/imports/corrections/end-correction';
import { removeChunks } from '@/lib/server/imports/rejections/chunks';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { Dataset } from '@/lib/server/platform/db/generated/client';
import { RowChangeKind } from '@/lib/server/platform/db/generated/enums';
import { deleteObject } from '@/lib/server/platform/storage/objects';

/**
 * Removes the source file and what else holds its values: rejections, files of corrected rows, what a check found,
 * and the sample of the first rows.
 * @param done something that goes with it, in the transaction that notes that it is gone
 */
export async function removeFile(
  record: { id: number; objectKey: string },
  now = new Date(),
  done?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await purgeRange({
    importId: record.id,
    table: '"Rejection"',
    importColumn: 'importId',
    rowColumn: 'rowNumber',
  });
  await removeChunks(record.id, 'all');
  await db().rejectionEdit.deleteMany({ where: { importId: record.id } });
  await db().check.deleteMany({ where: { importId: record.id } });
  const corrections = await db().correctionFile.findMany({
    where: { importId: record.id },
    select: { id: true, objectKey: true },
  });
  for (const file of corrections) await removeCorrectionFile(file);
  await deleteObject(record.objectKey);
  await db().$transaction(async (tx) => {
    const count = await tx.$executeRaw`
      update "Import" set "fileDeletedAt" = ${now}, "inspection" = jsonb_set("inspection", '{sample}', '[]', false)
      where "id" = ${record.id} and "fileDeletedAt" is null`;
    if (count === 1) await done?.(tx);
  });
}

/**
 * Removes every row of an import, and all that was kept about its rows: the one list of tables that hold something a
 * row. Versions of its rows that other imports wrote stay.
 */
export async function purgeRows(importId: number): Promise<void> {
  await purgeSharedRows(importId);
  const record = await db().import.findUnique({ where: { id: importId }, select: { dataset: true } });
  if (record?.dataset) await purgeOwnRows(record.dataset, importId);
  await db().rowChangeCount.deleteMany({ where: { importId } });
  await db().import.updateMany({ where: { id: importId }, data: { hasRows: false } });
}

/** Of a deleted dataset all rows at once. Also of one whose rows are just being moved to its table. */
async function purgeOwnRows(
  { number, deletedAt }: Pick<Dataset, 'number' | 'deletedAt'>,
  importId: number,
): Promise<void> {
  if (deletedAt !== null && (await dropTable(number))) return;
  const table = inSchema(number, 'rows');
  const changes = inSchema(number, 'row_changes');
  const [there] = await db().$queryRaw<{ rows: boolean; changes: boolean }[]>`
    select to_regclass(${table}) is not null as rows, to_regclass(${changes}) is not null as changes`;
  if (there?.changes) {
    // Of a large first file that was given up nobody made them, and each range would be looked for in all rows.
    // It gives up after a minute where another large first file is worked on, and the job comes again.
    for (const name of ['rows', 'row_changes'] as const)
      await db().$transaction(
        async (tx) => {
          await tx.$executeRaw`select set_config('lock_timeout', '60s', true)`;
          await makeKeyIndexes(tx, number, name);
        },
        { timeout: 60 * 60_000 },
      );
  }
  if (there?.rows) {
    await summarizePages(db(), number);
    await purgeRange({ importId, table, importColumn: '_import', rowColumn: '_row' });
  }
  if (!there?.changes) return;
  for (const kind of Object.values(RowChangeKind)) {
    const where = `"kind" = '${kind}'`;
    await purgeRange({ importId, table: changes, importColumn: 'importId', rowColumn: 'rowNumber', where });
  }
}
