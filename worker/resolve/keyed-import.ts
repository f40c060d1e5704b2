import type { StoredColumn } from '@/lib/server/datasets/storage/cell-sql';
import type { KeyColumn } from '@/lib/server/datasets/versions/key-sql';
import type { DuplicateRule, ImportMode } from '@/lib/server/platform/db/generated/enums';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';

/** An import into a dataset with a key, whose rows are staged. */
export interface KeyedImport {
  id: number;
  attempt: number;
  mode: ImportMode;
  duplicates: DuplicateRule;
  mapping: MappedColumn[];
  /** Cells a full row of the file has. */
  width: number;
  /** Rows that were read. */
  read: number;
  /** About how many of them are staged. */
  staged: number;
  dataset: {
    id: string;
    number: number;
    revision: number;
    key: KeyColumn[];
    columns: StoredColumn[];
  };
}
