import type { WorkBook } from '@e965/xlsx';

/** Tables, their columns and rows (ODF 1.2 part 1, 9.1), none of which may stand in a text. */
const element = /<(\/?)table:table(-column|-row)?(?=[\s/>])([^<>]*)>/g;
const isHidden = /\btable:visibility="(?:collapse|filter)"/;
const repeated = /\btable:number-(?:columns|rows)-repeated="(\d{1,7})"/;
/** Of a sheet; more are cut off anyway. */
const mostColumns = 16_384;

/** Marks hidden rows and columns of a workbook: the library does not read them from an OpenDocument file. */
export function hideInOds(book: WorkBook, xml: string): void {
  let [sheet, depth, row, column] = [-1, 0, 0, 0];
  for (const [, close = '', part = '', attributes = ''] of xml.matchAll(element)) {
    if (part === '') {
      // A table within a cell is none of the sheets.
      if (!close && depth === 0) [sheet, row, column] = [sheet + 1, 0, 0];
      if (close) depth--;
      else if (!attributes.endsWith('/')) depth++;
      continue;
    }
    if (close || depth !== 1) continue;
    const count = Number(repeated.exec(attributes)?.[1] ?? 1);
    const found = book.Sheets[book.SheetNames[sheet] ?? ''];
    if (part === '-row') {
      if (found && isHidden.test(attributes))
        hide((found['!rows'] ??= []), row, count, found['!data']?.length ?? 0);
      row += count;
    } else {
      if (found && isHidden.test(attributes)) hide((found['!cols'] ??= []), column, count, mostColumns);
      column += count;
    }
  }
}

function hide(said: ({ hidden?: boolean } | undefined)[], first: number, count: number, most: number): void {
  for (let at = first; at < Math.min(first + count, most); at++) said[at] = { hidden: true };
}
