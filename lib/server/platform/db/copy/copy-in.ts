import type { Connection, Submittable } from 'pg';

/** What goes before every chunk: its kind, `d`, and its length. */
const chunkHead = 5;

/**
 * A `COPY … FROM STDIN` on one connection, given to pg like any query (PostgreSQL manual, “Message Flow”, COPY
 * Operations). pg-copy-streams does the same as a stream, which cannot say when the socket is done with a chunk: only
 * who knows that may use the chunk's memory again, and new memory for every chunk cost a fifth of an import.
 */
export class CopyIn implements Submittable {
  private readonly opening = Promise.withResolvers<void>();
  private readonly ending = Promise.withResolvers<number>();
  /** Resolves when Postgres takes rows. */
  readonly opened: Promise<void> = this.opening.promise;
  /** Resolves, after {@link end}, with the number of rows that Postgres stored. */
  readonly stored: Promise<number> = this.ending.promise;

  private connection: Connection | undefined;
  private error: Error | undefined;
  private rowCount = 0;

  constructor(private readonly sql: string) {
    this.opened.catch(() => undefined);
    this.stored.catch(() => undefined);
  }

  /**
   * Sends a chunk. Waits for nothing: how much is under way is for the caller to bound.
   * @param done called when the chunk's memory may be used for something else; never called if the connection breaks
   * @throws the error that ended the COPY
   */
  write(chunk: Uint8Array, done: () => void): void {
    const { stream } = this.open();
    const head = Buffer.allocUnsafe(chunkHead);
    head[0] = 0x64;
    head.writeInt32BE(chunk.length + 4, 1);
    stream.cork();
    stream.write(head);
    stream.write(chunk, (error) => {
      if (!error) done();
    });
    stream.uncork();
  }

  /** All rows are sent. @throws the error that ended the COPY */
  end(): void {
    this.open().stream.write(Buffer.from([0x63, 0, 0, 0, 4]));
  }

  /** Has Postgres give up the COPY, which makes the transaction fail. */
  abandon(reason: string): void {
    if (this.error || !this.connection) return;
    const said = Buffer.from(`${reason.replaceAll('\0', '')}\0`);
    const head = Buffer.allocUnsafe(chunkHead);
    head[0] = 0x66;
    head.writeInt32BE(said.length + 4, 1);
    this.connection.stream.write(Buffer.concat([head, said]));
  }

  private open(): Connection {
    if (this.error) throw this.error;
    if (!this.connection) throw new Error('The COPY is not open.');
    return this.connection;
  }

  // What pg calls.

  submit(connection: Connection): void {
    connection.query(this.sql);
  }

  handleCopyInResponse(connection: Connection): void {
    this.connection = connection;
    this.opening.resolve();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rowCount = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.connection = undefined;
    this.ending.resolve(this.rowCount);
  }

  handleError(error: Error): void {
    this.error = error;
    this.connection = undefined;
    this.opening.reject(error);
    this.ending.reject(error);
  }
}
