import type { Transaction } from '@/lib/server/platform/db/client';
import type { Column, Dataset } from '@/lib/server/platform/db/generated/client';
import { lockNamed } from '@/lib/server/platform/db/named-lock';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { datasetsWith, includes, rightTo } from '../rights';
import { freeSlug } from '../slug';

/** The dataset of an import that starts, locked until the transaction ends. */
export type ResolvedDataset = Pick<Dataset, 'id' | 'name' | 'nextSlot'> & {
  columns: Column[];
  /** Whether the person may choose what it asks of values, and its key. */
  manages: boolean;
};

/**
 * Finds the dataset that the user chose for an import, or creates the one they named, and locks it: two imports into
 * one dataset must not assign the same slot.
 * @param ownerId owner of a new dataset: the user of the import, even when an administrator starts it
 * @throws AppError `not-found` for a dataset that this user may not import into
 */
export async function resolveDataset(
  tx: Transaction,
  choice: { id: string } | { name: string },
  ownerId: string,
  user: User,
): Promise<ResolvedDataset> {
  const isKnown = 'id' in choice;
  const id = isKnown ? choice.id : await makeDataset(tx, choice.name, ownerId);
  await tx.$queryRaw`select 1 from "Dataset" where id = ${id}::uuid for update`;
  const dataset = await tx.dataset.findFirst({
    where: { id, deletedAt: null, ...(isKnown ? datasetsWith('IMPORT', user) : {}) },
    include: { columns: true, shares: { where: { userId: user.id } } },
  });
  if (!dataset) throw new AppError('not-found', 'There is no such dataset that you may import into.');
  const manages = !isKnown || includes(rightTo(dataset, user) ?? 'VIEW', 'MANAGE');
  return { ...dataset, manages };
}

/**
 * A dataset of this name of this person that never got any rows is used again: its import failed or was cancelled. Not
 * one whose imports were deleted: it may be shared, and its columns and rules are somebody's. Nor one whose SQL view
 * somebody built on: theirs would go with its columns.
 */
async function makeDataset(tx: Transaction, name: string, ownerId: string): Promise<string> {
  // One at a time, of this name and person: two imports at once must not take the same unused dataset. Nobody else waits.
  await lockNamed(tx, `dataset ${ownerId} ${name}`);
  const unused = await findUnused(tx, name, ownerId);
  if (unused) {
    // The table first: a cancelled attempt that is just writing there holds it, and then wants its import.
    await tx.$executeRaw`select set_config('lock_timeout', '3s', true)`;
    await tx.$executeRaw`select "dropDatasetTable"(${unused.number}::int)`;
    await tx.$executeRaw`select set_config('lock_timeout', '0', true)`;
    await tx.rowMove.deleteMany({ where: { import: { datasetId: unused.id } } });
    await tx.column.deleteMany({ where: { datasetId: unused.id } });
    await tx.dataset.update({ where: { id: unused.id }, data: { nextSlot: 0, rowStorage: 'TABLE' } });
    await tx.import.updateMany({ where: { datasetId: unused.id }, data: { datasetId: null } });
    return unused.id;
  }
  for (;;) {
    const [made] = await tx.dataset.createManyAndReturn({
      data: { name, slug: await freeSlug(tx, name), ownerId },
      // Another request took the slug at the same time: try the next free one.
      skipDuplicates: true,
      select: { id: true },
    });
    if (made) return made.id;
  }
}

async function findUnused(tx: Transaction, name: string, ownerId: string): Promise<Dataset | undefined> {
  const unused = await tx.dataset.findMany({
    where: {
      name,
      ownerId,
      deletedAt: null,
      revision: 0,
      imports: { every: { status: { in: ['FAILED', 'CANCELLED'] } } },
    },
    orderBy: { number: 'asc' },
  });
  if (unused.length === 0) return undefined;
  const [free] = await tx.$queryRaw<{ number: number }[]>`
    select "number" from "Dataset" where "number" = any (${unused.map(({ number }) => number)}::int[])
      and "viewBuilders"("slug") = '{}' order by 1 limit 1`;
  return unused.find(({ number }) => number === free?.number);
}
