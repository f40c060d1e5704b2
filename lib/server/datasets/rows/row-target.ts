import { firstSlotInMore, type StoredColumn } from '../storage/cell-sql';
import type { DatasetTable } from '../storage/dataset-table';

/** Where the rows of an import go: into which table, and into which of its columns. */
export interface RowTarget {
  importId: number;
  /** The dataset's: its schema is called by it. */
  number: number;
  /** Those that have a column of their own, by slot. */
  columns: StoredColumn[];
  /** Slots of the others, whose texts go into `"_more"`; null where no column fills one. */
  more: (number | null)[];
}

/**
 * Where the rows of an import into a dataset go.
 * @throws Error where the dataset has no table of its own yet
 */
export function rowTarget(
  importId: number,
  table: Pick<DatasetTable, 'number' | 'isOwn'>,
  mapping: StoredColumn[],
): RowTarget {
  if (!table.isOwn) throw new Error(`Dataset ${table.number} has no table of its own yet.`);
  const types = new Map(mapping.map(({ slot, type }) => [slot, type]));
  const columns = [...types].map(([slot, type]) => ({ slot, type })).sort((a, b) => a.slot - b.slot);
  const last = columns.at(-1)?.slot ?? 0;
  const more = Array.from({ length: Math.max(0, last + 1 - firstSlotInMore) }, (_, i) => {
    const slot = firstSlotInMore + i;
    return types.has(slot) ? slot : null;
  });
  return {
    importId,
    number: table.number,
    columns: columns.filter(({ slot }) => slot < firstSlotInMore),
    more,
  };
}

/** The columns of the table that rows fill, in the order in which they come. */
export function columnNames({ columns, more }: RowTarget): string[] {
  return [
    '_import',
    '_row',
    ...columns.map(({ slot }) => `c${slot}`),
    ...(more.length > 0 ? ['_more'] : []),
    '_exact',
  ];
}
