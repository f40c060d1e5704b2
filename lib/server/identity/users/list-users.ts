import { afterName, type ByNameQuery, byName, containing, nextName } from '@/lib/server/platform/db/by-name';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { RemovedPage, UsersPage } from '@/lib/shared/schema/user/users';

/** Those with an account, by name. @returns one page, and how to go on */
export async function listUsers({ q, after, limit }: ByNameQuery): Promise<UsersPage> {
  const sought = q ? { OR: [{ name: containing(q) }, { email: containing(q) }] } : {};
  const found = await findUsers({ removedAt: null, AND: [sought, afterName(after)] }, limit);
  return {
    users: found.map(({ id, name, email, role, disabledAt, createdAt, _count }) => ({
      id,
      name,
      email,
      role,
      disabledAt: disabledAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      imports: _count.imports,
      datasets: _count.datasets,
    })),
    next: nextName(found, limit),
  };
}

/** Those whose account was removed, by name. @returns one page, and how to go on */
export async function listRemovedUsers({ q, after, limit }: ByNameQuery): Promise<RemovedPage> {
  const sought = q ? { name: containing(q) } : {};
  const found = await findUsers({ removedAt: { not: null }, AND: [sought, afterName(after)] }, limit);
  return {
    users: found.flatMap(({ id, name, email, removedAt, _count }) =>
      removedAt ? { id, name, email, removedAt: removedAt.toISOString(), imports: _count.imports } : [],
    ),
    next: nextName(found, limit),
  };
}

function findUsers(where: Prisma.UserWhereInput, limit: number) {
  return db().user.findMany({
    where: { purgedAt: null, ...where },
    orderBy: byName,
    take: limit,
    include: {
      _count: {
        select: { imports: { where: { deletedAt: null } }, datasets: { where: { deletedAt: null } } },
      },
    },
  });
}
