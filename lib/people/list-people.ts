import type { PeoplePage, RemovedPage } from '../accounts/contract';
import { afterName, type ByNameQuery, byName, containing, nextName } from '../db/by-name';
import { db, type Prisma } from '../db/client';

/** Those with an account, by name. @returns one page, and how to go on */
export async function listPeople({ q, after, limit }: ByNameQuery): Promise<PeoplePage> {
  const sought = q ? { OR: [{ name: containing(q) }, { email: containing(q) }] } : {};
  const found = await findPeople({ removedAt: null, AND: [sought, afterName(after)] }, limit);
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
export async function listRemovedPeople({ q, after, limit }: ByNameQuery): Promise<RemovedPage> {
  const sought = q ? { name: containing(q) } : {};
  const found = await findPeople({ removedAt: { not: null }, AND: [sought, afterName(after)] }, limit);
  return {
    users: found.flatMap(({ id, name, email, removedAt, _count }) =>
      removedAt ? { id, name, email, removedAt: removedAt.toISOString(), imports: _count.imports } : [],
    ),
    next: nextName(found, limit),
  };
}

function findPeople(where: Prisma.UserWhereInput, limit: number) {
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
