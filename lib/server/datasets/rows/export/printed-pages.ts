import { z } from 'zod';
import { firstSlotInMore } from '@/lib/server/datasets/storage/cell-sql';
import { tableOfDataset } from '@/lib/server/datasets/storage/dataset-table';
import { readFromTable } from '@/lib/server/datasets/storage/read-from-table';
import type { FoundRows } from '@/lib/server/datasets/versions/read-added-rows';
import { db } from '@/lib/server/platform/db/client';
import { copyOut } from '@/lib/server/platform/db/copy/copy-out';
import {
  byBlocksSql,
  byIndexSql,
  readByBlocks,
  readInIndexOrder,
} from '@/lib/server/platform/db/index-order';
import { env } from '@/lib/server/platform/env';
import { KiB } from '@/lib/shared/bytes';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { RowPrinter } from './row-printer';
import { type RowSource, tupleSource, valuesSource } from './row-source';
import type { Stretch } from './stretches';

/** Target size of a page. Twice as much made an export no faster. */
export const pageBytes = 1024 * KiB;
/** A larger page ends early, so that its connection does not wait for a slow reader. */
const mostBytes = 2 * pageBytes;

/** Days and moments as ISO 8601 has them, whatever the database was told. */
const isoDates = `, set_config('datestyle', 'ISO, YMD', true)`;

/** What was printed of a page. */
interface Page extends FoundRows {
  /** Bytes that were read. */
  size: number;
  /** It has as many rows as were wanted, or was ended early. */
  isFull: boolean;
}

/** Prints the pages of an export. */
export interface PrintedPages {
  printer: RowPrinter;
  /** Prints the next rows of a stretch after a number, into the printer. */
  print(stretch: Stretch, after: number, limit: number): Promise<Page>;
}

/** Opens an export's pages wherever its rows are, and by COPY where the database can. */
export async function openPages(
  { id, columns }: DatasetView,
  wanted: { format: 'csv' | 'json'; escaping: boolean },
  keyed: boolean,
): Promise<PrintedPages> {
  const table = await tableOfDataset(db(), id);
  if (!table.isOwn || env().ROW_WRITER !== 'copy') {
    const printer = new RowPrinter({ columns, ...wanted });
    return { printer, print: (...page) => printSelected(id, keyed, printer, ...page) };
  }
  const source = await tupleSource(id, table, columns);
  const printer = new RowPrinter(
    { columns, ...wanted },
    { slots: source.slots, firstInMore: firstSlotInMore },
  );
  const settings = (keyed ? byIndexSql : byBlocksSql) + isoDates;
  return new CopiedPages(printer, source, settings);
}

/** Prints pages by COPY, into a printer. */
class CopiedPages implements PrintedPages {
  /** How many pages are to be sorted before another one is tried as it is stored, and how many were the last time. */
  private sorted = { left: 0, last: 0 };

  constructor(
    readonly printer: RowPrinter,
    private readonly source: RowSource,
    private readonly settings: string,
  ) {}

  async print(stretch: Stretch, after: number, limit: number): Promise<Page> {
    const { until, sql, asStored } = stretch.next(this.source, after, limit);
    if (asStored !== null && this.sorted.left-- <= 0) {
      const forget = this.printer.mark();
      const page = await this.copy(asStored, after);
      const isDone = page.isOrdered && !page.isCut;
      const last = isDone ? 0 : 2 * this.sorted.last + 1;
      this.sorted = { left: last, last };
      if (isDone) return { ...page, isFull: false, reached: until };
      forget();
    }
    const page = await this.copy(sql, after);
    const isFull = page.isCut || page.rows === limit;
    return { ...page, isFull, reached: isFull ? page.last : until };
  }

  /** Prints rows until there are no more of them, or they are too many bytes, or one is out of order. */
  private async copy(sql: string, after: number) {
    const { printer, source } = this;
    const page = { table: source.table, rows: 0, size: 0, last: after, isCut: false, isOrdered: true };
    for await (const tuples of copyOut(sql, this.settings)) {
      for (const { number, bytes, start, end } of tuples) {
        page.isOrdered &&= number > page.last;
        page.last = number;
        page.size += end - start;
        // What comes then is only waited for: breaking off would cost the connection.
        if (page.isOrdered) printer.addTuple(bytes, start);
      }
      page.rows += tuples.length;
      page.isCut = printer.length > mostBytes;
      if (page.isCut) break;
    }
    return page;
  }
}

const selected = z.array(z.object({ number: z.number(), text: z.string() }));

/** The same without COPY, and of rows that may be brought elsewhere meanwhile. */
async function printSelected(
  datasetId: string,
  keyed: boolean,
  printer: RowPrinter,
  stretch: Stretch,
  after: number,
  limit: number,
): Promise<Page> {
  const { rows, until, table } = await readFromTable(datasetId, async (now) => {
    const { sql, until } = stretch.next(valuesSource(now), after, limit);
    const query = db().$queryRawUnsafe(`select number, "values"::text as text from (${sql}) rows`);
    const found = await (now.isOwn && !keyed ? readByBlocks : readInIndexOrder)(query);
    return { rows: selected.parse(found), until, table: now };
  });
  let [size, last] = [0, after];
  for (const { number, text } of rows) {
    const bytes = Buffer.from(text);
    printer.add(bytes, 0, bytes.length);
    last = number;
    size += bytes.length;
  }
  const isFull = rows.length === limit;
  return { table, rows: rows.length, size, isFull, reached: isFull ? last : until };
}
