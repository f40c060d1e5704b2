import { copyStatement, forgetCopy } from '../db/copy-client';
import type { RowWriter } from './row-writer';

/** Writes rows by COPY inside the transaction: the default, ten times as fast as `createMany`. */
export const copyWriter: RowWriter = {
  async open(tx) {
    const { sql, stream: opening } = copyStatement('"Row" ("importId", "rowNumber", "values")');
    const stored = tx.$executeRawUnsafe(sql);
    stored.catch(() => forgetCopy(sql));
    const stream = await Promise.race([
      opening,
      stored.then(() => Promise.reject(new Error('COPY did not open.'))),
    ]);
    let broken: Error | undefined;
    stream.on('error', (error: Error) => (broken = error));
    return {
      async write(lines) {
        if (broken) throw broken;
        // Not waiting for the socket: a segment is small, and while Postgres digests it the next is being made.
        stream.write(lines);
      },
      async end() {
        stream.end();
        return await stored;
      },
      abandon(error) {
        stream.destroy(error);
      },
    };
  },
};
