import type { Transaction } from '@/lib/server/platform/db/client';
import { inSchema } from '../storage/dataset-table';
import type { RowTarget } from './row-target';

/** Deletes rows of an import that were staged. */
export async function deleteRows(
  tx: Transaction,
  { number, importId }: Pick<RowTarget, 'number' | 'importId'>,
  rowNumbers: number[],
): Promise<void> {
  await tx.$executeRawUnsafe(
    `delete from ${inSchema(number, 'rows')} where "_import" = $1::int and "_row" = any ($2::int[])`,
    importId,
    rowNumbers,
  );
}

/** Deletes all rows of an import that were staged, and what was decided on them. */
export async function deleteStaged(
  tx: Transaction,
  { number, importId }: Pick<RowTarget, 'number' | 'importId'>,
): Promise<void> {
  await tx.$executeRawUnsafe(`delete from ${inSchema(number, 'rows')} where "_import" = $1::int`, importId);
  const changes = inSchema(number, 'row_changes');
  const [found] = await tx.$queryRaw<
    [{ keyed: boolean }]
  >`select to_regclass(${changes}) is not null as keyed`;
  if (found.keyed) await tx.$executeRawUnsafe(`delete from ${changes} where "importId" = $1::int`, importId);
}
