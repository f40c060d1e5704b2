import type { ColumnType, DateOrder } from '@/lib/shared/schema/dataset/column';
import type { ColumnFormat } from '@/lib/shared/schema/dataset/column-rules';

/** The cell cannot be stored as its column's type; the reason is a sentence for a business user. */
export class Rejected {
  constructor(
    readonly code: string,
    readonly reason: string,
    /** The cell cannot be kept as it is, and what is kept of it does not show what is wrong. */
    readonly unseen?: true,
  ) {}
}

/**
 * Raw text of a cell → its canonical text (what Postgres and exports get), or why not. Never called with ''.
 * Canonical means: casting the text to the SQL type loses nothing.
 */
export type CellCheck = (raw: string) => string | Rejected;

export interface CheckOptions {
  dateOrder?: DateOrder | null;
  decimalSign?: '.' | ',' | null;
  format?: ColumnFormat | null;
}

export type CheckOf = (options: CheckOptions) => CellCheck;
export type Checks = Record<ColumnType, CheckOf>;
