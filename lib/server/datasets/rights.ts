import type { RightName } from '@/lib/shared/schema/user/user-labels';
import { rights } from '@/lib/shared/schema/user/user-labels';
import type { Prisma } from '../platform/db/client';
import type { User } from '../platform/user';

/*
 * Who may do what. An administrator: everything. The owner of a dataset: everything with it. Others: what they were
 * given for it. An import belongs to the person who made it; who manages its dataset may see it and undo it too.
 */

/** The datasets with which this person may do at least this. */
export function datasetsWith(right: RightName, user: User): Prisma.DatasetWhereInput {
  if (user.role === 'ADMIN') return { deletedAt: null };
  const enough = rights.slice(rights.indexOf(right));
  return {
    deletedAt: null,
    OR: [{ ownerId: user.id }, { shares: { some: { userId: user.id, right: { in: enough } } } }],
  };
}

/** The imports that this person may see. */
export function visibleImports(user: User): Prisma.ImportWhereInput {
  if (user.role === 'ADMIN') return { deletedAt: null };
  return { deletedAt: null, OR: [{ userId: user.id }, { dataset: datasetsWith('MANAGE', user) }] };
}

/** What this person may do with a dataset at most, or null. */
export function rightTo(
  dataset: { ownerId: string; shares: { userId: string; right: RightName }[] },
  user: User,
): RightName | null {
  if (user.role === 'ADMIN' || dataset.ownerId === user.id) return 'MANAGE';
  return dataset.shares.find(({ userId }) => userId === user.id)?.right ?? null;
}

/** Whether one right includes another. */
export function includes(has: RightName, wanted: RightName): boolean {
  return rights.indexOf(has) >= rights.indexOf(wanted);
}
