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

/** Joins the transaction that the library is in, if any: a second connection would wait for the first. */
export function inLibraryTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tx = current.getStore();
  return tx ? work(tx) : db().$transaction(work);
}

/**
 * The transaction that the library is in.
 * @throws Error outside of one, where the second change could fail after the first was made
 */
export function libraryTransaction(): Transaction {
  const tx = current.getStore();
  if (!tx) throw new Error('The login library changes something outside of a transaction.');
  return tx;
}
