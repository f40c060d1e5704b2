import {
  compileRowCheck,
  fewReasons,
  type RowCheck,
  type RowOptions,
} from '@/lib/server/datasets/validate/row-check';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { isRejectionsFile, ownColumns, stepsDone } from '@/lib/shared/schema/file/own-columns';
import {
  type Layout,
  type MappedColumn,
  type RejectionReason,
  storedInspection,
  storedLayout,
  storedMapping,
  storedOptions,
} from '@/lib/shared/schema/import/stored-import';
import { unescapeFormula } from '../rejections/correction-file';
import type { Validation } from './revalidate-rows';

/** What the rows of an import are validated by: the worker and the review alike. */
export function validationOf(
  record: Pick<Import, 'mapping' | 'inspection' | 'layout' | 'options'>,
): Validation & { options: RowOptions } {
  const mapping = storedMapping.parse(record.mapping);
  const { width, columns } = storedInspection.parse(record.inspection);
  const options = rowOptions(storedLayout.parse(record.layout), record.options);
  const check = compileRowCheck(mapping, width, options);
  if (!isRejectionsFile(columns)) return { mapping, width, options, check };
  const mark = columns.findIndex(({ name }) => name === ownColumns.stored);
  const given = mark < 0 ? check : withStored(check, mark, mapping, width, options);
  return { mapping, width, options, check: unescaping(given) };
}

/** For a file that Sluice gave out: without the apostrophes that kept its cells from being formulas. */
function unescaping(plain: RowCheck): RowCheck {
  return {
    get values() {
      return plain.values;
    },
    check: (cells) => plain.check(cells.map(unescapeFormula)),
  };
}

/**
 * For a file of rejected rows of which some are what was stored, such as those that only their key made wrong: their
 * values went through the steps of their columns, and do not go through them again.
 * @param mark where the file says so
 */
function withStored(
  plain: RowCheck,
  mark: number,
  mapping: MappedColumn[],
  width: number,
  options: RowOptions,
): RowCheck {
  const stored = compileRowCheck(
    mapping.map((column) => (column.index < width ? { ...column, transform: null } : column)),
    width,
    options,
  );
  // The file does not have what was made for a column that was added.
  const lost = mapping.filter(
    ({ index, transform }) => index >= width && transform?.from?.kind === 'COLUMNS',
  );
  let used = plain;
  return {
    get values() {
      return used.values;
    },
    check(cells) {
      used = cells[mark]?.trim() === stepsDone ? stored : plain;
      return used === stored && lost.length > 0 ? fewReasons(lost.map(notThere)) : used.check(cells);
    },
  };
}

const notThere = ({ name }: MappedColumn): RejectionReason => ({
  column: name,
  value: '',
  code: 'no-source',
  reason: `The columns that “${name}” is made of are not in a file of rejected rows for this one. Take the row from the original file.`,
});

function rowOptions(layout: Layout, chosen: Import['options']): RowOptions {
  // A workbook has no cells after the last one with a value: its short rows are whole.
  if (layout.format === 'xlsx') return { shortRows: 'pad' };
  return { ...storedOptions.parse(chosen ?? {}), ...layout.widths };
}
