import { z } from 'zod';
import { AppError } from '@/lib/server/platform/errors';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { RowPage } from '@/lib/shared/schema/dataset/row';
import type { DatasetTable } from '../storage/dataset-table';
import { readFromTable } from '../storage/read-from-table';
import { readAddedRows } from '../versions/read-added-rows';
import { type RowId, type RowWithOrigin, readKeyedPage } from '../versions/read-keyed-page';
import { momentInput, type Snapshot, snapshotAt } from '../versions/snapshot';

export const rowsQuery = z.object({
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** The rows as they were seen at this moment. */
  at: momentInput.optional(),
});

function parseCursor(after: string | undefined): RowId {
  if (after === undefined) return { importId: 0, rowNumber: 0 };
  const found = /^(\d{1,9})\.(\d{1,9})$/.exec(after);
  if (!found) throw new AppError('bad-request', 'This is no place in the dataset.');
  return { importId: Number(found[1]), rowNumber: Number(found[2]) };
}

/**
 * One page of a dataset's current rows in the order of its imports and their files. A page costs the same at 20 rows
 * and at 10 million.
 * @returns cells in the order of the dataset's columns, and the cursor of the next page
 */
export async function readRowPage(dataset: DatasetView, query: z.infer<typeof rowsQuery>): Promise<RowPage> {
  return readPageOf(await snapshotAt(dataset.id, query.at), dataset, query);
}

/** One page of the rows that are seen at one moment, whatever became of them since: a longer read sees one moment. */
export async function readPageOf(
  snapshot: Snapshot,
  dataset: DatasetView,
  query: { after?: string | undefined; limit: number },
): Promise<RowPage> {
  const cursor = parseCursor(query.after);
  const read = dataset.key.length > 0 ? readKeyedPage : readAddedPage;
  const found = await readFromTable(dataset.id, (table) => read(table, snapshot, cursor, query.limit));
  const publicIds = new Map(snapshot.imports.map(({ id, publicId }) => [id, publicId]));
  const last = found.length === query.limit ? found.at(-1)?.origin : undefined;
  return {
    rows: found.map(({ importId, rowNumber, values }) => {
      return {
        importId: publicIds.get(importId) ?? '',
        row: rowNumber,
        cells: dataset.columns.map(({ slot }) => values[slot] ?? null),
      };
    }),
    next: last ? `${last.importId}.${last.rowNumber}` : null,
  };
}

/** Rows that nothing but their own import can change: by keyset over their numbers, import by import. */
async function readAddedPage(
  table: DatasetTable,
  snapshot: Snapshot,
  after: RowId,
  limit: number,
): Promise<RowWithOrigin[]> {
  const rows: RowWithOrigin[] = [];
  for (const record of snapshot.imports) {
    const missing = limit - rows.length;
    if (missing === 0) break;
    if (record.id < after.importId || record.rowsInserted === 0) continue;
    const from = record.id === after.importId ? after.rowNumber : 0;
    for (const { rowNumber, values } of await readAddedRows(table, record, from, missing)) {
      const origin = { importId: record.id, rowNumber };
      rows.push({ ...origin, values, origin });
    }
  }
  return rows;
}
