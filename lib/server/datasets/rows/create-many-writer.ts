import { randomUUID } from 'node:crypto';
import type { Transaction } from '@/lib/server/platform/db/client';
import { z } from '@/lib/shared/zod';
import { inSchema } from '../storage/dataset-table';
import { JsonBuffer } from './json-buffer';
import { columnNames, type RowTarget } from './row-target';
import type { RowWriter } from './row-writer';

/**
 * Writes rows by Prisma's `createMany`, for databases behind a proxy that cannot COPY: a record holds a whole batch, which
 * the database then takes apart. A record a row took 33 times as long as COPY, since Prisma plans for every value.
 */
export const createManyWriter: RowWriter = {
  buffer: (target) => new JsonBuffer(target),
  async open(tx, target) {
    const insert = await insertStatement(tx, target);
    let stored = 0;
    let isAbandoned = false;
    const store = async (rows: string) => {
      if (isAbandoned) return;
      const id = randomUUID();
      await tx.rowBatch.createMany({ data: [{ id, importId: target.importId, rows }] });
      stored += await tx.$executeRawUnsafe(insert, id, target.importId);
    };
    let last = Promise.resolve();
    return {
      async write(rows, done) {
        const text = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength).toString();
        done?.();
        // Not waiting: a segment is small, and while Postgres takes a batch apart the next is being made.
        last = last.then(() => store(text));
        last.catch(() => undefined);
      },
      async end() {
        await last;
        return stored;
      },
      abandon() {
        isAbandoned = true;
      },
    };
  },
};

const casts = z.array(z.object({ cell: z.string() }));

/** A statement that moves the rows of the batch `$1` of the import `$2` into their table. */
async function insertStatement(tx: Transaction, target: RowTarget): Promise<string> {
  const types = target.columns.map(({ type }) => type);
  // Behind the row's number and what is exact.
  const found = await tx.$queryRaw`
    select "castCell"("type"::"ColumnType", format('(r ->> %s)', "place" + 1)) as "cell"
    from unnest(${types}::text[]) with ordinality as c ("type", "place") order by "place"`;
  const cells = casts.parse(found).map(({ cell }) => cell);
  const more = target.more.length > 0 ? [`r -> ${cells.length + 2}`] : [];
  const names = columnNames(target).map((name) => `"${name}"`);
  return `
    with batch as (delete from "RowBatch" where "id" = $1::uuid returning "rows")
    insert into ${inSchema(target.number, 'rows')} (${names.join()})
    select $2::int, (r ->> 0)::int, ${[...cells, ...more].join()}, nullif(r -> 1, 'null')
    from batch, jsonb_array_elements(batch."rows"::jsonb) as r`;
}
