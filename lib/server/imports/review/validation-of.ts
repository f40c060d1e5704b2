import { compileRowCheck, type RowCheck, type RowOptions } from '@/lib/server/datasets/validate/row-check';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { isRejectionsFile } from '@/lib/shared/schema/own-columns';
import {
  type StoredLayout,
  storedInspection,
  storedLayout,
  storedMapping,
  storedOptions,
} from '@/lib/shared/schema/stored-import';
import { unescapeFormula } from '../rejections/correction-file';
import type { Validation } from './edits/revalidate-edited';

/** What the rows of an import are validated by: the worker and the review alike. */
export function validationOf(
  it: Pick<Import, 'mapping' | 'inspection' | 'layout' | 'options'>,
): Validation & { width: number; options: RowOptions } {
  const mapping = storedMapping.parse(it.mapping);
  const { width, columns } = storedInspection.parse(it.inspection);
  const options = rowOptions(storedLayout.parse(it.layout), it.options);
  const check = compileRowCheck(mapping, width, options);
  return { mapping, width, options, check: isRejectionsFile(columns) ? unescaping(check) : check };
}

/** For a file that Sluice gave out: without the apostrophes that kept its cells from being formulas. */
function unescaping(plain: RowCheck): RowCheck {
  return { values: plain.values, check: (cells) => plain.check(cells.map(unescapeFormula)) };
}

function rowOptions(layout: StoredLayout, chosen: Import['options']): RowOptions {
  // A workbook has no cells after the last one with a value: its short rows are whole.
  if (layout.format === 'xlsx') return { shortRows: 'pad' };
  return { ...storedOptions.parse(chosen ?? {}), ...layout.widths };
}
