import type { Prisma } from '../db/client';
import type { RowWriter } from './row-writer';

/** 250 rows at a time: 1,000 were a tenth faster and took 300 MB more (Prisma builds a plan for every value). */
const batchRows = 250;

/** Writes rows by Prisma's `createMany`: for databases behind a proxy that cannot COPY. */
export const createManyWriter: RowWriter = {
  async open(tx, importId) {
    let waiting: Prisma.RowCreateManyInput[] = [];
    let stored = 0;
    const send = async () => {
      while (waiting.length > 0) {
        const { count } = await tx.row.createMany({ data: waiting.splice(0, batchRows) });
        stored += count;
      }
    };
    return {
      add(rowNumber, values) {
        waiting.push({ importId, rowNumber, values: [...values] });
      },
      async flush() {
        if (waiting.length >= batchRows) await send();
      },
      async end() {
        await send();
        return stored;
      },
      abandon() {
        waiting = [];
      },
    };
  },
};
