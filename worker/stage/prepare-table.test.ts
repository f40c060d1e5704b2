import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';
import { owner } from '@/testing/people';
import { handleJobError } from '../jobs/fail-import';
import { prepareTable, TableBusy } from './prepare-table';

openDatabase();

const never = new AbortController().signal;

/** Reads the dataset's table until the returned function is called. */
async function readForLong(number: number): Promise<() => Promise<void>> {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { promise: reads, resolve: read } = Promise.withResolvers<void>();
  const reader = db().$transaction(
    async (tx) => {
      await tx.$queryRawUnsafe(`select count(*)::int from ${inSchema(number, 'rows')}`);
      read();
      await held;
    },
    { timeout: 60_000 },
  );
  await reads;
  return () => {
    release();
    return reader;
  };
}

const addColumn = (datasetId: string) =>
  db().column.create({ data: { datasetId, slot: 1, position: 1, name: 'added', type: 'DATE' } });

it('waits for a column while somebody reads the table', async () => {
  const { id, table } = await makeDataset([{ slot: 0, type: 'TEXT' }]);
  const stop = await readForLong(table.number);
  await addColumn(id);
  let isPrepared = false;
  const prepared = prepareTable({ datasetId: id }, never).then((found) => {
    isPrepared = true;
    return found;
  });
  await sleep(500);
  expect(isPrepared).toBe(false);
  await stop();
  expect(await prepared).toEqual(table);
  expect(await db().$queryRawUnsafe(`select "c1" from ${table.rows}`)).toEqual([]);
  const [view] = await db().$queryRaw<{ definition: string }[]>`
    select definition from pg_views where schemaname = 'datasets'`;
  expect(view?.definition).toContain('c1');
});

it('gives up when the worker shuts down, to be tried again', async () => {
  const { id, table } = await makeDataset([{ slot: 0, type: 'TEXT' }]);
  const stop = await readForLong(table.number);
  await addColumn(id);
  await expect(prepareTable({ datasetId: id }, AbortSignal.abort())).rejects.toThrow(TableBusy);
  await stop();
});

it('of two that add a column at once, one adds it, and the other finds it', async () => {
  const { id, table } = await makeDataset([{ slot: 0, type: 'TEXT' }]);
  const stop = await readForLong(table.number);
  await addColumn(id);
  const both = [prepareTable({ datasetId: id }, never), prepareTable({ datasetId: id }, never)];
  await sleep(300);
  await stop();
  expect(await Promise.all(both)).toEqual([table, table]);
});

it('an import that waited for long says for whom', async () => {
  const user = await owner();
  const { id: importId } = await db().import.create({
    data: {
      user: { connect: { id: user.id } },
      fileName: 'a.csv',
      fileSize: 1,
      status: 'QUEUED',
      upload: { create: { objectKey: 'waits' } },
    },
  });
  await expect(handleJobError(importId, new TableBusy(), true)).rejects.toThrow(TableBusy);
  expect(await db().import.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({
    status: 'FAILED',
    failureReason: 'OUTAGE',
    failureMessage: expect.stringContaining('somebody has been reading its table for a long time'),
  });
});

it('a column of another type takes the place of the one before, and of its index', async () => {
  const { id, table } = await makeDataset([{ slot: 0, type: 'INTEGER' }]);
  await db().$executeRawUnsafe(`create index "rows_c0" on ${table.rows} ("c0")`);
  const { id: columnId } = await db().column.findFirstOrThrow({ where: { datasetId: id } });
  await db().columnIndex.create({ data: { columnId, state: 'READY' } });
  for (const [type, stored] of [
    ['TEXT', 'text'],
    ['INTEGER', 'bigint'],
  ] as const) {
    await db().column.update({ where: { id: columnId }, data: { type } });
    await prepareTable({ datasetId: id }, never);
    const found = await db().$queryRaw`
      select format_type(atttypid, null) as type from pg_attribute
      where attrelid = ${table.rows}::regclass and attname = 'c0'`;
    expect(found).toEqual([{ type: stored }]);
  }
  expect(await db().columnIndex.count()).toBe(0);
  expect(
    await db().$queryRaw`select indexname from pg_indexes where tablename = 'rows' and indexname = 'rows_c0'`,
  ).toEqual([]);
});
