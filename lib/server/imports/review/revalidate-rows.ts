import { isDeepStrictEqual } from 'node:util';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { type RowCheck, reasonOf } from '@/lib/server/datasets/validate/row-check';
import { sourcesOf } from '@/lib/shared/columns/transform/compile-transform';
import { Rejected } from '@/lib/shared/columns/validate/types';
import type { MappedColumn, RejectionReason } from '@/lib/shared/schema/import/stored-import';

/** What validating a row needs. */
export interface Validation {
  check: RowCheck;
  mapping: MappedColumn[];
  /** Number of cells of a complete row. */
  width: number;
}

/** A rejected row that was validated again. */
export interface RevalidatedRow {
  /** As it was rejected. */
  original: RejectedRow;
  /** Its cells now. */
  cells: string[];
  /** Why it is still rejected; empty if it is valid. */
  reasons: RejectionReason[];
  /** By slot, when it is valid. */
  values: (string | null)[];
}

/** The values by slot of a row whose cells are what was stored. */
export function storedValues(mapping: MappedColumn[], cells: string[]): (string | null)[] {
  const values = noValues(mapping);
  for (const { index, slot } of mapping) values[slot] = cells[index] || null;
  return values;
}

/**
 * Validates rejected rows again, by the very checks of the import: as the columns are now, or with other cells where
 * somebody edited them.
 */
export function revalidateRows(
  validation: Validation,
  rows: { original: RejectedRow; edited?: string[] }[],
): RevalidatedRow[] {
  return rows.map(({ original, edited }) => {
    if (edited === undefined) return validatedAsItIs(validation, original);
    // Back to what it was, but for the cells that it lacked.
    if (isDeepStrictEqual(edited, padded(original.cells, validation.width)))
      return rejectedAsBefore(original);
    return original.cellsForm === 'CANONICAL'
      ? validatedStored(validation, original, edited)
      : validatedEdited(validation, original, edited);
  });
}

/** The row as it is to be kept while it is rejected: the cells of one that was valid by itself are what was stored. */
export function keptRejection({ original, cells, reasons }: RevalidatedRow): RejectedRow {
  return { ...original, cells: original.cellsForm === 'CANONICAL' ? original.cells : cells, reasons };
}

const noValues = (mapping: MappedColumn[]): (string | null)[] =>
  new Array(Math.max(...mapping.map(({ slot }) => slot)) + 1).fill(null);

const padded = (cells: string[], width: number): string[] =>
  cells.length < width ? [...cells, ...new Array<string>(width - cells.length).fill('')] : cells;

const rejectedAsBefore = (original: RejectedRow): RevalidatedRow => ({
  original,
  cells: original.cells,
  reasons: original.reasons,
  values: [],
});

function validatedAsItIs({ check, mapping }: Validation, original: RejectedRow): RevalidatedRow {
  const { cells, cellsForm, staged, reasons } = original;
  // A staged row is decided on once all other rows are known.
  if (staged || reasons.some(({ unseen }) => unseen)) return rejectedAsBefore(original);
  if (cellsForm === 'CANONICAL')
    return { original, cells, reasons: [], values: storedValues(mapping, cells) };
  const found = check.check(cells);
  return { original, cells, reasons: found ?? [], values: found ? [] : [...check.values] };
}

function validatedEdited(
  { check, mapping }: Validation,
  original: RejectedRow,
  cells: string[],
): RevalidatedRow {
  const found = check.check(cells) ?? [];
  const left = original.reasons.filter((reason) => isLeft(reason, mapping, original.cells, cells));
  const others = found.filter(({ column }) => !left.some((reason) => reason.column === column));
  const reasons = [...left, ...others];
  return { original, cells, reasons, values: reasons.length > 0 ? [] : [...check.values] };
}

/** A fault that the cell itself does not show (such as a duplicate) stays while the cell is unchanged. */
function isLeft(
  { unseen, column, place }: RejectionReason,
  mapping: MappedColumn[],
  before: string[],
  now: string[],
): boolean {
  if (!unseen) return false;
  const found = mapping.find(({ name }) => name === column);
  if (!found) return false;
  const places = place === undefined ? sourcesOf(found) : [place];
  return places.every((at) => (before[at] ?? '') === (now[at] ?? ''));
}

function validatedStored({ mapping }: Validation, original: RejectedRow, cells: string[]): RevalidatedRow {
  const values = noValues(mapping);
  const wrong: RejectionReason[] = [];
  for (const column of mapping) {
    const cell = cells[column.index] ?? '';
    const same = cell === (original.cells[column.index] ?? '');
    const checked = same ? cell || null : compileCell(column)(cell);
    if (checked instanceof Rejected) {
      wrong.push(reasonOf(column.name, cell, checked));
    } else {
      values[column.slot] = checked;
    }
  }
  if (wrong.length === 0) return { original, cells, reasons: [], values };
  // Its other cells are what was stored: the row stays as it was, with what is wrong now beside it.
  const others = original.reasons.filter(({ column }) => !wrong.some((reason) => reason.column === column));
  return { original, cells, reasons: [...others, ...wrong], values: [] };
}
