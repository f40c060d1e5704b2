import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import type { RowCheck } from '@/lib/server/datasets/validate/row-check';
import { Rejected } from '@/lib/shared/columns/validate/types';
import type { MappedColumn, RejectionReason } from '@/lib/shared/schema/stored-import';
import { ofTheKey, ofTheReader } from '../codes';

/** What is needed to validate a row. */
export interface Validation {
  check: RowCheck;
  mapping: MappedColumn[];
}

/** Whether a rejected row is staged all the same: only its key was the reason. */
export function isStaged({ reasons }: RejectedRow): boolean {
  return reasons.some(({ code }) => ofTheKey.includes(code));
}

/** Whether a row was valid by itself: its cells are what was stored, and must not be read a second time. */
export function isCanonical(row: RejectedRow): boolean {
  return isStaged(row) || row.reasons.some(({ code }) => code === 'not-unique');
}

/**
 * Validates a rejected row that a person edited, by the very checks of the import.
 * @param cells the row as it is now
 * @returns its values by slot when it is valid now, or the row as it is rejected now
 */
export function revalidateEdited(
  { check, mapping }: Validation,
  row: RejectedRow,
  cells: string[],
): { values: (string | null)[] } | { rejected: RejectedRow } {
  if (isCanonical(row)) return revalidateStored(mapping, row, cells);
  const found = check.check(cells);
  const values = [...check.values];
  const left = row.reasons.filter((reason) => isLeft(reason, mapping, row.cells, cells));
  const reasons = [
    ...left,
    ...(found ?? []).filter(({ column }) => !left.some((it) => it.column === column)),
  ];
  return reasons.length === 0 ? { values } : { rejected: { ...row, cells, reasons } };
}

/** What the reader found in a cell stands as long as the cell does. */
function isLeft(
  { code, column }: RejectionReason,
  mapping: MappedColumn[],
  before: string[],
  now: string[],
): boolean {
  if (!ofTheReader.includes(code)) return false;
  const index = mapping.find(({ name }) => name === column)?.index;
  return index !== undefined && (before[index] ?? '') === (now[index] ?? '');
}

/** The values by slot of a row whose cells are what was stored. */
export function storedValues(mapping: MappedColumn[], cells: string[]): (string | null)[] {
  const values: (string | null)[] = new Array(Math.max(...mapping.map(({ slot }) => slot)) + 1).fill(null);
  for (const { index, slot } of mapping) values[slot] = cells[index] || null;
  return values;
}

function revalidateStored(
  mapping: MappedColumn[],
  row: RejectedRow,
  cells: string[],
): { values: (string | null)[] } | { rejected: RejectedRow } {
  const values: (string | null)[] = new Array(Math.max(...mapping.map(({ slot }) => slot)) + 1).fill(null);
  const reasons: RejectionReason[] = [];
  for (const column of mapping) {
    const cell = cells[column.index] ?? '';
    const same = cell === (row.cells[column.index] ?? '');
    const checked = same ? cell || null : compileCell(column)(cell);
    if (checked instanceof Rejected) {
      const { code, reason } = checked;
      reasons.push({ column: column.name, value: cell.slice(0, 200), code, reason });
    } else {
      values[column.slot] = checked;
    }
  }
  // Its other cells are what was stored: the row stays as it was, with what is wrong now beside it.
  const others = row.reasons.filter(({ column }) => !reasons.some((it) => it.column === column));
  return reasons.length === 0 ? { values } : { rejected: { ...row, reasons: [...others, ...reasons] } };
}
