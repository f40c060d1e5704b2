import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import type { RowWriter } from '@/lib/server/datasets/rows/row-writer';
import type { RowCheck, RowOptions } from '@/lib/server/datasets/validate/row-check';
import type { LeftOutSet } from '@/lib/shared/csv/left-out';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';

/** What is to become of a file's rows: everything that checking and encoding need to know. */
export interface EncodePlan {
  /** Where they go, and what writes them. */
  target: RowTarget;
  writer: RowWriter;
  mapping: MappedColumn[];
  /** Number of cells of a complete row. */
  width: number;
  options: RowOptions;
  check: RowCheck;
  /** Rows that are no data. */
  leftOut: LeftOutSet;
  /** Names of the mapped columns by the positions of their cells in the file. */
  columnNames: Map<number, string>;
}
