import { readCsv } from './csv/read-csv';
import type { Batch, ByteSource, Layout, Position } from './types';
import { readXlsx } from './xlsx/read';

/**
 * Streams the rows of a file whose layout is known.
 *
 * @param from where an earlier reading stopped; nothing up to it is given out again
 * @throws ImportFailure when the file turns out not to be importable; anything else is an outage
 */
export function readRows(
  source: ByteSource,
  layout: Layout,
  from: Position | null = null,
): AsyncIterable<Batch> {
  return layout.format === 'xlsx' ? readXlsx(source, layout, from) : readCsv(source, layout, from);
}
