import type { z } from 'zod';
import type { CellsForm } from '@/lib/server/platform/db/generated/enums';
import { isTransformed, sourcesOf, usesOwnCell } from '@/lib/shared/columns/transform/compile-transform';
import type { MappedColumn, storedInspection } from '@/lib/shared/schema/import/stored-import';

/** A column of the table in which rejected rows are corrected. */
export interface EditableColumn {
  name: string;
  /** Where its cell stands in a row. */
  index: number;
  /** In which rows it can be edited: those with the file's cells, or those with what was stored. */
  forms: readonly CellsForm[];
}

const raw = ['RAW'] as const;
const canonical = ['CANONICAL'] as const;
const both = [...raw, ...canonical] as const;

/**
 * The columns of the dataset, and behind them those of the file that one of them is made of and that are not there by
 * themselves: in rows with the file's cells, a column that is made of others is corrected in these.
 */
export function editableColumns(
  mapping: MappedColumn[],
  { columns }: Pick<z.output<typeof storedInspection>, 'columns'>,
): EditableColumn[] {
  const own = mapping.map((column) => ({
    name: column.name,
    index: column.index,
    forms: usesOwnCell(column) ? both : canonical,
  }));
  const shown = new Set(mapping.filter(usesOwnCell).map(({ index }) => index));
  const taken = new Set(own.map(({ name }) => name));
  const sources = new Set(mapping.filter(isTransformed).flatMap(sourcesOf));
  const others = [...sources]
    .filter((index) => !shown.has(index))
    .map((index) => {
      const header = columns[index]?.name ?? `Column ${index + 1}`;
      return { name: taken.has(header) ? `${header} (in the file)` : header, index, forms: raw };
    });
  return [...own, ...others];
}
