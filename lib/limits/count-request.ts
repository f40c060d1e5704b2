// rate-limiter-flexible counts in one atomic statement, keeps a flood from reaching the database at all, and has been
// kept up since 2017. Its own Prisma store reads and writes in two steps, so its PostgreSQL store is given Prisma's
// connections instead.
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { env } from '../env';
import { AppError } from '../errors';

/** What is counted apart from each other. Signing in has the login library's own limits. */
type Kind = 'imports' | 'addresses' | 'changes';

const seconds = 60;

/** Asks the database through the process's own client. */
const connection = {
  async query({ text, values }: { text: string; values: unknown[] }) {
    const rows = await db().$queryRawUnsafe<Record<string, unknown>[]>(text, ...values);
    return {
      rowCount: rows.length,
      rows: rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) })),
    };
  },
};

const limiters = new Map<Kind, RateLimiterPostgres>();

function limiterFor(kind: Kind, points: number): RateLimiterPostgres {
  const known = limiters.get(kind);
  if (known) return known;
  const limiter = new RateLimiterPostgres({
    storeClient: connection,
    storeType: 'client',
    tableName: 'RequestCount',
    tableCreated: true,
    // The sweep removes what has run out.
    clearExpiredByTimeout: false,
    keyPrefix: kind,
    points,
    duration: seconds,
    // Whoever is over the limit is told so from memory until the minute is over.
    inMemoryBlockOnConsumed: points,
  });
  limiters.set(kind, limiter);
  return limiter;
}

function kindOf(method: string, path: string): Kind | null {
  if (method === 'POST' && path === '/api/imports') return 'imports';
  if (path.endsWith('/upload/parts') || path.endsWith('/source')) return 'addresses';
  return method === 'GET' || method === 'HEAD' ? null : 'changes';
}

function limitOf(kind: Kind): { points: number; what: string; variable: string } {
  switch (kind) {
    case 'imports':
      return { points: env().RATE_IMPORTS, what: 'imports begun', variable: 'RATE_IMPORTS' };
    case 'addresses':
      return { points: env().RATE_ADDRESSES, what: 'addresses asked for', variable: 'RATE_ADDRESSES' };
    case 'changes':
      return { points: env().RATE_CHANGES, what: 'changes', variable: 'RATE_CHANGES' };
    default:
      return kind satisfies never;
  }
}

/**
 * Counts a request of a person, on whichever web server it arrives. Reading is not counted.
 * @throws AppError `too-many-requests` with the seconds to wait
 */
export async function countRequest(method: string, path: string, user: User): Promise<void> {
  const kind = kindOf(method, path);
  if (!kind) return;
  const { points, what, variable } = limitOf(kind);
  try {
    await limiterFor(kind, points).consume(user.id);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const wait = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new AppError(
      'too-many-requests',
      `These are more than ${points} ${what} in a minute, as many as this server takes from one person (${variable}). Go on in ${wait} s.`,
      {},
      wait,
    );
  }
}

/** Removes counts of minutes that are over. @returns how many */
export async function forgetOldCounts(now: Date): Promise<number> {
  const { count } = await db().requestCount.deleteMany({ where: { expire: { lt: now.getTime() } } });
  return count;
}
