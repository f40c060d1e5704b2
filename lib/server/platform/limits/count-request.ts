import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
// rate-limiter-flexible counts in one atomic statement, keeps a flood from reaching the database at all, and has been
// kept up since 2017. Its own Prisma store reads and writes in two steps, so its PostgreSQL store is given Prisma's
// connections instead.
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { User } from '@/lib/server/platform/user';
import { apiPrefix } from '@/lib/shared/api/prefix';
import { db } from '../db/client';
import { env } from '../env';
import { AppError } from '../errors';
import { addressOf } from '../request-source';

/** What is counted apart: three of a person, one of an e-mail address tried from a client's address, one of the latter. */
type Kind = 'imports' | 'addresses' | 'changes' | 'sign-ins' | 'visitors';

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

function limiterFor(kind: Kind): RateLimiterPostgres {
  const { points, seconds } = limitOf(kind);
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
  if (method === 'POST' && path === `${apiPrefix}/imports`) return 'imports';
  if (path.endsWith('/upload/parts') || path.endsWith('/source')) return 'addresses';
  return isReading(method) ? null : 'changes';
}

const isReading = (method: string) => method === 'GET' || method === 'HEAD';

function limitOf(kind: Kind): { points: number; seconds: number; what: string; variable: string } {
  const seconds = 60;
  const { RATE_IMPORTS, RATE_ADDRESSES, RATE_CHANGES, RATE_SIGN_INS, RATE_VISITORS } = env();
  switch (kind) {
    case 'imports':
      return { points: RATE_IMPORTS, seconds, what: 'imports begun by one person', variable: 'RATE_IMPORTS' };
    case 'addresses':
      return {
        points: RATE_ADDRESSES,
        seconds,
        what: 'addresses asked for by one person',
        variable: 'RATE_ADDRESSES',
      };
    case 'changes':
      return { points: RATE_CHANGES, seconds, what: 'changes by one person', variable: 'RATE_CHANGES' };
    case 'sign-ins':
      return {
        points: RATE_SIGN_INS,
        seconds: 5 * 60,
        what: 'failed attempts to sign in with this e-mail address from where you are',
        variable: 'RATE_SIGN_INS',
      };
    case 'visitors':
      return {
        points: RATE_VISITORS,
        seconds,
        what: 'requests from your address without a session',
        variable: 'RATE_VISITORS',
      };
    default:
      return kind satisfies never;
  }
}

async function count(kind: Kind, key: string): Promise<void> {
  try {
    await limiterFor(kind).consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const { points, seconds, what, variable } = limitOf(kind);
    const wait = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    const time = seconds === 60 ? 'a minute' : `${seconds / 60} minutes`;
    throw new AppError(
      'too-many-requests',
      `These are more than ${points} ${what} in ${time}, the limit of this server (${variable}). Go on in ${wait} s.`,
      {},
      wait,
    );
  }
}

/**
 * Counts a request of a person, on whichever web server it arrives. Reading is not counted.
 * @throws AppError `too-many-requests` with the seconds to wait
 */
export async function countRequest(method: string, path: string, user: User): Promise<void> {
  const kind = kindOf(method, path);
  if (kind) await count(kind, user.id);
}

/**
 * Counts what somebody without a session asks for, by the address that it came from.
 * @throws AppError `too-many-requests`
 */
export async function countVisitor(request: Request): Promise<void> {
  if (isReading(request.method)) return;
  await count('visitors', keyOf(networkOf(request)));
}

/**
 * Counts an attempt to sign in, until one succeeds: by e-mail address and by where it comes from. By the former alone,
 * anybody who knows somebody's address could keep them out with ten wrong passwords. Who tries many addresses is stopped
 * as a visitor.
 * @returns to be called when it did
 * @throws AppError `too-many-requests`
 */
export async function countSignIn(email: string, request: Request): Promise<() => Promise<void>> {
  const key = keyOf(`${email.trim().toLowerCase()} ${networkOf(request)}`);
  await count('sign-ins', key);
  return async () => void (await limiterFor('sign-ins').delete(key));
}

/** Whose request it is, as far as its address tells. An IPv6 network of /64 is one subscriber's, with 2⁶⁴ addresses. */
function networkOf(request: Request): string {
  // A link-local address names its interface (fe80::1%eth0), which no URL may.
  const address = (addressOf(request) ?? 'unknown').replace(/%.*$/, '');
  if (!isIPv6(address)) return address;
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = head.split(':').filter(Boolean);
  const last = tail?.split(':').filter(Boolean) ?? [];
  if (tail !== undefined) groups.push(...Array<string>(8 - groups.length - last.length).fill('0'), ...last);
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** What somebody typed is not kept, and may be longer than a key. */
const keyOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Removes counts of minutes that are over. @returns how many */
export async function purgeExpiredCounts(now: Date): Promise<number> {
  const { count } = await db().requestCount.deleteMany({ where: { expire: { lt: now.getTime() } } });
  return count;
}
