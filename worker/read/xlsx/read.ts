import { ImportFailure } from '@/lib/shared/schema/failure';
import type { Batch, ByteSource, Position, XlsxLayout } from '../source/types';
import { openSheet, readRows } from './sheet/read-rows';
import { RowBuilder } from './sheet/row-builder';
import { SharedStrings } from './values/shared-strings';
import { readStyles } from './values/styles';
import { openWorkbook } from './workbook';

/**
 * Streams the data rows of one sheet, in file order, as text cells.
 *
 * Position of a cell = column of the sheet (A = 0); rows end with their last cell that has a value. Rows without
 * any value are left out but counted: numbers are those that a spreadsheet program shows. Of merged cells the
 * top-left one has the value. Numbers are the shortest decimal of their double, dates are ISO 8601 text, formulas give their
 * stored result, errors their text and a problem.
 *
 * @param from continue after this row: the sheet is inflated and scanned again up to it, which costs about as
 *   much as reading it
 * @throws ImportFailure when the file cannot be read; outages of the source as they are
 */
export async function* readXlsx(
  source: ByteSource,
  layout: XlsxLayout,
  from: Position | null = null,
): AsyncGenerator<Batch> {
  const workbook = await openWorkbook(source);
  const sheet = workbook.sheets.find(({ name }) => name === layout.sheet);
  if (!sheet) {
    throw new ImportFailure('SHEET_NOT_FOUND', `The workbook has no sheet named “${layout.sheet}”.`);
  }
  const bytes = openSheet(workbook, sheet);
  const styles = await readStyles(workbook);
  const strings = await SharedStrings.load(workbook);
  try {
    const builder = new RowBuilder({
      sheet: sheet.name,
      strings,
      styles,
      date1904: layout.date1904,
      firstRow: Math.max(layout.firstRow, (from?.row ?? 0) + 1),
    });
    const scale = source.size / Math.max(1, bytes.stored);
    let before = from?.row ?? 0;
    for await (const _ of readRows(bytes, sheet.name, builder)) {
      const { rows, numbers, problems } = builder.take();
      const row = numbers.at(-1);
      if (row === undefined) continue;
      yield {
        rows,
        numbers,
        problems,
        start: { row: before, offset: null, line: before },
        position: { row, offset: null, line: row },
        bytes: Math.min(source.size, Math.round(bytes.consumed * scale)),
      };
      before = row;
    }
  } finally {
    strings.dispose();
  }
}
