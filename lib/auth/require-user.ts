import { db } from '../db/client';
import type { Role } from '../db/generated/enums';

/** Who is there, as handlers know it. */
export interface User {
  id: string;
  name: string;
  role: Role;
}

const ownerEmail = 'owner@localhost';
let owner: Promise<User> | undefined;

async function localOwner(): Promise<User> {
  const select = { id: true, name: true, role: true };
  return db().user.upsert({
    where: { email: ownerEmail },
    create: { email: ownerEmail, name: 'Owner', role: 'ADMIN' },
    update: {},
    select,
  });
}

/**
 * Who makes this request. The one place that knows: today the one local owner, whoever asks.
 * @throws AppError `unauthenticated` once there are accounts
 */
export function requireUser(_request?: Request): Promise<User> {
  owner ??= localOwner().catch((error: unknown) => {
    owner = undefined;
    throw error;
  });
  return owner;
}
