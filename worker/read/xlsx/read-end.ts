import { ownText } from '@/lib/server/platform/own-text';
import { KiB } from '@/lib/shared/bytes';
import { lastRows, unknownRow } from '@/lib/shared/csv/left-out';
import type { NumberedRow } from '@/lib/shared/csv/sniff/header';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { Tail } from '../packed/tail';
import type { XlsxSheet } from '../source/types';
import { utf8 } from './package/xml';
import { IndexCollector } from './sheet/index-collector';
import { openSheet } from './sheet/read-rows';
import { RowBuilder } from './sheet/row-builder';
import { SheetParser } from './sheet/sheet-parser';
import { SharedStrings, type StringTable } from './values/shared-strings';
import { readStyles } from './values/styles';
import type { Workbook } from './workbook';

/** Inflated bytes of a sheet's end: the last 60 rows of 100 cells. */
const endBytes = 256 * KiB;

const rowTag = /<(?:[\w.-]+:)?row[\s/>]/;
const numberedRow = /^<[^>]*?\sr\s*=/;

/**
 * The last rows of a sheet, of which all is inflated and only the end is parsed. Rows that do not say their number have
 * none.
 *
 * @returns null where the end is no rows that can be read, which reading all of them will tell
 */
export async function readSheetEnd(workbook: Workbook, sheet: XlsxSheet): Promise<NumberedRow[] | null> {
  try {
    const tail = new Tail(endBytes);
    for await (const piece of utf8(openSheet(workbook, sheet))) tail.push(piece);
    const text = tail.take().bytes.toString('latin1');
    const first = text.search(rowTag);
    if (first < 0) return null;
    return await rowsOf(workbook, sheet, text.slice(first));
  } catch (error) {
    if (error instanceof ImportFailure) return null;
    throw error;
  }
}

/** @param markup from the start tag of a row to the end of the sheet, a byte a character */
async function rowsOf(workbook: Workbook, sheet: XlsxSheet, markup: string): Promise<NumberedRow[]> {
  const prefix = /^<([\w.-]+:)?/.exec(markup)?.[1] ?? '';
  const whole = Buffer.from(`<${prefix}worksheet><${prefix}sheetData>${markup}`, 'latin1');
  const styles = await readStyles(workbook);
  const build = (strings: StringTable) =>
    new RowBuilder({ sheet: sheet.name, strings, styles, date1904: workbook.date1904, firstRow: 1 });
  const collector = new IndexCollector();
  parse(whole, sheet.name, build(collector));
  const strings = await SharedStrings.load(workbook, collector.needed);
  try {
    const offset = numberedRow.test(markup) ? 0 : unknownRow;
    return parse(whole, sheet.name, build(strings)).map(({ row, cells }) => ({ row: row + offset, cells }));
  } finally {
    strings.dispose();
  }
}

function parse(whole: Buffer, name: string, builder: RowBuilder): NumberedRow[] {
  const found: NumberedRow[] = [];
  const take = () => {
    const { rows, numbers } = builder.take();
    found.push(...rows.map((cells, i) => ({ row: numbers[i] ?? 0, cells: cells.map(ownText) })));
  };
  const parser = new SheetParser(builder, name);
  parser.feed(whole);
  while (parser.advance()) take();
  parser.end();
  builder.endRows();
  take();
  return found.slice(-lastRows);
}
