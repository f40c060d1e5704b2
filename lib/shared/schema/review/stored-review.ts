import { z } from 'zod';
import { columnRules } from '../dataset/column-rules';
import { mappedColumn } from '../import/stored-import';
import { amendmentShape } from './amendment';

/** What a fix can change of a column, as it was before: kept with the fix, so that it can be taken back. */
export const columnBefore = mappedColumn
  .pick({ type: true, dateOrder: true, decimalSign: true, format: true, rules: true })
  .extend({
    /** The dataset's column, where the fix changed that as well. */
    dataset: mappedColumn.pick({ type: true }).extend({ rules: columnRules.nullable() }).nullable(),
  });
export type ColumnBefore = z.infer<typeof columnBefore>;

/** An amendment with what is needed to take it back. */
const storedAmendment = amendmentShape.extend({ before: columnBefore.optional() });
export type StoredAmendment = z.infer<typeof storedAmendment>;
export const storedAmendments = z.array(storedAmendment);

/** Amendments as everybody sees them. */
export const shownAmendments = z.array(amendmentShape);
