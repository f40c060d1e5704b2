import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { readInIndexOrder } from '@/lib/server/platform/db/index-order';
import { AppError } from '@/lib/server/platform/errors';
import type { DatasetView, RowPage } from '@/lib/shared/schema/imports';
import { type Place, type PlacedRow, readKeyedPage } from '../versions/read-keyed-page';
import { momentInput, type Snapshot, seeAt } from '../versions/snapshot';

const stored = z.array(z.string().nullable());

export const rowsQuery = z.object({
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** The rows as they were seen at this moment. */
  at: momentInput.optional(),
});

function parseCursor(after: string | undefined): Place {
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
  return readPageOf(await seeAt(dataset.id, query.at), dataset, query);
}

/** One page of the rows that are seen at one moment, whatever became of them since: a longer read sees one moment. */
export async function readPageOf(
  snapshot: Snapshot,
  dataset: DatasetView,
  query: { after?: string | undefined; limit: number },
): Promise<RowPage> {
  const cursor = parseCursor(query.after);
  const read = dataset.key.length > 0 ? readKeyedPage : readAddedPage;
  const found = await read(snapshot, cursor, query.limit);
  const publicIds = new Map(snapshot.imports.map(({ id, publicId }) => [id, publicId]));
  const last = found.length === query.limit ? found.at(-1)?.place : undefined;
  return {
    rows: found.map(({ importId, rowNumber, values }) => {
      const cells = stored.parse(values);
      return {
        importId: publicIds.get(importId) ?? '',
        row: rowNumber,
        cells: dataset.columns.map(({ slot }) => cells[slot] ?? null),
      };
    }),
    next: last ? `${last.importId}.${last.rowNumber}` : null,
  };
}

/** Rows that nothing but their own import can change: by keyset over the primary key, import by import. */
async function readAddedPage(snapshot: Snapshot, after: Place, limit: number): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  for (const { id, rowsInserted } of snapshot.imports) {
    const missing = limit - rows.length;
    if (missing === 0) break;
    if (id < after.importId || rowsInserted === 0) continue;
    const found = await readInIndexOrder(
      db().row.findMany({
        where: { importId: id, rowNumber: { gt: id === after.importId ? after.rowNumber : 0 } },
        orderBy: { rowNumber: 'asc' },
        take: missing,
      }),
    );
    for (const row of found) rows.push({ ...row, place: row });
  }
  return rows;
}
