import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { mostComments } from '@/lib/shared/schema/file/workbook-limits';
import { mostInExcel } from './correction-file';

/** A row of the file of rejections. */
export interface RejectionRecord {
  cells: string[];
  /** Positions in {@link cells} of those that are at fault, and why. */
  faults: Map<number, string>;
}

/** Check backpressure every 200 rows. */
const rowsAtATime = 200;

const invalidCellFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFD9D4' } } as const;

/** The rows as a workbook, made while it is sent: cells at fault are coloured and have the reason as a comment. */
export async function* writeRejectionWorkbook(
  header: string[],
  records: AsyncIterable<RejectionRecord>,
): AsyncGenerator<Uint8Array> {
  const out = new PassThrough();
  const written = write(out, header, records);
  written.catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  for await (const piece of out) yield piece;
  await written;
}

async function write(
  out: PassThrough,
  header: string[],
  records: AsyncIterable<RejectionRecord>,
): Promise<void> {
  // Loaded on first use; most requests never need it.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
  });
  const sheet = workbook.addWorksheet('Rejected rows', { views: [{ state: 'frozen', ySplit: 1 }] });
  // As text, so that leading zeros and dates stay what they are when a cell is edited.
  sheet.columns = header.map((name) => ({
    width: Math.min(40, Math.max(12, name.length + 4)),
    style: { numFmt: '@' },
  }));
  const first = sheet.addRow(header);
  first.font = { bold: true };
  first.commit();
  let comments = 0;
  let rows = 0;
  for await (const { cells, faults } of records) {
    const row = sheet.addRow(cells.map((cell) => cell.slice(0, mostInExcel)));
    for (const [place, reason] of faults) {
      const cell = row.getCell(place + 1);
      cell.fill = invalidCellFill;
      if (place < cells.length - 1 && comments++ < mostComments) cell.note = reason;
    }
    row.commit();
    if (++rows % rowsAtATime === 0 && out.writableNeedDrain) await once(out, 'drain');
  }
  sheet.commit();
  await workbook.commit();
}
