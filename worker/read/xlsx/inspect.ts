import { ownText } from '@/lib/server/platform/own-text';
import { GiB, MiB } from '@/lib/shared/bytes';
import { dataRows, emptyTableWarnings, findLeftOut, lastRows, leftOutCells } from '@/lib/shared/csv/left-out';
import { topOf } from '@/lib/shared/csv/read-table';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { placeWarnings } from '../csv/warnings';
import {
  type ByteSource,
  type Inspection,
  type LayoutChoices,
  limits,
  type XlsxLayout,
} from '../source/types';
import { readSheetTable } from './header-row';
import { hiddenWarnings } from './hidden-warnings';
import { chooseSheet, listSheets, sheetWarnings, storedSheet, surveyed } from './list-sheets';
import { readSheetEnd } from './read-end';
import { IndexCollector } from './sheet/index-collector';
import { openSheet, readRows } from './sheet/read-rows';
import { RowBuilder } from './sheet/row-builder';
import { SharedStrings, type StringTable } from './values/shared-strings';
import { readStyles } from './values/styles';
import { openWorkbook, type Workbook } from './workbook';

/** Inflated bytes of a sheet whose end is looked at while a person waits: 2 s, and 2 million rows of 7 cells. */
const inflatedAtOnce = GiB;

/** Rows above the header that a sample makes room for. */
const preambleRows = 100;

/** A sample ends at these as well: 1,000 rows may hold a thousand cells of a megabyte each. */
const sampleCells = 200_000;
const sampleCharacters = 4 * MiB;

/**
 * Finds out how a workbook is laid out from its head: its sheets, the one to read, the header row, the columns and
 * the first rows. Of the shared strings only those are read that the sample needs.
 *
 * @param choices sheet and header row, where a person chose them
 * @param toTheEnd inflate the sheet to its end, however large it is
 * @throws ImportFailure NO_ROWS, SHEET_NOT_FOUND, and those of reading
 */
export async function inspectXlsx(
  source: ByteSource,
  choices: LayoutChoices = {},
  toTheEnd = false,
): Promise<Inspection> {
  const workbook = await openWorkbook(source);
  const found = await listSheets(workbook, choices.sheet);
  const chosen = chooseSheet(found, choices.sheet);
  const sheet = await surveyed(workbook, chosen);
  const sheets = found.map((each) => (each === chosen ? sheet : each));
  const head = await readHead(workbook, sheet, choices.headerRow ?? null);
  if (head.rows.length === 0) {
    throw new ImportFailure('NO_ROWS', `The sheet “${sheet.name}” has no rows.`);
  }
  const table = readSheetTable(head.rows, choices.headerRow, choices.headerRows);
  const headerRow = table.headerRows[0]?.row ?? null;
  const firstRow = table.body[0]?.row ?? (table.headerRows.at(-1)?.row ?? 0) + 1;
  const body = head.rows.filter(({ row }) => row >= firstRow);
  const size = workbook.directory.find(sheet.part)?.entry.uncompressedSize ?? 0;
  const endUnknown = !head.isWhole && !toTheEnd && size > inflatedAtOnce;
  const end = head.isWhole
    ? body.slice(-lastRows)
    : endUnknown
      ? null
      : sameRows(body, await readSheetEnd(workbook, sheet));
  const headers = table.headerRows.map(({ cells }) => cells);
  const leftOut = findLeftOut(headers, body, end, head.isWhole, choices.leftOut);
  const sample = dataRows(body, leftOut, null).slice(0, limits.sampleSize);
  const layout: XlsxLayout = {
    format: 'xlsx',
    sheet: sheet.name,
    sheets: sheets.map((each) => storedSheet(each === sheet ? { ...each, hasRows: true } : each)),
    date1904: workbook.date1904,
    leftOut: leftOutCells(leftOut),
    ...(endUnknown ? { endUnknown } : {}),
    headerRow,
    firstRow,
  };
  return {
    layout,
    columns: table.columns,
    sample,
    top: topOf(head.rows, headerRow),
    headerSure: table.headerSure,
    leftOut,
    warnings: [
      ...sheetWarnings(sheets, sheet, choices.sheet !== undefined),
      ...hiddenWarnings(sheet, table.columns, firstRow),
      ...placeWarnings(table.above, table.headerRows),
      ...(head.isWhole ? emptyTableWarnings(table.headerRows, body) : []),
      ...table.warnings,
      ...head.warnings,
    ],
  };
}

/** Rows of the end that are among the first ones are the same objects there. */
function sameRows(body: NumberedRow[], end: NumberedRow[] | null): NumberedRow[] | null {
  const first = new Map(body.map((row) => [row.row, row]));
  return end?.map((row) => first.get(row.row) ?? row) ?? null;
}

interface Head {
  rows: NumberedRow[];
  /** No row comes after them. */
  isWhole: boolean;
  warnings: string[];
}

/** Reads the first rows twice: once to learn which shared strings they need, once with these. */
async function readHead(
  workbook: Workbook,
  sheet: Workbook['sheets'][number],
  headerRow: number | null,
): Promise<Head> {
  const styles = await readStyles(workbook);
  const build = (strings: StringTable) =>
    new RowBuilder({
      sheet: sheet.name,
      strings,
      styles,
      date1904: workbook.date1904,
      // Above a header that is near, rows are kept for the person to choose from.
      firstRow: headerRow !== null && headerRow > preambleRows ? headerRow : 1,
      noteNumbers: true,
    });
  const collector = new IndexCollector();
  await takeRows(workbook, sheet, build(collector));
  const strings = await SharedStrings.load(workbook, collector.needed);
  try {
    const builder = build(strings);
    const { rows, isWhole } = await takeRows(workbook, sheet, builder);
    return { rows, isWhole, warnings: cellWarnings(builder) };
  } finally {
    strings.dispose();
  }
}

async function takeRows(
  workbook: Workbook,
  sheet: Workbook['sheets'][number],
  builder: RowBuilder,
): Promise<{ rows: NumberedRow[]; isWhole: boolean }> {
  const sample: NumberedRow[] = [];
  let [cellCount, characters] = [0, 0];
  for await (const _ of readRows(openSheet(workbook, sheet), sheet.name, builder)) {
    const { rows, numbers, problems, numeric } = builder.take();
    const faulty = new Set(problems.map(({ row }) => row));
    for (const [index, cells] of rows.entries()) {
      const row = numbers[index] ?? 0;
      sample.push({
        row,
        cells: cells.map(ownText),
        ...(numeric[index] ? { numbers: numeric[index] } : {}),
        ...(faulty.has(row) ? { faulty: true } : {}),
      });
      cellCount += cells.length;
      for (const cell of cells) characters += cell.length;
      if (cellCount > sampleCells || characters > sampleCharacters) return { rows: sample, isWhole: false };
    }
    if (sample.length >= limits.sampleSize + preambleRows) return { rows: sample, isWhole: false };
  }
  return { rows: sample, isWhole: true };
}

function cellWarnings(builder: RowBuilder): string[] {
  const warnings: string[] = [];
  if (builder.uncalculated !== null) {
    warnings.push(
      `Cell ${builder.uncalculated} holds a formula without a result; such cells are read as empty. Open the workbook in a spreadsheet program and save it to have them calculated.`,
    );
  }
  if (builder.misnumbered !== null) {
    const from = builder.misnumbered.toLocaleString('en');
    warnings.push(
      builder.repeated === null
        ? `The workbook numbers its rows out of order from row ${from} on; they are counted in the order in which they stand.`
        : `The workbook has more than one row with the number ${builder.repeated.toLocaleString('en')}; from row ${from} on, rows are counted in the order in which they stand.`,
    );
  }
  if (builder.dayHidden !== null) {
    warnings.push(
      `Cell ${builder.dayHidden} is shown as a time but holds a day as well; only the time is read.`,
    );
  }
  return warnings;
}
