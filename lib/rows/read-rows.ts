import { z } from 'zod';
import { db } from '../db/client';
import { AppError } from '../errors';
import type { DatasetView, RowPage } from '../imports/contract';

const stored = z.array(z.string().nullable());

/** Where a page begins: after this row of this import. */
interface Cursor {
  importId: number;
  rowNumber: number;
}

export const rowsQuery = z.object({
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

function parseCursor(after: string | undefined): Cursor {
  if (after === undefined) return { importId: 0, rowNumber: 0 };
  const found = /^(\d{1,9})\.(\d{1,9})$/.exec(after);
  if (!found) throw new AppError('bad-request', 'This is no place in the dataset.');
  return { importId: Number(found[1]), rowNumber: Number(found[2]) };
}

/**
 * One page of a dataset's current rows in the order of its imports and their files. By keyset over the primary
 * key, import by import, so a page costs the same at 20 rows and at 10 million.
 * @returns cells in the order of the dataset's columns, and the cursor of the next page
 */
export async function readRowPage(dataset: DatasetView, query: z.infer<typeof rowsQuery>): Promise<RowPage> {
  return readPageOf(await visibleImports(dataset), dataset, query);
}

interface VisibleImport {
  id: number;
  publicId: string;
}

/** The imports whose rows a reader sees at this moment, in the order in which their rows stand. */
export async function visibleImports(dataset: DatasetView): Promise<VisibleImport[]> {
  return db().import.findMany({
    where: { datasetId: dataset.id, status: 'COMPLETED', rowsInserted: { gt: 0 } },
    orderBy: { id: 'asc' },
    select: { id: true, publicId: true },
  });
}

/** One page of the rows of these imports, whatever has become of them since: a longer read sees one moment. */
export async function readPageOf(
  imports: VisibleImport[],
  dataset: DatasetView,
  query: z.infer<typeof rowsQuery>,
): Promise<RowPage> {
  const cursor = parseCursor(query.after);
  const rows: (RowPage['rows'][number] & { cursor: string })[] = [];
  for (const { id, publicId } of imports) {
    const missing = query.limit - rows.length;
    if (missing === 0) break;
    if (id < cursor.importId) continue;
    const found = await db().row.findMany({
      where: { importId: id, rowNumber: { gt: id === cursor.importId ? cursor.rowNumber : 0 } },
      orderBy: { rowNumber: 'asc' },
      take: missing,
    });
    for (const { rowNumber, values } of found) {
      const cells = stored.parse(values);
      rows.push({
        importId: publicId,
        row: rowNumber,
        cells: dataset.columns.map(({ slot }) => cells[slot] ?? null),
        cursor: `${id}.${rowNumber}`,
      });
    }
  }
  const next = rows.length === query.limit ? (rows.at(-1)?.cursor ?? null) : null;
  return { rows: rows.map(({ importId, row, cells }) => ({ importId, row, cells })), next };
}
