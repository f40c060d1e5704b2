import { isBlankRow } from '../blank';
import type { LeftOutRowsView } from '../schema/file/inspection';
import type { LayoutChoicesInput } from '../schema/file/layout';
import { type LeftOutKind, leftOutKinds } from '../schema/file/left-out-kinds';
import { cellKind } from './sniff/cell-kind';
import type { NumberedRow } from './sniff/header';
import { cells as counted, isLine, isName, isSame, typeOf, valuesBelow } from './sniff/header-votes';

/** Rows of one kind, and whether they are left out. */
export interface LeftOutRows extends LeftOutRowsView {
  rows: NumberedRow[];
}

/** What a person has said of kinds of rows. */
export type LeftOutChoices = NonNullable<LayoutChoicesInput['leftOut']>;

/** A total or a note stands so near to the end. */
const endRows = 20;
/** Rows of a kind beyond these are data that look odd. */
const mostOfAKind = 50;
/** Numbers from here on are of rows at the end of a file, which nobody has counted. */
export const unknownRow = 2 ** 50;
/** A longer row is not compared with every row of the file. */
const mostCharacters = 4_000;

/** Where more rows than these have but one cell filled, such a row is nothing special. */
const loneShare = 0.05;

const totalWord =
  /^(?:grand |sub[- ]?)?(?:totals?|sum|gesamt(?:summe)?|summe|insgesamt|total général|totale|totaal|suma|łącznie|razem|celkem|összesen|итого|всего|合計|总计)\b|^(?:итого|всего|合計|总计)/i;
const noteWord =
  /^(?:[*†‡§¹²³]|\(?\d\)\s|\(?\d[\d,.]* rows?\b|(?:sources?|notes?|footnotes?|remarks?|quellen?|hinweis(?:e)?|anmerkung(?:en)?|fußnoten?|remarques?|fuentes?|notas?|fonte|bron|created|generated|printed|exported|end of (?:file|report)|eof|©|copyright)\b)/i;

/**
 * Finds the rows of a table that are none of its data: its header once more, totals, notes below it, lines of dashes.
 *
 * @param headers the rows of the header
 * @param body the first rows below it
 * @param end the last rows of the file, those of `body` perhaps; null where they are not known
 * @param isWhole whether `body` holds every row, so that sums can be drawn
 */
export function findLeftOut(
  headers: string[][],
  body: NumberedRow[],
  end: NumberedRow[] | null,
  isWhole: boolean,
  choices: LeftOutChoices = {},
): LeftOutRows[] {
  // Without rows, the last ones of the file are its header.
  if (body.length === 0) return [];
  const table = new TableShape(headers, body);
  const all = [...body, ...(end ?? []).filter(({ row }) => row > (body.at(-1)?.row ?? 0))];
  const found: Record<LeftOutKind, NumberedRow[]> = { HEADER: [], TOTAL: [], NOTE: [], LINE: [] };
  for (const row of all) {
    if (table.repeatsHeader(row.cells)) found.HEADER.push(row);
    else if (table.isLine(row.cells)) found.LINE.push(row);
  }
  const odd = new Set([...found.HEADER, ...found.LINE]);
  const last = (end ?? [])
    .filter(({ row }) => row >= (body[0]?.row ?? 0))
    .filter((row) => !odd.has(row) && !isBlankRow(row.cells) && !isPadding(row.cells));
  let at = last.length - 1;
  for (; at > 0 && at >= last.length - endRows; at--) {
    const row = last[at];
    if (!row || !table.isNote(row, last[at - 1])) break;
    found.NOTE.unshift(row);
  }
  const notes = new Set(found.NOTE);
  found.TOTAL = all.filter(
    (row) => !odd.has(row) && !notes.has(row) && table.isTotal(row.cells, last.indexOf(row), at),
  );
  const sums = isWhole
    ? body
        .filter((row) => !odd.has(row) && !notes.has(row) && !found.TOTAL.includes(row))
        .map(({ cells }) => cells)
    : null;
  const sure = found.TOTAL.every(
    ({ cells }) => table.isScant(cells) || (sums !== null && addsUp(cells, sums)),
  );
  return leftOutKinds.flatMap((kind) => {
    const rows = found[kind].filter(({ cells }) => cells.join('').length <= mostCharacters);
    if (rows.length === 0 || rows.length > mostOfAKind) return [];
    const isLeftOut = choices[kind] ?? (kind !== 'TOTAL' || sure);
    return [{ kind, isLeftOut, says: sentence(kind, rows, isLeftOut), rows }];
  });
}

/** Said of a file that ends with its header. */
export function emptyTableWarnings(headerRows: NumberedRow[], body: NumberedRow[]): string[] {
  const isEmpty = headerRows.length > 0 && body.every(({ cells }) => isBlankRow(cells));
  return isEmpty ? ['The file has a header but no rows.'] : [];
}

/** Of the last rows of a file, so many are looked at. */
export const lastRows = 60;

/**
 * The rows of a table that are its data: neither blank nor left out. Those that will be rejected for their width are
 * marked, since they tell nothing of their columns.
 */
export function dataRows(
  body: NumberedRow[],
  leftOut: LeftOutRows[],
  widths: { fewest: number; most: number } | null,
): NumberedRow[] {
  const none = new Set(leftOut.flatMap(({ isLeftOut, rows }) => (isLeftOut ? rows : [])));
  return body
    .filter((row) => !none.has(row) && !isBlankRow(row.cells) && !isPadding(row.cells))
    .map((row) => {
      const { length } = row.cells;
      const fits = widths === null || (length >= widths.fewest && length <= widths.most);
      return fits ? row : { ...row, faulty: true };
    });
}

/** The rows that are left out, as a layout keeps them. */
export function leftOutCells(leftOut: LeftOutRows[]): string[][] {
  return leftOut.flatMap(({ isLeftOut, rows }) => (isLeftOut ? rows.map(({ cells }) => cells) : []));
}

const padding = new Set(['\0', '␀', '\u001a']);

/** Nothing but NULs or the sign at which DOS ends a text: what fills a file up to its length. */
export function isPadding(cells: string[]): boolean {
  const [first = '', ...rest] = cells;
  // NULs come made presentable.
  return (
    first !== '' &&
    rest.every((cell) => cell.trim() === '') &&
    [...first].every((char) => padding.has(char) || char.trim() === '')
  );
}

/** Tells rows that are to be left out by what stands in them, wherever in the file they stand. */
export class LeftOutSet {
  private readonly keys: Set<string>;
  /** By the first character of the first cell: nearly every row ends there. */
  private readonly firsts: Set<number>;
  private readonly beyondAscii: boolean;

  constructor(rows: string[][]) {
    this.keys = new Set(rows.map(keyOf));
    this.firsts = new Set(rows.map(([cell = '']) => firstOf(cell)));
    this.beyondAscii = [...this.firsts].some((code) => code >= 0x80);
  }

  has(cells: string[]): boolean {
    const [first = ''] = cells;
    if (this.firsts.has(firstOf(first)) && this.keys.has(keyOf(cells))) return true;
    const code = first.charCodeAt(0);
    return (code === 0x1a || code === 0x2400) && isPadding(cells);
  }

  /** Whether a row may be among them, by the first byte of its first cell; without one, by that it has none. */
  mayHave(firstByte: number | null): boolean {
    if (firstByte === 0x1a) return true;
    if (this.keys.size === 0) return false;
    if (firstByte === null) return this.firsts.has(0);
    return firstByte <= 0x20 || (firstByte >= 0x80 ? this.beyondAscii : this.firsts.has(firstByte));
  }
}

const firstOf = (cell: string) => cell.trimStart().charCodeAt(0) || 0;

const keyOf = (cells: string[]) => JSON.stringify(counted.trimmed(cells).map((cell) => cell.trim()));

class TableShape {
  private readonly width: number;
  private readonly usualFill: number;
  /** The first column that most rows fill. */
  private readonly firstColumn: number;
  private readonly firstKind: string | null;
  private readonly longest: number;
  private readonly loneRows: number;

  constructor(
    private readonly headers: string[][],
    body: NumberedRow[],
  ) {
    const all = body.map(({ cells }) => cells).filter((cells) => !isBlankRow(cells) && !isLine(cells));
    // Without the notes at its end, if there are any.
    const rows = all.slice(0, all.findLastIndex((cells) => counted.filled(cells) > 1) + 1);
    const filled = rows.map(counted.filled).sort((a, b) => a - b);
    this.usualFill = filled[Math.floor(filled.length / 2)] ?? 0;
    this.width = Math.max(0, ...headers.map((cells) => cells.length), rows[0]?.length ?? 0);
    this.loneRows = filled.filter((count) => count <= 1).length / Math.max(1, filled.length);
    this.firstColumn = Math.max(
      0,
      (rows[0] ?? []).findIndex((_, column) => valuesBelow(rows, column).length > rows.length / 2),
    );
    const firsts = valuesBelow(
      rows.filter((cells) => counted.filled(cells) > 1),
      this.firstColumn,
    );
    this.firstKind = typeOf(firsts);
    this.longest = Math.max(0, ...firsts.map((cell) => cell.length));
  }

  repeatsHeader(cells: string[]): boolean {
    return this.headers.some((header) => {
      const names = header.filter((cell) => cell.trim() !== '');
      return names.length > 1 && new Set(names).size === names.length && isSame(cells, header);
    });
  }

  isLine(cells: string[]): boolean {
    return this.usualFill > 1 && isLine(cells);
  }

  /** Fewer cells are filled than usually. */
  isScant(cells: string[]): boolean {
    return counted.filled(cells) < this.usualFill;
  }

  /** @param place among the last rows, -1 elsewhere; and that of the last one that is no note */
  isTotal(cells: string[], place: number, last: number): boolean {
    const first = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
    if (this.usualFill < 2 || counted.filled(cells) < 2 || !totalWord.test(first)) return false;
    const isNumbered = cells.some((cell) => cellKind(cell) === 'number');
    return isNumbered && ((place >= 0 && place >= last - 1) || this.isScant(cells));
  }

  /** Text alone on its row where rows have more cells, and something that shows that it is not a row cut short. */
  isNote({ row, cells, faulty }: NumberedRow, before: NumberedRow | undefined): boolean {
    if (this.usualFill < 2 || this.loneRows > loneShare) return false;
    const filled = counted.filled(cells);
    const text = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
    if (!isName(cellKind(text)) || totalWord.test(text)) return filled <= 1 && noteWord.test(text);
    const apart = before !== undefined && row > before.row + 1;
    // One that columns of fixed width cut in the middle is as wide as the table.
    const isCut = cells.length !== this.width || faulty === true;
    if (filled > 1) return noteWord.test(text) && isCut && filled <= this.width / 2 + 1;
    if (noteWord.test(text)) return true;
    const inFirst = (cells[this.firstColumn] ?? '').trim() !== '';
    return inFirst && (apart || this.firstKind !== null || text.length > Math.max(20, this.longest * 2));
  }
}

/** Whether every number of a row is the sum of its column. */
function addsUp(cells: string[], rows: string[][]): boolean {
  const sums = cells.flatMap((cell, column) => {
    const said = numberOf(cell);
    if (said === null) return [];
    const values = rows.map((row) => numberOf(row[column] ?? ''));
    const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0);
    return [Math.abs(sum - said) <= Math.abs(said) * 1e-6 + 0.005];
  });
  return sums.length > 0 && sums.some(Boolean);
}

function numberOf(cell: string): number | null {
  const text = cell.trim();
  if (!/^[-+]?\d[\d.,]*$/.test(text)) return null;
  const decimal = /^[-+]?\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text.replaceAll(',', '');
  const value = Number(decimal);
  return Number.isFinite(value) ? value : null;
}

const called: Record<LeftOutKind, [one: string, more: string]> = {
  HEADER: ['repeats the header', 'repeat the header'],
  TOTAL: ['looks like a total', 'look like totals'],
  NOTE: ['looks like a note below the table', 'look like notes below the table'],
  LINE: ['is a line of dashes', 'are lines of dashes'],
};
/** Rows that a sentence names by number. */
const mostNamed = 3;

function sentence(kind: LeftOutKind, rows: NumberedRow[], isLeftOut: boolean): string {
  const [first] = rows;
  const text =
    first?.cells
      .find((cell) => cell.trim() !== '')
      ?.replace(/\s+/g, ' ')
      .trim() ?? '';
  const shown = `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
  const isOne = rows.length === 1;
  const known = rows.every(({ row }) => row < unknownRow);
  const numbers = rows.slice(0, mostNamed).map(({ row }) => row.toLocaleString('en'));
  const more = rows.length > mostNamed ? ` and ${rows.length - mostNamed} more` : '';
  const where = known
    ? `${isOne ? 'Row' : 'Rows'} ${numbers.join(', ')}${more}`
    : `${isOne ? 'A row' : `${rows.length} rows`} at the end of the file`;
  const becomes = isLeftOut
    ? isOne
      ? 'is left out'
      : 'are left out'
    : isOne
      ? 'is imported as data'
      : 'are imported as data';
  return `${where} (${shown}) ${called[kind][isOne ? 0 : 1]} and ${becomes}.`;
}
