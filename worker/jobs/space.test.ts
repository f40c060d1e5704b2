import { expect, it } from 'vitest';
import { deleteDataset } from '@/lib/server/imports/deletion/delete-dataset';
import { db } from '@/lib/server/platform/db/client';
import type { Dataset } from '@/lib/server/platform/db/generated/client';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { purgeImport } from './purge';
import { purgeRows } from './purge-rows';

openDatabase();

const rowsWritten = 20_000;

async function makeDataset(name: string, isKeyed: boolean): Promise<Dataset> {
  const { id: ownerId } = await owner();
  return db().dataset.create({
    data: {
      name,
      slug: name,
      ownerId,
      columns: { create: { slot: 0, position: 0, name: 'a', type: 'TEXT', keyPart: isKeyed ? 1 : null } },
    },
  });
}

/** Rows of an import, where the worker writes them. @returns its id */
async function write({ id: datasetId, number }: Dataset, isKeyed: boolean): Promise<number> {
  const { id: userId } = await owner();
  const { id } = await db().import.create({
    data: {
      fileName: 'a.csv',
      fileSize: 1,
      status: 'FAILED',
      hasRows: true,
      user: { connect: { id: userId } },
      dataset: { connect: { id: datasetId } },
      upload: { create: { objectKey: crypto.randomUUID() } },
    },
  });
  await db().$executeRawUnsafe(
    `insert into "ds_${number}"."rows" ("_import", "_row", "c0") select ${id}, n, md5(n::text) from generate_series(1, ${rowsWritten}) n`,
  );
  if (isKeyed)
    await db().$executeRawUnsafe(
      `insert into "ds_${number}"."row_changes" ("importId", "rowNumber", "kind", "key", "publishedRevision", "originImportId", "originRowNumber")
       select ${id}, n, 'INSERTED', md5(n::text), 1, ${id}, n from generate_series(1, ${rowsWritten}) n`,
    );
  return id;
}

async function bytes({ number }: Dataset): Promise<number> {
  const [size] = await db().$queryRaw<{ bytes: number }[]>`
    select coalesce(sum(pg_table_size(c.oid)), 0)::int as bytes from pg_class c
    where c.relnamespace = to_regnamespace(${`"ds_${number}"`})::oid and c.relkind = 'r'`;
  return size?.bytes ?? 0;
}

const rowsOf = ({ number }: Dataset) =>
  db().$queryRawUnsafe<{ id: number; rows: number }[]>(
    `select "_import" as id, count(*)::int as rows from "ds_${number}"."rows" group by 1 order by 1`,
  );

it.each([true, false])(
  'rows come where deleted ones were, once PostgreSQL has cleaned up, and it does so before long; with a key: %s',
  async (isKeyed) => {
    const dataset = await makeDataset(`space_${isKeyed}`, isKeyed);
    let before = await write(dataset, isKeyed);
    const once = await bytes(dataset);
    const schema = `"ds_${dataset.number}"`;
    for (let i = 0; i < 3; i++) {
      await purgeRows(before);
      expect(await rowsOf(dataset)).toEqual([]);
      // What autovacuum does by itself within a minute.
      await db().$executeRawUnsafe(`vacuum ${schema}."rows"`);
      if (isKeyed) await db().$executeRawUnsafe(`vacuum ${schema}."row_changes"`);
      before = await write(dataset, isKeyed);
    }
    expect(await bytes(dataset)).toBeLessThan(once * 1.2);
    expect((await rowsOf(dataset)).map(({ rows }) => rows)).toEqual([rowsWritten]);

    const settings = await db().$queryRaw<{ name: string }[]>`
      select relname::text as name from pg_class where 'autovacuum_vacuum_scale_factor=0.01' = any(reloptions)
        and relnamespace in (${'public'}::regnamespace, to_regnamespace(${schema})) order by 1`;
    const own = isKeyed ? ['row_changes', 'rows'] : ['rows'];
    expect(settings.map(({ name }) => name).sort()).toEqual(['Rejection', 'Row', 'RowChange', ...own].sort());
  },
);

it.each([true, false])('rows of one import go, and those of others stay; with a key: %s', async (isKeyed) => {
  const dataset = await makeDataset(`others_${isKeyed}`, isKeyed);
  const ids = [await write(dataset, isKeyed), await write(dataset, isKeyed), await write(dataset, isKeyed)];
  const [first = 0, second = 0, third = 0] = ids;
  await purgeImport(second);
  expect(await rowsOf(dataset)).toEqual([
    { id: first, rows: rowsWritten },
    { id: third, rows: rowsWritten },
  ]);
  expect((await db().import.findUniqueOrThrow({ where: { id: second } })).hasRows).toBe(false);
  if (!isKeyed) return;
  const changes = await db().$queryRawUnsafe<{ id: number }[]>(
    `select distinct "importId" as id from "ds_${dataset.number}"."row_changes" order by 1`,
  );
  expect(changes.map(({ id }) => id)).toEqual([first, third]);
});

it('of a deleted dataset all space is back with the first of its imports', async () => {
  const dataset = await makeDataset('deleted', true);
  const first = await write(dataset, true);
  const second = await write(dataset, true);
  expect(await bytes(dataset)).toBeGreaterThan(1_000_000);
  await deleteDataset(dataset.slug, await owner());
  await purgeImport(first);
  expect(await bytes(dataset)).toBe(0);
  const [schema] = await db().$queryRaw<{ is: boolean }[]>`
    select to_regnamespace(${`"ds_${dataset.number}"`}) is not null as is`;
  expect(schema).toEqual({ is: false });
  await purgeImport(second);
  expect((await db().import.findUniqueOrThrow({ where: { id: second } })).hasRows).toBe(false);
});

it('a deleted dataset that somebody still reads is emptied row by row', async () => {
  const dataset = await makeDataset('being_read', false);
  const first = await write(dataset, false);
  await write(dataset, false);
  await deleteDataset(dataset.slug, await owner());
  await db().$transaction(
    async (tx) => {
      await tx.$queryRawUnsafe(`select 1 from "ds_${dataset.number}"."rows" limit 1`);
      await purgeImport(first);
      expect((await rowsOf(dataset)).map(({ rows }) => rows)).toEqual([rowsWritten]);
    },
    { timeout: 30_000 },
  );
  await purgeImport(first);
  expect(await bytes(dataset)).toBe(0);
});
