import { compileRowCheck, type RowCheck, type RowOptions } from '@/lib/server/datasets/validate/row-check';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { isRejectionsFile } from '@/lib/shared/schema/file/own-columns';
import {
  type Layout,
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
  return { mapping, width, options, check: isRejectionsFile(columns) ? unescaping(check) : check };
}

/** For a file that Sluice gave out: without the apostrophes that kept its cells from being formulas. */
function unescaping(plain: RowCheck): RowCheck {
  return { values: plain.values, check: (cells) => plain.check(cells.map(unescapeFormula)) };
}

function rowOptions(layout: Layout, chosen: Import['options']): RowOptions {
  // A workbook has no cells after the last one with a value: its short rows are whole.
  if (layout.format === 'xlsx') return { shortRows: 'pad' };
  return { ...storedOptions.parse(chosen ?? {}), ...layout.widths };
}
