import { ImportFailure } from '@/lib/imports/failure';
import type { Batch, ByteSource, Position, XlsxLayout } from '../types';

// biome-ignore lint/correctness/useYield: replaced by the workbook reader
export async function* readXlsx(
  _source: ByteSource,
  _layout: XlsxLayout,
  _from?: Position | null,
): AsyncGenerator<Batch> {
  throw new ImportFailure('UNSUPPORTED_FORMAT', 'Workbooks cannot be read yet.');
}
