import { readCsv } from './csv/read-csv';
import { isWrapped, openInnerWorkbook } from './packed/inner-workbook';
import type { Batch, ByteSource, Layout, Position, XlsxLayout } from './source/types';
import { readXlsx } from './xlsx/read';

/**
 * Streams the rows of a file whose layout is known.
 *
 * @param from checkpoint to resume after; earlier rows are not returned again
 * @throws ImportFailure when the file turns out not to be importable; anything else is an outage
 */
export function readRows(
  source: ByteSource,
  layout: Layout,
  from: Position | null = null,
): AsyncIterable<Batch> {
  if (layout.format === 'csv') return readCsv(source, layout, from);
  return isWrapped(layout) ? readInner(source, layout, from) : readXlsx(source, layout, from);
}

async function* readInner(
  source: ByteSource,
  layout: XlsxLayout,
  from: Position | null,
): AsyncGenerator<Batch> {
  const workbook = await openInnerWorkbook(source, layout);
  try {
    const scale = source.size / Math.max(1, workbook.size);
    for await (const batch of readXlsx(workbook, layout, from)) {
      yield { ...batch, bytes: Math.round(batch.bytes * scale) };
    }
  } finally {
    await workbook.close();
  }
}
