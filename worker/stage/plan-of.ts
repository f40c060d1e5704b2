import { validationOf } from '@/lib/server/imports/review/validation-of';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { type StoredLayout, storedLayout } from '@/lib/shared/schema/stored-import';
import type { EncodePlan } from './plan';

/** What is to become of the rows of an import's file. */
export function planOf(
  it: Import,
  { leftOut = [] }: StoredLayout = storedLayout.parse(it.layout),
): EncodePlan {
  const validation = validationOf(it);
  const columnNames = new Map(validation.mapping.map(({ index, name }) => [index, name]));
  return { importId: it.id, ...validation, columnNames, leftOut: new LeftOutSet(leftOut) };
}
