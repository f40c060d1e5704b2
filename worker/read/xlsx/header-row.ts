import { standsOut } from '@/lib/csv/sniff/header';

/** Rows looked at to find the header; preambles are shorter, and a header after more of them is for a person to say. */
const rowsLookedAt = 50;

/** A row is part of the table when it fills this share of its columns: titles and notes fill one or two. */
const tableShare = 0.6;

export interface SampleRow {
  row: number;
  cells: string[];
}

/** Where the table begins. */
export interface HeaderProposal {
  /** Row number of the header, null where the first row of the table looks like all the others. */
  headerRow: number | null;
  /** Row number of the first data row. */
  firstRow: number;
  /** The first row of all is the header, and something below shows it: nobody need be asked. */
  sure: boolean;
}

/**
 * Proposes the header: the first row that fills most of the table's columns, unless more of its cells are like
 * those below them (numbers above numbers) than are not (texts above numbers).
 *
 * @param rows the first rows that have a value; at least one
 */
export function proposeHeader(rows: SampleRow[]): HeaderProposal {
  const head = rows.slice(0, rowsLookedAt);
  const filled = head.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
  const width = typicalWidth(filled);
  const index = filled.findIndex((count) => count >= width * tableShare);
  const first = head[Math.max(0, index)];
  if (!first) return { headerRow: null, firstRow: 1, sure: false };
  const below = head.slice(index + 1).map(({ cells }) => cells);
  return looksLikeHeader(first.cells, below)
    ? { headerRow: first.row, firstRow: first.row + 1, sure: index === 0 && standsOut(first.cells, below) }
    : { headerRow: null, firstRow: first.row, sure: false };
}

/** Most rows of the table fill at least this many cells: the upper quartile, as a few rows may be fuller by accident. */
function typicalWidth(filled: number[]): number {
  const sorted = filled.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * 0.75)] ?? 0;
}

function looksLikeHeader(cells: string[], below: string[][]): boolean {
  let evidence = 0;
  for (const [column, cell] of cells.entries()) {
    const kind = kindOf(cell);
    if (kind === 'empty') continue;
    const kinds = below.map((row) => kindOf(row[column] ?? '')).filter((other) => other !== 'empty');
    const alike = kinds.filter((other) => other === kind).length >= kinds.length / 2;
    if (alike && kind !== 'text') evidence -= 1;
    if (!alike && kind === 'text') evidence += 1;
  }
  // Text above text tells nothing, and then a header is more likely than none.
  return evidence >= 0;
}

type Kind = 'empty' | 'text' | 'number' | 'date' | 'boolean' | 'error';

function kindOf(cell: string): Kind {
  if (cell.trim() === '') return 'empty';
  if (/^-?[\d.]+(e[+-]?\d+)?$/i.test(cell)) return 'number';
  if (/^\d{4}-\d\d-\d\d(T|$)|^\d\d+:\d\d:\d\d/.test(cell)) return 'date';
  if (cell === 'TRUE' || cell === 'FALSE') return 'boolean';
  return /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/.test(cell) ? 'error' : 'text';
}
