import { type CellKind, cellKind } from './cell-kind';
import { cells as counted, isLine, isName, isSame, typeOf, valuesBelow } from './header-votes';

const bodyLookedAt = 200;
/** A unit is short: kg, °C, mg/l, 1000 EUR. */
const unitCharacters = 12;

/**
 * Whether a row goes on naming the columns: units, a second line of titles, the header once more. It has to
 * put a name above every column of numbers or dates, and there have to be two of these at least; or it has units
 * above columns of numbers, two at least, and nothing else.
 */
export function continuesHeader(header: string[], rows: string[][], index: number): boolean {
  const cells = rows[index] ?? [];
  const body = rows.slice(index + 1, index + 1 + bodyLookedAt);
  if (body.length === 0 || cells.length > header.length || isLine(cells)) return false;
  if (isSame(cells, header) && counted.filled(header) > 1) return true;
  const usual = header.map((_, column) => typeOf(valuesBelow(body, column)));
  const kinds = header.map((_, column) => cellKind(cells[column] ?? ''));
  if (isUnitRow(cells, kinds, usual)) return true;
  const titled = kinds.every((kind, i) => (usual[i] ? isName(kind) : !isValue(kind)));
  return cells.length === header.length && titled && usual.filter(Boolean).length >= 2;
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
