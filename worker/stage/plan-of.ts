import { rowTarget } from '@/lib/server/datasets/rows/row-target';
import { validationOf } from '@/lib/server/imports/review/validation-of';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { type Layout, storedLayout } from '@/lib/shared/schema/import/stored-import';
import { columnNamesOf } from './column-names-of';
import { configuredWriter } from './configured-writer';
import type { EncodePlan } from './plan';
import { prepareTable } from './prepare-table';

/**
 * What to do with the rows of an import's file.
 * @throws Outage while its dataset's table cannot take them
 */
export async function planOf(
  record: Import,
  shutdown: AbortSignal,
  { leftOut = [] }: Layout = storedLayout.parse(record.layout),
): Promise<EncodePlan> {
  const validation = validationOf(record);
  const table = await prepareTable(record, shutdown);
  return {
    target: rowTarget(record.id, table, validation.mapping),
    writer: configuredWriter(),
    ...validation,
    columnNames: columnNamesOf(validation.mapping),
    leftOut: new LeftOutSet(leftOut),
  };
}
