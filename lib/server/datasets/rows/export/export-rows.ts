import { z } from 'zod';
import { momentInput, snapshotAt } from '@/lib/server/datasets/versions/snapshot';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { openPages, pageBytes } from './printed-pages';
import { stretchesOf } from './stretches';

export const exportQuery = z.object({
  format: z.enum(['csv', 'json']).default('csv'),
  /** `formulas`: cells that a spreadsheet program would run as a formula get an apostrophe in front. */
  escape: z.enum(['formulas']).optional(),
  /** The rows as they were seen at this moment. */
  at: momentInput.optional(),
});

/**
 * A dataset's current rows as text, header first, in file order. Two pages are in memory at most: the one that is
 * being sent, and the next one. Between pages no connection and no transaction is kept, so that a slow
 * reader blocks nobody.
 */
export function exportRows(dataset: DatasetView, query: z.infer<typeof exportQuery>): AsyncGenerator<Buffer> {
  return oneAhead(printedPages(dataset, query));
}

async function* printedPages(
  dataset: DatasetView,
  { format, escape: escaping, at }: z.infer<typeof exportQuery>,
): AsyncGenerator<Buffer> {
  // Fixed at the start: an undo or another import in the meantime neither cuts the file short nor mixes into it.
  const snapshot = await snapshotAt(dataset.id, at);
  const keyed = dataset.key.length > 0;
  const pages = await openPages(dataset, { format, escaping: escaping !== undefined }, keyed);
  const { printer } = pages;
  printer.begin();
  let limit = 100;
  for (const stretch of await stretchesOf(snapshot, keyed)) {
    let after = 0;
    let read = 0;
    for (let isMore = true; isMore; ) {
      const page = await pages.print(stretch, after, limit);
      read += page.rows;
      after = page.reached;
      isMore = read !== stretch.rows && (await stretch.goesOn(page, page.isFull));
      // Rows may become a thousand times wider within one file: start with few and grow.
      if (page.rows > 0)
        limit = Math.max(
          1,
          Math.min(4 * limit, 20_000, Math.ceil((page.rows * pageBytes) / Math.max(1, page.size))),
        );
      if (printer.length >= pageBytes) yield printer.take();
    }
  }
  printer.end();
  yield printer.take();
}

/** Prepares the next piece while the current one is in use. */
async function* oneAhead<T>(pieces: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = pieces.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = pieces.next();
      // The consumer gets the error; until then it must not count as an unhandled rejection.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await pieces.return();
  }
}
