import { cellEncoders } from '@/lib/server/datasets/rows/typed/encoders';
import type { CellEncoder } from '@/lib/server/datasets/rows/typed/types';
import { compileCell } from '@/lib/server/datasets/validate/compile-cell';
import { checks } from '@/lib/shared/columns/validate/checks';
import type { CellCheck } from '@/lib/shared/columns/validate/types';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { type CellValidator, validateCell } from './validate-cell';
import { cellWriter } from './write-checked';
import type { CellWriter } from './write-text';
import { valueWriter } from './write-values';

/** An empty cell that stays empty. */
export const nothing: unique symbol = Symbol('nothing');

/** A column as its cells are written. */
export interface FastColumn {
  /** Position in the file, or among the cells that are made of others. */
  index: number;
  isDerived: boolean;
  /** Null for text. */
  write: CellWriter | null;
  /** Writes values of common spellings; null where their texts are needed, for rules or in JSON. */
  writeValue: CellWriter | null;
  /** Null where the value is its text. */
  encoder: CellEncoder | null;
  /** For the cells that `write` does not vouch for. */
  check: CellCheck;
  /** Null where the column's rules ask nothing of its text. */
  validate: CellValidator | null;
  /** The canonical text of an empty cell, or `nothing`; null where the check rejects it. */
  empty: Buffer | typeof nothing | null;
  /** What `_exact` has before the cell's text. */
  exactPrefix: Buffer;
}

/**
 * How the cells of a mapped column are written.
 * @param derived its place among the cells that are made of others; null where its cells are the file's
 */
export function fastColumn(column: MappedColumn, derived: number | null): FastColumn {
  const validate = validateCell(column);
  return {
    index: derived ?? column.index,
    isDerived: derived !== null,
    write: cellWriter(column),
    writeValue: validate === null ? valueWriter(column) : null,
    encoder: cellEncoders[column.type],
    check: checks[column.type](column),
    validate,
    empty: emptyCell(column),
    exactPrefix: Buffer.from(`"${column.slot}":"`),
  };
}

/** As the check has it: the default, or nothing, or a reason why not. */
function emptyCell(column: MappedColumn): Buffer | typeof nothing | null {
  const value = compileCell(column)('');
  if (typeof value === 'string') return Buffer.from(value);
  return value === null ? nothing : null;
}

/** How many bytes an empty cell takes. */
export const emptyLength = (column: FastColumn | null) =>
  column === null || typeof column.empty === 'symbol' ? 0 : (column.empty?.length ?? 0);
