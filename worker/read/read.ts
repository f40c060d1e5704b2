import { readCsv } from './csv/read-csv';
import { openUnpackedWorkbook } from './packed/unpacked-workbook';
import type { Batch, ByteSource, Compression, Layout, Position, XlsxLayout } from './types';
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
  if (layout.format === 'csv') return readCsv(source, layout, from);
  return layout.compression
    ? readPacked(source, layout, layout.compression, from)
    : readXlsx(source, layout, from);
}

async function* readPacked(
  source: ByteSource,
  layout: XlsxLayout,
  compression: Exclude<Compression, null>,
  from: Position | null,
): AsyncGenerator<Batch> {
  const workbook = await openUnpackedWorkbook(source, compression);
  try {
    const scale = source.size / Math.max(1, workbook.size);
    for await (const batch of readXlsx(workbook, layout, from)) {
      yield { ...batch, bytes: Math.round(batch.bytes * scale) };
    }
  } finally {
    await workbook.close();
  }
}
