import { isOutageStatus } from '@/lib/shared/outage-status';
import { statusOf } from './storage/status-of';

/** Something that Sluice needs does not do its part right now. What failed of it may be done again later. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** Node's and undici's words for connections that cannot be had, or break. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/**
 * PostgreSQL's (appendix A of its manual). Connections: 08, 28, 3D, a server that stops or begins, a session that was
 * ended, one that became read-only when another server took over. Resources: 53, 58, locks and time that ran out.
 * Serialization: 40001, 40P01.
 */
const sqlStates =
  /^(?:(?:08|28|3D|53|58)[0-9A-Z]{3}|57P0[1-5]|57014|25P0[34]|25006|40001|40P01|55P03|72000)$/;

/** Prisma's own, where it says no more: no connection, a time that ran out, a conflict, too many connections. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
/** But these of P2028 are ours: a transaction is used after its end. */
const usedAfterEnd = /committed|rolled back/;

/** Of the adapter between Prisma and pg, for what has no SQLSTATE. */
const adapterKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);

/** What pg says without a code. */
const pgMessages =
  /^(?:Connection terminated|timeout exceeded when trying to connect$|Query read timeout$|Client (?:was closed|has encountered a connection error) and is not queryable$|Cannot use a pool after calling end)/;

/** Node's words, which Prisma repeats: what listens at a socket takes it away when it stops. */
const noSocket = /\bconnect ENOENT /;

/** The store's, where it answered with another status. */
const storeNames = new Set([
  'TimeoutError',
  'NetworkingError',
  'RequestTimeout',
  'SlowDown',
  'ThrottlingException',
]);

/**
 * Whether an error comes from an outage: from connections, resources or serialization, of the database or the store.
 * The one place that decides it, for web servers and workers. What is not is a fault of a request, a file or Sluice,
 * and comes again however often it is tried.
 */
export function isOutage(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  if (error instanceof Outage || pgMessages.test(error.message) || storeNames.has(error.name)) return true;
  const code = textOf(error, 'code');
  const { sqlState, kind } = adapterCause(error);
  if (noSocket.test(error.message)) return true;
  // Prisma puts its own code before PostgreSQL's, which says more.
  if (sqlState !== undefined) return sqlStates.test(sqlState);
  if (kind !== undefined && adapterKinds.has(kind)) return true;
  if (code !== undefined) {
    if (connectionCodes.has(code) || sqlStates.test(code)) return true;
    if (prismaCodes.has(code)) return !(code === 'P2028' && usedAfterEnd.test(error.message));
  }
  const status = statusOf(error);
  if (status > 0 && isOutageStatus(status)) return true;
  return isOutage(error.cause, depth + 1);
}

/** Whether the database or the store said that its disk is full. */
export function isFullDisk(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  const states = [adapterCause(error).sqlState, textOf(error, 'code')];
  return states.includes('53100') || statusOf(error) === 507 || isFullDisk(error.cause, depth + 1);
}

/** Whether the database gave up a statement because its time was over. */
export function isQueryCancelled(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  const states = [adapterCause(error).sqlState, textOf(error, 'code')];
  return states.includes('57014') || isQueryCancelled(error.cause, depth + 1);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** What the adapter between Prisma and pg hangs on an error; without Prisma around it, it is the error's own cause. */
function adapterCause(error: Error): { sqlState: string | undefined; kind: string | undefined } {
  const cause = fieldOf(fieldOf(fieldOf(error, 'meta'), 'driverAdapterError') ?? error, 'cause');
  return { sqlState: textOf(cause, 'originalCode'), kind: textOf(cause, 'kind') };
}
