import type { RowCheck, RowOptions } from '@/lib/server/datasets/validate/row-check';
import type { LeftOutSet } from '@/lib/shared/csv/left-out';
import type { MappedColumn } from '@/lib/shared/schema/stored-import';

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
