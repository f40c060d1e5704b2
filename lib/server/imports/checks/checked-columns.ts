import { z } from 'zod';
import { keyOf } from '@/lib/server/datasets/key';
import { type ColumnSlot, placeColumns } from '@/lib/server/datasets/resolve/add-columns';
import { assertMatched } from '@/lib/server/datasets/resolve/assert-matched';
import type { ResolvedDataset } from '@/lib/server/datasets/resolve/resolve-dataset';
import { datasetsWith, includes, rightTo } from '@/lib/server/datasets/rights';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { StartImportInput } from '@/lib/shared/schema/import/start';
import { mappedColumn } from '@/lib/shared/schema/import/stored-import';
import type { PlacedColumn } from '../possible-columns';

/** A column as the import would have it. Its slot is only its place among those that are checked. */
export const checkedColumn = mappedColumn.extend({
  /** The dataset has it: its type and rules are not for the file to change. */
  isThere: z.boolean(),
});
export type CheckedMapping = z.infer<typeof checkedColumn>[];

type Target = Pick<ResolvedDataset, 'name' | 'columns' | 'nextSlot' | 'manages'>;

/**
 * The columns that starting an import with this input would map, without making anything.
 * @throws AppError as starting it would
 */
export async function checkedColumns(
  { dataset, columns, key }: Pick<StartImportInput, 'dataset' | 'key'> & { columns: PlacedColumn[] },
  user: User,
): Promise<CheckedMapping> {
  const target = await findTarget(dataset, user);
  const { slots } = placeColumns(target, columns);
  const own = keyOf(target.columns).map(({ name }) => name);
  assertMatched(target.columns, own.length > 0 ? own : (key ?? []), columns);
  const there = new Set(target.columns.map(({ slot }) => slot));
  return slots.flatMap((found: ColumnSlot, slot) => {
    const column = columns[slot];
    return column ? [{ ...column, ...found, slot, isThere: there.has(found.slot) }] : [];
  });
}

/** The dataset as `resolveDataset` finds it. A new one has no columns. */
async function findTarget(choice: StartImportInput['dataset'], user: User): Promise<Target> {
  if ('name' in choice) return { name: choice.name, columns: [], nextSlot: 0, manages: true };
  const found = await db().dataset.findFirst({
    where: { id: choice.id, deletedAt: null, ...datasetsWith('IMPORT', user) },
    include: { columns: true, shares: { where: { userId: user.id } } },
  });
  if (!found) throw new AppError('not-found', 'There is no such dataset that you may import into.');
  return { ...found, manages: includes(rightTo(found, user) ?? 'VIEW', 'MANAGE') };
}
