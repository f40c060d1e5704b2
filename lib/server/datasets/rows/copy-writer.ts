import { copyStatement, forgetCopy } from '@/lib/server/platform/db/copy/copy-client';
import { copyBegin, copyEnd } from './copy-format';
import { columnNames } from './row-target';
import type { RowWriter } from './row-writer';
import { TupleBuffer } from './tuple-buffer';

const nothing = () => undefined;

/** Writes rows by COPY inside the transaction: the default, ten times as fast as `createMany`. */
export const copyWriter: RowWriter = {
  buffer: (target, pool) => new TupleBuffer(target, pool),
  async open(tx, target) {
    const { sql, copy: opening } = copyStatement([`ds_${target.number}`, 'rows'], columnNames(target));
    const stored = tx.$executeRawUnsafe(sql);
    stored.catch(() => forgetCopy(sql));
    const copy = await Promise.race([
      opening,
      stored.then(() => Promise.reject(new Error('COPY did not open.'))),
    ]);
    copy.write(copyBegin, nothing);
    return {
      async write(tuples, done = nothing) {
        // Not waiting for the socket: a segment is small, and while Postgres digests it the next is being made.
        copy.write(tuples, done);
      },
      async end() {
        copy.write(copyEnd, nothing);
        copy.end();
        return await stored;
      },
      abandon: (error) => copy.abandon(error.message),
    };
  },
};
