import { type CellKind, cellKind } from './cell-kind';
import { usualWidth } from './score';

/** A record of the sample and the row number it has in the file. */
export interface NumberedRow {
  row: number;
  cells: string[];
}

/** Where the table begins. */
export interface TableStart {
  /** Index into the sample of the header, or null. */
  header: number | null;
  /** Index into the sample of the first data row; its length if there is none. */
  first: number;
}

const bodyLookedAt = 200;

/**
 * Finds where the table starts, past any preamble, and whether its first row names the columns.
 */
export function findHeader(rows: NumberedRow[]): TableStart {
  const first = tableStart(rows);
  const candidate = rows[first];
  if (candidate === undefined) return { header: null, first: rows.length };
  const body = rows.slice(first + 1, first + 1 + bodyLookedAt).map(({ cells }) => cells);
  return isHeader(candidate.cells, body) ? { header: first, first: first + 1 } : { header: null, first };
}

/** Index of the first row that is as wide as the table and not merely a title padded with empty cells. */
function tableStart(rows: NumberedRow[]): number {
  if (rows.length === 0) return 0;
  const width = usualWidth(rows.map(({ cells }) => cells));
  const wide = (cells: string[]) => cells.length > width / 2;
  const title = (cells: string[]) =>
    cells.filter((cell) => cell.trim() !== '').length === 1 && cells[0] !== '';
  const start = rows.findIndex(({ cells }) => wide(cells));
  if (width < 3 || start < 0) return Math.max(0, start);
  // Titles padded with delimiters: only when fuller rows follow soon.
  let full = start;
  while (full < rows.length && full < start + 20 && isPadding(rows[full]?.cells ?? [])) full++;
  const filled = (rows[full]?.cells ?? []).filter((cell) => cell.trim() !== '').length;
  return full < rows.length && full < start + 20 && filled > width / 2 ? full : start;

  function isPadding(cells: string[]): boolean {
    return title(cells) || !wide(cells) || (full > start && cells.every((cell) => cell.trim() === ''));
  }
}

function isHeader(candidate: string[], body: string[][]): boolean {
  const kinds = candidate.map(cellKind);
  if (kinds.every((kind) => kind === 'empty')) return true;
  if (body.length === 0) return kinds.every((kind) => kind === 'text' || kind === 'code' || kind === 'empty');
  if (isCountingRow(candidate) && !body.slice(0, 5).some(isCountingRow)) return true;
  let votes = 0;
  let valued = 0;
  candidate.forEach((cell, column) => {
    const kind = kinds[column] ?? 'empty';
    const below = body.map((cells) => cells[column] ?? '').filter((text) => text !== '');
    const vote = columnVote(cell, kind, below);
    votes += vote;
    if (vote !== 0) valued++;
  });
  if (valued > 0 && votes !== 0) return votes > 0;
  // Nothing tells: names are text, and a table without a header is the exception.
  return !kinds.some((kind) => kind === 'number' || kind === 'date' || kind === 'time' || kind === 'address');
}

/** Positive if the cell looks like a name above its column's values, negative if like one of them. */
function columnVote(cell: string, kind: CellKind, below: string[]): number {
  const isName = kind === 'text' || kind === 'code';
  if (below.length === 0) return kind === 'empty' || isName ? 0 : -1;
  const usual = mostFrequent(below.map(cellKind));
  const typed =
    usual.share >= 0.6 && usual.kind !== 'text' && usual.kind !== 'empty' && usual.kind !== 'code';
  if (kind === 'empty') return 0;
  if (typed)
    return kind === usual.kind
      ? isYear(cell) && below.every((text) => !isYear(text))
        ? 0
        : -2
      : isName
        ? 2
        : -1;
  if (!isName) return kind === 'boolean' ? 0 : -1.5;
  // The same text further down: a value, not a name.
  if (below.includes(cell)) return -1;
  const long = below.reduce((sum, text) => sum + text.length, 0) / below.length;
  if (usual.kind === 'code' && usual.share >= 0.6 && kind === 'text') return 1;
  return long > cell.length * 3 ? 0.5 : 0;
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

function mostFrequent(kinds: CellKind[]): { kind: CellKind; share: number } {
  const counts = new Map<CellKind, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let best: { kind: CellKind; share: number } = { kind: 'empty', share: 0 };
  for (const [kind, count] of counts) {
    if (count / kinds.length > best.share) best = { kind, share: count / kinds.length };
  }
  return best;
}
