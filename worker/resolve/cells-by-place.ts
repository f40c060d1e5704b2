import { canonicalCellSql } from '@/lib/server/datasets/storage/cell-sql';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';

/**
 * SQL of the cells of a staged row where each column stands in the file: a JSON array of texts. What the file had in
 * columns that were left out is gone by then, and is empty. Those that were added stand behind the file's.
 * @param width cells a full row has
 */
export function cellsByPlace(mapping: MappedColumn[], width: number, alias: string): string {
  const columns = new Map(mapping.map((column) => [column.index, column]));
  const length = Math.max(width, ...mapping.map(({ index }) => index + 1));
  const cells = Array.from({ length }, (_, place) => {
    const column = columns.get(place);
    return column ? `coalesce(${canonicalCellSql(column, alias)}, '')` : `''`;
  });
  return `to_jsonb(array[${cells.join(', ')}]::text[])`;
}
