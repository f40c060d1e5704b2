import type { UserView } from '../accounts/contract';
import { db } from '../db/client';

/** Everybody with an account, by name. */
export async function listPeople(): Promise<UserView[]> {
  const found = await db().user.findMany({
    where: { removedAt: null },
    orderBy: [{ name: 'asc' }, { createdAt: 'asc' }],
    include: {
      _count: {
        select: { imports: { where: { deletedAt: null } }, datasets: { where: { deletedAt: null } } },
      },
    },
  });
  return found.map(({ id, name, email, role, disabledAt, createdAt, _count }) => ({
    id,
    name,
    email,
    role,
    disabledAt: disabledAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    imports: _count.imports,
    datasets: _count.datasets,
  }));
}
