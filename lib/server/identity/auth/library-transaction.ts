import { AsyncLocalStorage } from 'node:async_hooks';
import { db, type Transaction } from '@/lib/server/platform/db/client';

const current = new AsyncLocalStorage<Transaction>();

/**
 * Prisma as the login library gets it. What its hooks do by {@link libraryTransaction} happens together with the library's
 * own change, or not at all.
 */
export function libraryClient(): object {
  const client = db();
  const transaction = (work: (tx: Transaction) => Promise<unknown>) =>
    client.$transaction((tx) => current.run(tx, () => work(tx)));
  return new Proxy(client, {
    get: (target, name) => (name === '$transaction' ? transaction : Reflect.get(target, name)),
  });
}

/**
 * The transaction that the library is in.
 * @throws Error outside of one: two things would happen of which the second may not
 */
export function libraryTransaction(): Transaction {
  const tx = current.getStore();
  if (!tx) throw new Error('The login library changes something outside of a transaction.');
  return tx;
}
