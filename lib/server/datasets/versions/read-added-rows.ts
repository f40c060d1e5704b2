import { z } from 'zod';
import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { db } from '@/lib/server/platform/db/client';
import { readByBlocks, readInIndexOrder } from '@/lib/server/platform/db/index-order';
import { largestInteger } from '@/lib/shared/largest-integer';

/** An import whose rows nothing but itself can change. */
export interface AddedRows {
  id: number;
  /** How many these are. */
  rowsInserted: number;
}

/** Rows found in a window, and up to which number all are known. */
export interface FoundRows {
  table: DatasetTable;
  rows: number;
  reached: number;
}

/** How much wider a window is than the one before, at most. */
const growth = 8;

/**
 * The windows of row numbers in which the next rows of an import are looked for. A table with a BRIN index reads all
 * blocks that a window may have rows in: one without an end would be the rest of the import. Row numbers are nearly dense,
 * since rows that are blank or were rejected are missing: windows follow how dense they are.
 */
export class RowWindows {
  private after = 0;
  private numbersPerRow = 1;

  /** @param spare numbers that a window has beside those of the rows that are wanted */
  constructor(
    private readonly importId: number,
    private readonly spare: (limit: number) => number = () => 0,
  ) {}

  /** The last number of the window for the next so many rows after one. */
  next(table: DatasetTable, after: number, limit: number): number {
    this.after = after;
    if (!table.isOwn) return largestInteger;
    const width = Math.ceil(limit * this.numbersPerRow) + this.spare(limit);
    return Math.min(after + width, largestInteger);
  }

  /** Takes note of what the window had, for the next one. */
  note({ rows, reached }: FoundRows): void {
    const most = this.numbersPerRow * growth;
    this.numbersPerRow = rows === 0 ? most : Math.min(most, Math.max(1, (reached - this.after) / rows));
  }

  /** Whether the import has rows beyond what is known. */
  async isAnyBeyond({ table, reached }: FoundRows): Promise<boolean> {
    if (reached >= largestInteger) return false;
    const found = await readByBlocks(
      db().$queryRawUnsafe(
        `select exists (select 1 from ${table.rows} where "_import" = ${this.importId} and "_row" > ${reached}) as found`,
      ),
    );
    return z.tuple([z.object({ found: z.boolean() })]).parse(found)[0].found;
  }
}

/** A second look costs more than a few rows that nobody wanted. */
const spareOfPage = (limit: number) => 16 + Math.ceil(limit / 4);

const page = z.array(z.object({ rowNumber: z.number(), values: z.array(z.string().nullable()) }));

/** The next rows of an import after one of them, by number. */
export async function readAddedRows(
  table: DatasetTable,
  { id, rowsInserted }: AddedRows,
  after: number,
  limit: number,
): Promise<z.infer<typeof page>> {
  const rows: z.infer<typeof page> = [];
  const windows = new RowWindows(id, spareOfPage);
  const read = table.isOwn ? readByBlocks : readInIndexOrder;
  for (let from = after; ; ) {
    const reached = windows.next(table, from, limit - rows.length);
    const found = page.parse(
      await read(
        db().$queryRawUnsafe(
          `select "rowNumber", "values" from ${table.canonical}
           where "importId" = ${id} and "rowNumber" > ${from} and "rowNumber" <= ${reached}
           order by "rowNumber" limit ${limit - rows.length}`,
        ),
      ),
    );
    rows.push(...found);
    if (rows.length === limit || (after === 0 && rows.length === rowsInserted)) return rows;
    const known = { table, rows: found.length, reached };
    windows.note(known);
    if (!(await windows.isAnyBeyond(known))) return rows;
    from = reached;
  }
}
