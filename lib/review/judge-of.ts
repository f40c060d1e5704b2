import { compileRowCheck, type RowCheck } from '../checks/row-check';
import type { Import } from '../db/generated/client';
import { storedInspection, storedLayout, storedMapping, storedOptions } from '../imports/stored';
import { unescapeFormula } from '../rejections/correction-file';
import { isRejectionsFile } from '../rejections/own-columns';
import type { Judge } from './edits/judge-edited';

/** What the rows of an import are judged by: the worker and the review alike. */
export function judgeOf(
  it: Pick<Import, 'mapping' | 'inspection' | 'layout' | 'options'>,
): Judge & { width: number; options: { shortRows: 'pad' | 'reject' } } {
  const mapping = storedMapping.parse(it.mapping);
  const { width, columns } = storedInspection.parse(it.inspection);
  // A workbook has no cells after the last one with a value: its short rows are whole.
  const options =
    storedLayout.parse(it.layout).format === 'xlsx'
      ? { shortRows: 'pad' as const }
      : storedOptions.parse(it.options ?? {});
  const check = compileRowCheck(mapping, width, options);
  return { mapping, width, options, check: isRejectionsFile(columns) ? unescaping(check) : check };
}

/** For a file that Sluice gave out: without the apostrophes that kept its cells from being formulas. */
function unescaping(plain: RowCheck): RowCheck {
  return { values: plain.values, check: (cells) => plain.check(cells.map(unescapeFormula)) };
}
