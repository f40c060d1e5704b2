import { sourcesOf } from '@/lib/shared/columns/transform/compile-transform';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';

/** Names of the mapped columns by the positions in the file of the cells that they are made of: of several, the first. */
export function columnNamesOf(mapping: MappedColumn[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const column of mapping)
    for (const index of sourcesOf(column)) if (!names.has(index)) names.set(index, column.name);
  return names;
}
