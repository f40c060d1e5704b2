import { type CellKind, cellKind } from './cell-kind';
import { cells as counted, isLine, isName, isSame, typeOf, valuesBelow } from './header-votes';

const bodyLookedAt = 200;
/** A row that names some of the columns only: so many at least, and no more than this share of what rows fill. */
const fewestNames = 4;
const someShare = 0.5;
/** Rows that have a value in each of the columns which it names. */
const filledShare = 0.9;
/** A unit is short: kg, °C, mg/l, 1000 EUR. */
const unitCharacters = 12;

/**
 * Whether a row goes on naming the columns: units, a second line of titles, the header once more. It has to
 * put a name above every column of numbers or dates, and there have to be two of these at least; or it has units
 * above columns of numbers, two at least, and nothing else; or it divides some of the columns further.
 */
export function continuesHeader(header: string[], rows: string[][], index: number): boolean {
  const cells = rows[index] ?? [];
  const body = rows.slice(index + 1, index + 1 + bodyLookedAt);
  if (body.length === 0 || isLine(cells)) return false;
  if (dividesColumns(cells, body)) return true;
  if (cells.length > header.length) return false;
  if (isSame(cells, header) && counted.filled(header) > 1) return true;
  const usual = header.map((_, column) => typeOf(valuesBelow(body, column)));
  const kinds = header.map((_, column) => cellKind(cells[column] ?? ''));
  if (isUnitRow(cells, kinds, usual)) return true;
  const titled = kinds.every((kind, i) => (usual[i] ? isName(kind) : !isValue(kind)));
  return cells.length === header.length && titled && usual.filter(Boolean).length >= 2;
}

/**
 * Whether a row names columns of numbers, less than half of all, and leaves the others blank: `Northeast`, `Midwest` below
 * `Voters`. Every other row has values there, and none of these names, which marks for missing values would be.
 */
function dividesColumns(cells: string[], body: string[][]): boolean {
  const named = cells.flatMap((cell, column) => (cell.trim() === '' ? [] : [column]));
  const names = new Set(named.map((column) => cells[column]?.trim() ?? ''));
  if (named.length < fewestNames || names.size < fewestNames || named[0] === 0) return false;
  const others = body.filter((row) => counted.filled(row) > 0);
  const filled = others.reduce((sum, row) => sum + counted.filled(row), 0) / others.length;
  if (named.length > filled * someShare) return false;
  const isFilled = (row: string[]) => named.every((column) => (row[column] ?? '').trim() !== '');
  return (
    others.filter(isFilled).length >= others.length * filledShare &&
    named.every((column) => {
      const below = valuesBelow(others, column);
      return isName(cellKind(cells[column] ?? '')) && typeOf(below) === 'number';
    }) &&
    !others.some((row) => named.some((column) => names.has(row[column]?.trim() ?? '')))
  );
}

function isUnitRow(cells: string[], kinds: CellKind[], usual: (CellKind | null)[]): boolean {
  const filled = cells.flatMap((cell, i) => (kinds[i] === 'empty' ? [] : [{ cell: cell.trim(), i }]));
  const numbers = usual.filter((kind) => kind === 'number').length;
  return (
    filled.length >= 2 &&
    filled.length >= numbers / 2 &&
    filled.every(
      ({ cell, i }) => usual[i] === 'number' && isName(kinds[i] ?? 'empty') && cell.length <= unitCharacters,
    )
  );
}

function isValue(kind: CellKind): boolean {
  return kind === 'number' || kind === 'date' || kind === 'time' || kind === 'address';
}
