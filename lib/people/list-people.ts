import type { PeopleView } from '../accounts/contract';
import { db } from '../db/client';

/** Everybody with an account, and those whose account was removed, each by name. */
export async function listPeople(): Promise<PeopleView> {
  const found = await db().user.findMany({
    where: { purgedAt: null },
    orderBy: [{ name: 'asc' }, { createdAt: 'asc' }],
    include: {
      _count: {
        select: { imports: { where: { deletedAt: null } }, datasets: { where: { deletedAt: null } } },
      },
    },
  });
  const users = found.filter(({ removedAt }) => removedAt === null);
  return {
    users: users.map(({ id, name, email, role, disabledAt, createdAt, _count }) => ({
      id,
      name,
      email,
      role,
      disabledAt: disabledAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      imports: _count.imports,
      datasets: _count.datasets,
    })),
    removed: found.flatMap(({ id, name, email, removedAt, _count }) =>
      removedAt ? { id, name, email, removedAt: removedAt.toISOString(), imports: _count.imports } : [],
    ),
  };
}
