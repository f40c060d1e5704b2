import { z } from 'zod';
import { momentInput, seeAt } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { copyOut, type NumberedBytes } from '@/lib/server/platform/db/copy-out';
import { readInIndexOrder } from '@/lib/server/platform/db/index-order';
import { env } from '@/lib/server/platform/env';
import { KiB } from '@/lib/shared/bytes';
import type { DatasetView } from '@/lib/shared/schema/imports';
import { RowPrinter } from './row-printer';
import { stretchesOf } from './stretches';

export const exportQuery = z.object({
  format: z.enum(['csv', 'json']).default('csv'),
  /** `formulas`: cells that a spreadsheet program would run as a formula get an apostrophe in front. */
  escape: z.enum(['formulas']).optional(),
  /** The rows as they were seen at this moment. */
  at: momentInput.optional(),
});

/** What a page should have. Twice as much made an export no faster. */
const pageBytes = 512 * KiB;
/** Beyond so much, a page ends before its last row: its connection must not wait for somebody who reads slowly. */
const mostBytes = 4 * pageBytes;

/**
 * A dataset's current rows as text, header first, in file order. Two pages are in memory at most: the one that is
 * being sent, and the next one. Between pages no connection and no transaction is kept, so that somebody who reads
 * slowly holds up nobody.
 */
export function exportRows(dataset: DatasetView, query: z.infer<typeof exportQuery>): AsyncGenerator<Buffer> {
  return oneAhead(printedPages(dataset, query));
}

async function* printedPages(
  dataset: DatasetView,
  { format, escape: escaping, at }: z.infer<typeof exportQuery>,
): AsyncGenerator<Buffer> {
  // Fixed at the start: an undo or another import in the meantime neither cuts the file short nor mixes into it.
  const snapshot = await seeAt(dataset.id, at);
  const printer = new RowPrinter({ columns: dataset.columns, format, escaping: escaping !== undefined });
  printer.begin();
  const read = env().ROW_WRITER === 'copy' ? copyOut : select;
  let limit = 100;
  for (const nextRows of await stretchesOf(snapshot, dataset.key.length > 0)) {
    let after = 0;
    for (let whole = true; whole; ) {
      let rows = 0;
      let size = 0;
      let isCut = false;
      for await (const some of read(nextRows(after, limit))) {
        for (const { number, bytes, start, end } of some) {
          printer.add(bytes, start, end);
          after = number;
          size += end - start;
        }
        rows += some.length;
        isCut = printer.length > mostBytes;
        if (isCut) break;
      }
      whole = isCut || rows === limit;
      // Rows may grow a thousandfold from one place of a file to another: fewer at once, more by and by.
      if (rows > 0)
        limit = Math.max(1, Math.min(4 * limit, 20_000, Math.ceil((rows * pageBytes) / Math.max(1, size))));
      if (printer.length >= pageBytes) yield printer.take();
    }
  }
  printer.end();
  yield printer.take();
}

/** The same rows where the database cannot be asked to COPY. */
async function* select(query: string): AsyncGenerator<NumberedBytes[]> {
  const found = z
    .array(z.object({ number: z.number(), text: z.string() }))
    .parse(
      await readInIndexOrder(
        db().$queryRawUnsafe(`select number, "values"::text as text from (${query}) rows`),
      ),
    );
  yield found.map(({ number, text }) => {
    const bytes = Buffer.from(text);
    return { number, bytes, start: 0, end: bytes.length };
  });
}

/** Has the next piece made while the one before it is in use. */
async function* oneAhead<T>(pieces: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = pieces.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = pieces.next();
      // Whoever waits for it hears of its failure; until then it is not an error that nobody handles.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await pieces.return();
  }
}
