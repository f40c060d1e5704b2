import { datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { db } from '@/lib/server/platform/db/client';

/** Puts the rows of a dataset where earlier versions of Sluice had them: into the table that all datasets shared. */
export async function shareRows(datasetId: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const dataset = await tx.dataset.findUniqueOrThrow({ where: { id: datasetId } });
    const { number, canonical, changes } = datasetTable(dataset);
    await tx.$executeRawUnsafe(
      `insert into "Row" ("importId", "rowNumber", "values") select "importId", "rowNumber", "values" from ${canonical}`,
    );
    if ((await tx.column.count({ where: { datasetId, keyPart: { not: null } } })) > 0) {
      const columns = `"importId", "rowNumber", "kind", "key", "publishedRevision", "originImportId", "originRowNumber",
        "matchedImportId", "matchedRowNumber"`;
      await tx.$executeRawUnsafe(
        `insert into "RowChange" ("datasetNumber", ${columns}) select ${number}, ${columns} from ${changes}`,
      );
    }
    await tx.dataset.update({ where: { id: datasetId }, data: { rowStorage: 'SHARED' } });
    await tx.$executeRaw`select "dropDatasetTable"(${number}::int)`;
  });
}
