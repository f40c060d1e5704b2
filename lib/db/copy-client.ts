import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';

/**
 * COPY inside Prisma's own transaction: Prisma hands every statement to the connection's `query`, so a
 * connection that knows a marked `COPY … FROM STDIN` can open the stream, hand it to whoever holds the
 * mark, and answer Prisma when the stream ends. Measured: no slower than COPY without Prisma, where handing
 * the whole text over as a parameter took twice as long.
 */
const waiting = new Map<string, (stream: CopyStreamQuery) => void>();
const marked = /^COPY [^;]+ FROM STDIN \(FORMAT binary\) \/\* stream ([0-9a-f-]{36}) \*\/$/;

/** A statement to run through `$executeRawUnsafe`, and the stream that opens once it runs: COPY's binary format. */
export function copyStatement(target: string): { sql: string; stream: Promise<CopyStreamQuery> } {
  const mark = randomUUID();
  const stream = new Promise<CopyStreamQuery>((resolve) => waiting.set(mark, resolve));
  return { sql: `COPY ${target} FROM STDIN (FORMAT binary) /* stream ${mark} */`, stream };
}

/** Forgets a statement that never ran (its transaction failed to open). */
export function forgetCopy(sql: string): void {
  const mark = marked.exec(sql)?.[1];
  if (mark) waiting.delete(mark);
}

const plainQuery: (...args: unknown[]) => unknown = pg.Client.prototype.query;

function query(this: pg.Client, ...args: unknown[]): unknown {
  const [config] = args;
  const text = typeof config === 'object' && config !== null && 'text' in config ? config.text : undefined;
  const mark = typeof text === 'string' ? marked.exec(text)?.[1] : undefined;
  const take = mark === undefined ? undefined : waiting.get(mark);
  if (mark === undefined || take === undefined) return plainQuery.apply(this, args);
  waiting.delete(mark);
  const stream = copyFrom(String(text));
  plainQuery.call(this, stream);
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('finish', () => resolve({ rowCount: stream.rowCount, rows: [], fields: [] }));
    take(stream);
  });
}

/** A pg connection on which a marked COPY is answered when its stream has ended. */
export class CopyClient extends pg.Client {}
// Not an override in the class: pg declares `query` with overloads that a pass-through cannot satisfy.
Object.defineProperty(CopyClient.prototype, 'query', { value: query, writable: true });
