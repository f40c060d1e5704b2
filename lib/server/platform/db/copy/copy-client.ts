import { randomUUID } from 'node:crypto';
import { clearLogs } from '@prisma/debug';
import pg from 'pg';
import { forServers } from '@/lib/server/platform/db/cluster/cluster-settings';
import { noteStatement } from '@/lib/server/platform/db/failed-statement';
import { CopyIn } from './copy-in';

/**
 * COPY inside Prisma's own transaction: Prisma hands every statement to the connection's `query`, so a
 * connection that knows a marked `COPY … FROM STDIN` can open it, hand it to whoever holds the mark, and answer
 * Prisma when it ends. Measured: no slower than COPY without Prisma, where handing the whole text over as a
 * parameter took twice as long.
 */
const waiting = new Map<string, (copy: CopyIn) => void>();
const marked =
  /^COPY "\w+"\."\w+" \("\w+"(?:,"\w+")*\) FROM STDIN \(FORMAT binary\) \/\* ([0-9a-f-]{36}) \*\/$/;

/** The names of our own tables and columns: nothing else can stand in the statement. */
function quoted(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`Rows are not copied into ${JSON.stringify(name)}.`);
  return `"${name}"`;
}

/**
 * A statement to run through `$executeRawUnsafe`, and the COPY that opens once it runs: rows go there in COPY's binary format.
 * @param table its schema and its name
 */
export function copyStatement(
  table: [schema: string, name: string],
  columns: string[],
): { sql: string; copy: Promise<CopyIn> } {
  const [into, names] = [table.map(quoted).join('.'), columns.map(quoted).join()];
  const mark = randomUUID();
  const copy = new Promise<CopyIn>((resolve) => waiting.set(mark, resolve));
  return { sql: `COPY ${into} (${names}) FROM STDIN (FORMAT binary) /* ${mark} */`, copy };
}

/** Forgets a statement that never ran (its transaction failed to open). */
export function forgetCopy(sql: string): void {
  const mark = marked.exec(sql)?.[1];
  if (mark) waiting.delete(mark);
}

/**
 * A process that stands still in the middle of a transaction (stopped, swapped out, its host gone) must not keep its
 * locks: the attempt that takes over would wait for ever. Said with every BEGIN, and not once a connection: PgBouncer
 * takes no such setting when a connection opens, and would hand one that was made later to others.
 */
const begin = 'BEGIN; SET LOCAL idle_in_transaction_session_timeout = 20000';

const plainQuery: (...args: unknown[]) => unknown = pg.Client.prototype.query;

function query(this: pg.Client, ...args: unknown[]): unknown {
  // Prisma keeps its last hundred statements with their arguments for reports of its own faults. Of a file whose rows are
  // all rejected that was a third of the worker's memory, and what people's files hold is no part of any report.
  clearLogs();
  const [config] = args;
  const text = typeof config === 'object' && config !== null && 'text' in config ? config.text : undefined;
  if (text === 'BEGIN') return plainQuery.call(this, begin);
  const mark = typeof text === 'string' ? marked.exec(text)?.[1] : undefined;
  const take = mark === undefined ? undefined : waiting.get(mark);
  if (mark === undefined || take === undefined) return noting(text, plainQuery.apply(this, settled(args)));
  waiting.delete(mark);
  const copy = new CopyIn(String(text));
  plainQuery.call(this, copy);
  copy.opened.then(
    () => take(copy),
    () => undefined,
  );
  return noting(
    text,
    copy.stored.then((rowCount) => ({ rowCount, rows: [], fields: [] })),
  );
}

/** What is asked, with its settings as a cluster wants them. */
function settled([asked, ...others]: unknown[]): unknown[] {
  if (typeof asked === 'string') return [forServers(asked), ...others];
  if (typeof asked !== 'object' || asked === null || !('text' in asked) || typeof asked.text !== 'string')
    return [asked, ...others];
  const text = forServers(asked.text);
  return [text === asked.text ? asked : { ...asked, text }, ...others];
}

/** Hands on what a query returns, and notes the statement if it fails. */
function noting(text: unknown, result: unknown): unknown {
  if (!(result instanceof Promise) || typeof text !== 'string') return result;
  return result.catch((error: unknown) => {
    noteStatement(text);
    throw error;
  });
}

/** A pg connection on which a marked COPY is answered when it has ended, and transactions do not stand still for long. */
export class CopyClient extends pg.Client {}
// Not an override in the class: pg declares `query` with overloads that a pass-through cannot satisfy.
Object.defineProperty(CopyClient.prototype, 'query', { value: query, writable: true });
