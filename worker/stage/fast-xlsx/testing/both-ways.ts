import type { ByteSource, Position, XlsxLayout } from '@/worker/read/source/types';
import { readXlsx } from '@/worker/read/xlsx/read';
import { MemorySource } from '@/worker/read/xlsx/testing/memory-source';
import { workbookEntries } from '@/worker/read/xlsx/testing/workbook-writer';
import { zipBytes } from '@/worker/read/xlsx/testing/zip-writer';
import { encodeBatches } from '@/worker/stage/encode-batches';
import { outcomeOf } from '@/worker/stage/fast-csv/testing/both-ways';
import type { EncodePlan } from '@/worker/stage/plan';
import { encodeFastXlsx } from '../encode-fast-xlsx';

/** The first sheet of a workbook, all rows of which are data from that one on. */
export const sheetLayout = (firstRow: number, sheet = 'Sheet1'): XlsxLayout => ({
  format: 'xlsx',
  sheet,
  sheets: [],
  date1904: false,
  headerRow: null,
  firstRow,
});

/** Fifty texts, the seventh of which is empty. */
const texts = Array.from({ length: 50 }, (_, i) => (i === 7 ? '<t/>' : `<t>text ${i}</t>`));

/**
 * A workbook of one sheet, with what the sheets of SheetMaker refer to.
 * @param chunk bytes that its source gives out at a time
 */
export async function workbookOf(xml: Uint8Array, chunk?: number): Promise<MemorySource> {
  const formats = [14, 22, 20, 46, '00000', '0.00'];
  const entries = workbookEntries({ sheets: [{ xml }], strings: texts, formats });
  return new MemorySource(await zipBytes(entries), 'fuzz.xlsx', chunk);
}

/** The way by strings: read, check, encode. */
export const generalWay = (
  source: ByteSource,
  layout: XlsxLayout,
  plan: EncodePlan,
  from: Position | null = null,
) => outcomeOf(plan, encodeBatches(readXlsx(source, layout, from), plan));

/** The way by bytes. */
export const fastWay = (
  source: ByteSource,
  layout: XlsxLayout,
  plan: EncodePlan,
  from: Position | null = null,
  piece?: number,
) => outcomeOf(plan, encodeFastXlsx(source, layout, plan, from, piece));
