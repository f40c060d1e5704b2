import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { closeDb, db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';
import { decideSql } from '@/worker/resolve/decide-sql';
import { prepareTable } from '@/worker/stage/prepare-table';
import { prepareSession } from '@/worker/stage/sessions';
import { distributeAllTables, distributeTables } from './distribute-tables';

process.env.DATABASE_DISTRIBUTED = 'citus';
openDatabase();

const isCluster = inject('servers').length > 1;

/** What Sluice uses of Citus, as far as it shows: which schemas are distributed. For databases without it. */
const standIns = [
  'create schema stand_ins',
  'create table stand_ins.pg_dist_schema (schemaid oid)',
  'create table stand_ins.pg_dist_partition (logicalrelid oid)',
  `create function stand_ins.citus_schema_distribute(schema regnamespace) returns void begin atomic
    insert into stand_ins.pg_dist_schema values (schema);
    insert into stand_ins.pg_dist_partition select oid from pg_class where relnamespace = schema and relkind = 'r';
  end`,
  `create function stand_ins.truncate_local_data_after_distributing_table(name regclass) returns void language sql as ''`,
];

beforeAll(async () => {
  if (isCluster) return;
  for (const sql of standIns) await db().$executeRawUnsafe(sql);
  const [found] = await db().$queryRaw<{ name: string }[]>`select current_database()::text as name`;
  await db().$executeRawUnsafe(`alter database "${found?.name}" set search_path = public, stand_ins`);
  // Its connections were opened before.
  await closeDb();
});

afterAll(() => {
  if (!isCluster) delete process.env.DATABASE_DISTRIBUTED;
});

const distributedSchemas = async () => {
  const found = await db().$queryRaw<{ name: string }[]>`
    select schemaid::regnamespace::text as name from pg_dist_schema order by schemaid`;
  return found.map(({ name }) => name);
};

describe('a dataset of a cluster', () => {
  it('goes to a server once', async () => {
    const { table } = await makeDataset([{ slot: 0, type: 'TEXT' }], true);
    expect(await distributedSchemas()).toContain(`ds_${table.number}`);
    expect(await distributeTables(table.number)).toBe(false);
  });

  it('goes there before its first row', async () => {
    const { id: ownerId } = await db().user.findFirstOrThrow();
    const dataset = await db().dataset.create({ data: { name: 'new', slug: 'new', ownerId, nextSlot: 1 } });
    const column = { slot: 0, position: 0, name: 'n', type: 'INTEGER' } as const;
    await db().column.create({ data: { datasetId: dataset.id, ...column } });
    await prepareTable({ datasetId: dataset.id }, new AbortController().signal);
    expect(await distributedSchemas()).toContain(`ds_${dataset.number}`);
  });

  it('takes along the rows that it had on one server', async () => {
    const { id: ownerId } = await db().user.findFirstOrThrow();
    const dataset = await db().dataset.create({ data: { name: 'old', slug: 'old', ownerId, nextSlot: 1 } });
    const column = { slot: 0, position: 0, name: 'n', type: 'INTEGER' } as const;
    await db().column.create({ data: { datasetId: dataset.id, ...column } });
    const rows = `"ds_${dataset.number}"."rows"`;
    await db().$executeRawUnsafe(`insert into ${rows} ("_import", "_row", "c0") values (1, 1, 7)`);
    expect(await distributeAllTables()).toBe(1);
    expect(await distributedSchemas()).toContain(`ds_${dataset.number}`);
    expect(await db().$queryRawUnsafe(`select "c0" from ${rows}`)).toEqual([{ c0: 7n }]);
    expect(await db().$queryRawUnsafe('select "n" from datasets.old')).toEqual([{ n: 7n }]);
    expect(await distributeAllTables()).toBe(0);
  });
});

it('waits for the disk with each segment, since a crash could take back its checkpoint alone', async () => {
  const said = await db().$transaction(async (tx) => {
    await prepareSession(tx, 1, 1);
    return tx.$queryRaw`select current_setting('synchronous_commit') as value`;
  });
  expect(said).toEqual([{ value: 'on' }]);
});

it('decides on all rows before it writes what it decided', () => {
  const dataset = { number: 1, key: [{ name: 'k', slot: 0, type: 'TEXT' as const }], mapped: [], others: [] };
  expect(decideSql('APPEND', dataset, 'none', null)).toContain(' as materialized (');
});
