import type { Transaction } from './client';

/**
 * Waits until no other transaction has this lock, and has it until this one ends. A row and no advisory lock: those
 * anybody may take who can connect to the database, also a role that may read one view, and so stop everybody.
 */
export async function lockNamed(tx: Transaction, name: string): Promise<void> {
  // Whoever inserts the same name waits for the end of the transaction that did it before; deleted at once, nothing of it
  // is left, however many names there are.
  await tx.$executeRaw`insert into "NamedLock" ("name") values (${name})`;
  await tx.$executeRaw`delete from "NamedLock" where "name" = ${name}`;
}

/** Has the lock until the transaction ends, unless another one has it. @returns whether it does */
export async function tryLockNamed(tx: Transaction, name: string): Promise<boolean> {
  // A name that stays: what is inserted and not yet committed cannot be skipped.
  await tx.$executeRaw`
    insert into "NamedLock" ("name") select ${name} where not exists (select 1 from "NamedLock" where "name" = ${name})
    on conflict do nothing`;
  const locked = await tx.$queryRaw<unknown[]>`
    select 1 from "NamedLock" where "name" = ${name} for update skip locked`;
  return locked.length > 0;
}
