import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '../env';
import { log } from '../log';
import { CopyClient } from './copy-client';
import { type Prisma, PrismaClient } from './generated/client';

export type { Prisma } from './generated/client';

/** The client inside an interactive transaction. */
export type Transaction = Prisma.TransactionClient;

/** Kept across reloads of `next dev`, which evaluates this module anew each time. */
const kept = globalThis as typeof globalThis & { sluiceDb?: PrismaClient };

/** The process's Prisma client, over one pool whose connections can COPY. */
export function db(): PrismaClient {
  kept.sluiceDb ??= openDb(env().DATABASE_URL, env().DATABASE_POOL);
  return kept.sluiceDb;
}

/** A Prisma client of its own, for tests and tools. */
export function openDb(databaseUrl: string, connections: number): PrismaClient {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // A process that stands still in the middle of a transaction (stopped, swapped out, its host gone) must not keep
    // its locks: the attempt that takes over would wait for ever.
    idle_in_transaction_session_timeout: 20_000,
    Client: CopyClient,
  });
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onPoolError: (error) => log().warn({ err: error.message }, 'a database connection was lost'),
    onConnectionError: (error) => log().warn({ err: error.message }, 'a database connection was lost'),
  });
  // Messages without the arguments of the call, which are values of people's files.
  return new PrismaClient({ adapter, errorFormat: 'minimal' });
}

/** Closes the process's client, if it was opened. */
export async function closeDb(): Promise<void> {
  await kept.sluiceDb?.$disconnect();
  delete kept.sluiceDb;
}
