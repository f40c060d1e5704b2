import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { Batch, ByteSource, Position, XlsxLayout } from '../source/types';
import type { PartStream } from '../zip/part';
import { utf8 } from './package/xml';
import { openSheet, readPieces } from './sheet/read-rows';
import { RowBuilder, type RowBuilderOptions } from './sheet/row-builder';
import { SharedStrings } from './values/shared-strings';
import { readStyles, type StyleKinds } from './values/styles';
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
  const table = await openTable(source, layout, from);
  try {
    yield* tableRows(table, utf8(table.bytes), from?.row ?? 0);
  } finally {
    table.options.strings.dispose();
  }
}

/** A sheet whose rows are about to be read, and what its cells refer to. */
export interface OpenTable {
  /** Its stored bytes. */
  bytes: PartStream;
  options: RowBuilderOptions & { strings: SharedStrings; styles: StyleKinds };
  /** Bytes of the stored file that were read so far: progress. */
  progress(): number;
}

/**
 * Opens the sheet that a layout names. Its strings are to be disposed of.
 * @throws ImportFailure as {@link readXlsx}
 */
export async function openTable(
  source: ByteSource,
  layout: XlsxLayout,
  from: Position | null,
): Promise<OpenTable> {
  const workbook = await openWorkbook(source);
  const sheet = workbook.sheets.find(({ name }) => name === layout.sheet);
  if (!sheet) {
    throw new ImportFailure('SHEET_NOT_FOUND', `The workbook has no sheet named “${layout.sheet}”.`);
  }
  const bytes = openSheet(workbook, sheet);
  const scale = source.size / Math.max(1, bytes.stored);
  return {
    bytes,
    options: {
      sheet: sheet.name,
      styles: await readStyles(workbook),
      strings: await SharedStrings.load(workbook),
      date1904: layout.date1904,
      firstRow: Math.max(layout.firstRow, (from?.row ?? 0) + 1),
    },
    progress: () => Math.min(source.size, Math.round(bytes.consumed * scale)),
  };
}

/**
 * The rows of an open sheet.
 * @param pieces its UTF-8 bytes, or what follows a row
 * @param givenOut the last row that was given out before
 * @param afterRow the row that the pieces follow; 0 where they are all of the sheet
 */
export async function* tableRows(
  { options, progress }: OpenTable,
  pieces: AsyncIterable<Buffer>,
  givenOut: number,
  afterRow = 0,
): AsyncGenerator<Batch> {
  const builder = new RowBuilder({ ...options, afterRow });
  let before = givenOut;
  for await (const _ of readPieces(pieces, options.sheet, builder)) {
    const { rows, numbers, problems } = builder.take();
    const row = numbers.at(-1);
    if (row === undefined) continue;
    yield {
      rows,
      numbers,
      problems,
      start: { row: before, offset: null, line: before },
      position: { row, offset: null, line: row },
      bytes: progress(),
    };
    before = row;
  }
}
