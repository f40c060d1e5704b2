import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '../env';
import { log } from '../log';
import { CopyClient } from './copy/copy-client';
import { type Prisma, PrismaClient } from './generated/client';

export type { Prisma } from './generated/client';

/** The client inside an interactive transaction. */
export type Transaction = Prisma.TransactionClient;

/** Kept across reloads of `next dev`, which evaluates this module anew each time. */
declare global {
  var sluiceDb: PrismaClient | undefined;
  var sluicePool: pg.Pool | undefined;
}

/** The process's Prisma client, over one pool whose connections can COPY. */
export function db(): PrismaClient {
  globalThis.sluicePool ??= openPool(env().DATABASE_URL, env().DATABASE_POOL);
  globalThis.sluiceDb ??= overPool(globalThis.sluicePool);
  return globalThis.sluiceDb;
}

/** A connection of the pool under {@link db}, for what Prisma cannot do. */
export interface Borrowed {
  connection: pg.PoolClient;
  /** Gives it back. @param broken it is in no state to be used again, and is closed */
  release(broken: boolean): void;
}

/** Takes a connection out of the pool, outside any transaction. It has to be released whatever happens. */
export async function borrowConnection(): Promise<Borrowed> {
  globalThis.sluicePool ??= openPool(env().DATABASE_URL, env().DATABASE_POOL);
  const connection = await globalThis.sluicePool.connect();
  // While it is out, the pool does not listen: without this, a connection that is lost would end the process.
  const lost = (error: Error) => log().warn({ err: error.message }, 'a database connection was lost');
  connection.on('error', lost);
  return {
    connection,
    release(broken) {
      connection.off('error', lost);
      connection.release(broken);
    },
  };
}

/** A Prisma client of its own, for tests and tools. */
export function openDb(databaseUrl: string, connections: number): PrismaClient {
  return overPool(openPool(databaseUrl, connections));
}

function openPool(databaseUrl: string, connections: number): pg.Pool {
  return new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    Client: CopyClient,
  });
}

function overPool(pool: pg.Pool): PrismaClient {
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onPoolError: (error) => log().warn({ err: error.message }, 'a database connection was lost'),
    onConnectionError: (error) => log().warn({ err: error.message }, 'a database connection was lost'),
  });
  return new PrismaClient({
    adapter,
    // Messages without the arguments of the call, which are values of people's files.
    errorFormat: 'minimal',
    // The plan of one `createMany` of 500 rows is as large as its rows are many; by default a thousand plans are kept.
    queryPlanCacheMaxSize: 150,
  });
}

/** Closes the process's client, if it was opened. */
export async function closeDb(): Promise<void> {
  await globalThis.sluiceDb?.$disconnect();
  globalThis.sluiceDb = undefined;
  globalThis.sluicePool = undefined;
}
