import type { RowCheck, RowOptions } from '@/lib/checks/row-check';
import type { LeftOutSet } from '@/lib/csv/left-out';
import type { MappedColumn } from '@/lib/imports/stored';

/** What is to become of a file's rows: everything that checking and encoding need to know. */
export interface EncodePlan {
  importId: number;
  mapping: MappedColumn[];
  /** Cells a full row has. */
  width: number;
  options: RowOptions;
  check: RowCheck;
  /** Rows that are no data. */
  leftOut: LeftOutSet;
  /** Names of the mapped columns by their position in the file. */
  columnNames: Map<number, string>;
}
