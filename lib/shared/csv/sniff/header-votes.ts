import { type CellKind, cellKind } from './cell-kind';

/** What of a row counts. */
export const cells = {
  filled: (row: string[]) => row.filter((cell) => cell.trim() !== '').length,
  /** Without the empty cells at its end. */
  trimmed: (row: string[]) => row.slice(0, row.findLastIndex((cell) => cell.trim() !== '') + 1),
};

/**
 * What speaks for a row naming the columns: positive if its cells look like names above their columns' values,
 * negative if they look like one of them.
 * @param body the rows below it
 */
export function headerVotes(row: string[], body: string[][]): number {
  const others = body.filter((other) => !isSame(row, other));
  const repeated = others.length < body.length && isRepeatable(row, others);
  // Files that were put together hold their header again and again.
  if (repeated) return row.length;
  const counting = countingColumns(row, body);
  const shift = shiftOf(row, body);
  const monthly = row.filter((cell) => cellKind(cell) === 'date').length > 1;
  return row.reduce((sum, cell, column) => {
    if (counting.has(column)) return sum + 2;
    return sum + columnVote(cell, valuesBelow(body, column + shift), monthly);
  }, 0);
}

/** Whether a row that comes again is a header and not a value: of different names, none of which any other row has. */
function isRepeatable(row: string[], others: string[][]): boolean {
  return (
    row.length > 1 &&
    cells.filled(row) > 1 &&
    isNamed(row) &&
    new Set(row).size === row.length &&
    !row.some((cell, column) => others.some((other) => other[column] === cell && cell !== ''))
  );
}

/**
 * Whether something shows that a row names the columns: it has a name above values of another kind, or above few
 * values that come again and again without it.
 */
export function standsOut(row: string[], body: string[][]): boolean {
  const shift = shiftOf(row, body);
  return row.some((cell, column) => {
    const kind = cellKind(cell);
    const single = kind === 'boolean' && cell.trim().length === 1;
    if (!isName(kind) && !single) return false;
    const below = valuesBelow(body, column + shift);
    const usual = typeOf(below);
    if (usual !== null) return usual !== kind;
    const recurring = below.length >= 4 && new Set(below).size <= below.length / 2;
    return recurring && !below.includes(cell);
  });
}

/** Whether a row holds nothing but what can be a name: texts, years, nothing. */
export function isNamed(row: string[]): boolean {
  const named = row.some((cell) => !['empty', 'number'].includes(cellKind(cell)));
  return (
    named &&
    row.every((cell) => {
      const kind = cellKind(cell);
      return isName(kind) || kind === 'empty' || kind === 'boolean' || isPeriod(cell);
    })
  );
}

/** The values that stand in a column. */
export function valuesBelow(body: string[][], column: number): string[] {
  return body.map((row) => row[column] ?? '').filter((text) => text.trim() !== '');
}

/** The kind of a column's values where that is a clear one: numbers, dates, times, addresses, yes and no. */
export function typeOf(values: string[]): CellKind | null {
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

export function isName(kind: CellKind): boolean {
  return kind === 'text' || kind === 'code';
}

const dashes = /^[-=_*~\s:|+]+$/;
const threeDashes = /[-=_*~]{3}/;

/** Whether a row is a line drawn of dashes, below the names for example. */
export function isLine(row: string[]): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && filled.every((cell) => dashes.test(cell)) && threeDashes.test(filled.join());
}

/** Whether two rows hold the same, spaces around it and empty cells at the end aside. */
export function isSame(row: string[], other: string[]): boolean {
  const [header, two] = [cells.trimmed(row), cells.trimmed(other)];
  return header.length === two.length && header.every((cell, i) => cell.trim() === two[i]?.trim());
}

/** 1 where the rows have one cell more than the header: a column of row names, which R leaves without one. */
function shiftOf(row: string[], body: string[][]): 0 | 1 {
  const longer = body.filter((other) => other.length === row.length + 1 && other.at(-1)?.trim() !== '');
  return body.length > 0 && longer.length >= body.length * 0.75 ? 1 : 0;
}

/** Positive if the cell looks like a name above its column's values, negative if like one of them. */
function columnVote(cell: string, below: string[], monthly: boolean): number {
  const kind = cellKind(cell);
  if (kind === 'empty') return 0;
  const single = kind === 'boolean' && cell.trim().length === 1;
  const named = isName(kind) || single;
  if (below.length === 0) return named ? 0 : -1;
  const usual = typeOf(below);
  if (usual !== null) {
    if (kind === usual) return isPeriod(cell) && !below.some(isPeriod) ? 0 : -2;
    // Months above amounts.
    if (monthly && kind === 'date' && usual === 'number') return 1;
    return named || kind === 'boolean' ? 2 : -1;
  }
  if (isPeriod(cell) && !below.some(isPeriod)) return 0;
  if (!named) return kind === 'boolean' ? 0 : -1.5;
  // The same text further down: a value, not a name.
  if (below.includes(cell)) return -1;
  const length = below.reduce((sum, text) => sum + text.length, 0) / below.length;
  return length > cell.length * 3 ? 0.5 : 0;
}

/** Fewer numbers in even steps are chance; two years are not. */
const fewestCounting = 3;
const fewestYears = 2;

/** The columns whose cells count on in even steps, 2023, 2024, 2025 or 1, 2, 3, and do not so in the rows below. */
function countingColumns(row: string[], body: string[][]): Set<number> {
  const numbers = row.flatMap((cell, column) => (/^\d{1,6}$/.test(cell.trim()) ? [column] : []));
  const years = numbers.every((column) => isPeriod(row[column] ?? ''));
  const enough = years ? body.length > 0 : body.length > 1;
  if (!enough || numbers.length < (years ? fewestYears : fewestCounting)) return new Set();
  const step = stepOf(row, numbers);
  if (step === null || step === 0) return new Set();
  const alike = body
    .slice(0, 20)
    .filter((other) =>
      years ? numbers.some((column) => isPeriod(other[column] ?? '')) : stepOf(other, numbers) === step,
    );
  return alike.length < Math.min(20, body.length) / 2 ? new Set(numbers) : new Set();
}

function stepOf(row: string[], columns: number[]): number | null {
  const values = columns.map((column) => Number(row[column] || Number.NaN));
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  return values.slice(1).every((value, i) => value - (values[i] ?? 0) === step) ? step : null;
}

function isPeriod(cell: string): boolean {
  return /^(?:19|20)\d\d$/.test(cell.trim());
}
