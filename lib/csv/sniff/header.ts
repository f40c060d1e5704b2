import { type CellKind, cellKind } from './cell-kind';
import { usualWidth } from './score';

/** A record of the sample and the row number it has in the file. */
export interface NumberedRow {
  row: number;
  cells: string[];
  /** Places of the cells that a workbook has as numbers, and not as texts. */
  numbers?: ReadonlySet<number>;
  /** It holds an error value or bytes that are no text: it will not be stored. */
  faulty?: boolean;
}

/** Where the table begins, as indices into the sample. */
export interface TableStart {
  /** First row of the header, or null. */
  header: number | null;
  /** First data row; the sample's length if there is none. The header goes up to here. */
  first: number;
  /** The first row of all names the columns, and something below shows it: nobody need be asked. */
  sure: boolean;
}

const bodyLookedAt = 200;
/** More rows than this above a table are another table, not a preamble. */
const preambleMax = 50;
const headerRowsMax = 4;

/** Finds where the table starts, past any preamble, and which of its first rows name the columns. */
export function findHeader(rows: NumberedRow[]): TableStart {
  const start = tableStart(rows);
  const candidate = rows[start];
  if (candidate === undefined) return { header: null, first: rows.length, sure: false };
  const body = rows.slice(start + 1, start + 1 + bodyLookedAt).map(({ cells }) => cells);
  if (!isHeader(candidate.cells, body)) return { header: null, first: start, sure: false };
  let first = start + 1;
  while (first < start + headerRowsMax && continuesHeader(candidate.cells, rows, first)) first++;
  return { header: start, first, sure: first === 1 && standsOut(candidate.cells, body) };
}

/**
 * Whether something shows that a row names the columns: it has a name above values of another kind, or above few
 * values that come again and again without it.
 */
export function standsOut(cells: string[], body: string[][]): boolean {
  return cells.some((cell, column) => {
    const kind = cellKind(cell);
    const single = kind === 'boolean' && cell.trim().length === 1;
    if (!isName(kind) && !single) return false;
    const below = valuesBelow(body, column);
    const usual = typeOf(below);
    if (usual !== null) return usual !== kind;
    const recurring = below.length >= 4 && new Set(below).size <= below.length / 2;
    return recurring && !below.includes(cell);
  });
}

/** Index of the first row that is as wide as the table and not merely a title padded with empty cells. */
function tableStart(rows: NumberedRow[]): number {
  const width = usualWidth(rows.map(({ cells }) => cells.length));
  const isWide = (cells: string[]) => cells.length > width / 2;
  const start = rows.findIndex(({ cells }) => isWide(cells));
  if (start < 0 || start > preambleMax) return 0;
  if (width < 3) return start;
  const filled = (cells: string[]) => cells.filter((cell) => cell.trim() !== '').length;
  const isTitle = (cells: string[]) => !isWide(cells) || (filled(cells) <= 1 && cells[0] !== '');
  let full = start;
  while (full < start + 20 && isPreamble(rows[full])) full++;
  // Titles padded with delimiters: only when a fuller row follows them.
  return filled(rows[full]?.cells ?? []) > width / 2 ? full : start;

  function isPreamble(row: NumberedRow | undefined): boolean {
    return row !== undefined && (isTitle(row.cells) || (full > start && filled(row.cells) === 0));
  }
}

function isHeader(candidate: string[], body: string[][]): boolean {
  const kinds = candidate.map(cellKind);
  if (kinds.every((kind) => kind === 'empty')) return true;
  if (body.length === 0) return kinds.every((kind) => isName(kind) || kind === 'empty' || kind === 'boolean');
  if (isCountingRow(candidate) && !body.slice(0, 5).some(isCountingRow)) return true;
  const votes = candidate.reduce(
    (sum, cell, column) => sum + columnVote(cell, kinds[column] ?? 'empty', valuesBelow(body, column)),
    0,
  );
  if (votes !== 0) return votes > 0;
  // Nothing tells: names are text, and a table without a header is the exception.
  return !kinds.some((kind) => kind === 'number' || kind === 'date' || kind === 'time' || kind === 'address');
}

/** Positive if the cell looks like a name above its column's values, negative if like one of them. */
function columnVote(cell: string, kind: CellKind, below: string[]): number {
  if (kind === 'empty') return 0;
  const single = kind === 'boolean' && cell.trim().length === 1;
  const named = isName(kind) || single;
  if (below.length === 0) return named ? 0 : -1;
  const usual = typeOf(below);
  if (usual !== null) {
    if (kind === usual) return isYear(cell) && !below.some(isYear) ? 0 : -2;
    return named || kind === 'boolean' ? 2 : -1;
  }
  if (!named) return kind === 'boolean' ? 0 : -1.5;
  // The same text further down: a value, not a name.
  if (below.includes(cell)) return -1;
  const length = below.reduce((sum, text) => sum + text.length, 0) / below.length;
  return length > cell.length * 3 ? 0.5 : 0;
}

/**
 * Whether a row goes on naming the columns: units, a second line of titles, the header once more. It has to
 * put a name above every column of numbers or dates, and there have to be two of these at least.
 */
function continuesHeader(header: string[], rows: NumberedRow[], index: number): boolean {
  const cells = rows[index]?.cells ?? [];
  const body = rows.slice(index + 1, index + 1 + bodyLookedAt).map((row) => row.cells);
  if (body.length === 0 || cells.length !== header.length) return false;
  if (cells.every((cell, i) => cell === header[i]) && header.length > 1) return true;
  const typed = header.map((_, column) => typeOf(valuesBelow(body, column)) !== null);
  const titled = cells.every((cell, i) => (typed[i] ? isName(cellKind(cell)) : !isValue(cellKind(cell))));
  return titled && typed.filter(Boolean).length >= 2;
}

function valuesBelow(body: string[][], column: number): string[] {
  return body.map((cells) => cells[column] ?? '').filter((text) => text.trim() !== '');
}

/** The kind of a column's values where that is a clear one: numbers, dates, times, addresses, yes and no. */
function typeOf(values: string[]): CellKind | null {
  const counts = new Map<CellKind, number>();
  for (const kind of values.map(cellKind)) {
    if (kind !== 'empty') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const [kind, count] of counts) {
    if (!isName(kind) && count >= total * 0.6) return kind;
  }
  return null;
}

function isName(kind: CellKind): boolean {
  return kind === 'text' || kind === 'code';
}

function isValue(kind: CellKind): boolean {
  return kind === 'number' || kind === 'date' || kind === 'time' || kind === 'address';
}

/** 1, 2, 3, … or 0, 1, 2, …: numbers that merely count columns. */
function isCountingRow(cells: string[]): boolean {
  const start = Number(cells[0]);
  return (
    cells.length > 2 && (start === 0 || start === 1) && cells.every((cell, i) => cell === String(start + i))
  );
}

function isYear(cell: string): boolean {
  return /^(?:19|20)\d\d$/.test(cell.trim());
}
