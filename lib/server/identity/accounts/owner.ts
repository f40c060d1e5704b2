import { db, type Transaction } from '@/lib/server/platform/db/client';

const select = { id: true, name: true, role: true } as const;

/** Whether somebody can sign in who may do everything: until then a server waits for its owner. */
export async function hasOwner(tx: Transaction = db()): Promise<boolean> {
  const found = await tx.user.findFirst({
    where: { role: 'ADMIN', removedAt: null, accounts: { some: {} } },
    select: { id: true },
  });
  return found !== null;
}

/**
 * The first administrator. Before there is one, imports of the command line need somebody to belong to: a person
 * without a way to sign in, whom the set-up turns into the owner.
 */
export async function placeholderOwner() {
  const first = await db().user.findFirst({
    where: { role: 'ADMIN', disabledAt: null },
    orderBy: { createdAt: 'asc' },
    select,
  });
  if (first) return first;
  return db().user.upsert({
    where: { email: 'owner@localhost' },
    create: { email: 'owner@localhost', name: 'Owner', role: 'ADMIN' },
    update: {},
    select,
  });
}
