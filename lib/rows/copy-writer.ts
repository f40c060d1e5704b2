import { copyStatement, forgetCopy } from '../db/copy-client';
import { copyBegin, copyEnd } from './copy-format';
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
    stream.write(copyBegin);
    return {
      async write(tuples) {
        if (broken) throw broken;
        // Not waiting for the socket: a segment is small, and while Postgres digests it the next is being made.
        stream.write(tuples);
      },
      async end() {
        stream.end(copyEnd);
        return await stored;
      },
      abandon(error) {
        stream.destroy(error);
      },
    };
  },
};
