import { describe, expect, it, vi } from 'vitest';
import { changeColumn } from '@/lib/server/datasets/change-column';
import { borrowConnection, db } from '@/lib/server/platform/db/client';
import { bySortedIndexSql } from '@/lib/server/platform/db/index-order';
import { jobsOf } from '@/lib/server/platform/queue/boss';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { queryRows, queryRowsQuery } from '../rows/query/query-rows';
import {
  addImport,
  all,
  datasetOf,
  filters,
  insert,
  randomRows,
} from '../rows/query/testing/queried-dataset';
import { dropUnusedIndexes } from './drop-unused-indexes';
import { makeIndex } from './make-index';
import { indexedFrom, requeueIndexes, wantLastingIndexes } from './want-indexes';

openDatabase();

describe('a large dataset', () => {
  it('gets an index of what people sort or filter by, and uses it; a page reads a few blocks, wherever it begins', async () => {
    const rows = randomRows(indexedFrom, 11).map((row, i) => ({ ...row, id: String(i) }));
    const { find, dataset } = await datasetOf(rows);
    const found = await find();
    const first = await queryRows(found, queryRowsQuery.parse({ sort: 'id', limit: 10 }));
    expect(first.indexing).toEqual([{ column: 'id', percent: 0 }]);
    expect(await db().columnIndex.findMany({ select: { state: true } })).toEqual([{ state: 'WANTED' }]);
    for (const name of ['id', 'name'] as const) {
      const column = found.columns.find((one) => one.name === name);
      await queryRows(found, queryRowsQuery.parse({ sort: name, limit: 1 }));
      await makeIndex(column?.id ?? '');
    }
    const explained = vi.spyOn(db(), '$queryRawUnsafe');
    const blocksOf = async (query: object) => {
      explained.mockClear();
      await queryRows(found, queryRowsQuery.parse({ limit: 50, ...query }));
      let blocks = 0;
      for (const [sql, ...values] of [...explained.mock.calls]) {
        if (!sql.includes('"rows"')) continue;
        const plan = await db().$transaction(async (tx) => {
          await tx.$executeRawUnsafe(bySortedIndexSql);
          return tx.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }[]>(
            `explain (analyze, buffers, format json) ${sql}`,
            ...values,
          );
        });
        const text = JSON.stringify(plan);
        expect(text).toContain('_sorted');
        expect(text).not.toContain('"Node Type":"Sort"');
        const { Plan } = plan[0]?.['QUERY PLAN'][0] ?? { Plan: {} };
        blocks += (Plan['Shared Hit Blocks'] ?? 0) + (Plan['Shared Read Blocks'] ?? 0);
      }
      return blocks;
    };
    const middle = await queryRows(found, queryRowsQuery.parse({ sort: 'id', limit: 1_000, order: 'desc' }));
    const after =
      (
        await queryRows(
          found,
          queryRowsQuery.parse({ sort: 'id', limit: 1_000, order: 'desc', after: middle.next ?? '' }),
        )
      ).next ?? '';
    expect(await blocksOf({ sort: 'id' })).toBeLessThan(200);
    expect(await blocksOf({ sort: 'id', order: 'desc', after })).toBeLessThan(200);
    expect(await blocksOf(filters({ column: 'id', op: 'equals', value: '19000' }))).toBeLessThan(20);
    expect(await blocksOf(filters({ column: 'id', op: 'range', from: '12000' }))).toBeLessThan(200);
    expect(await blocksOf(filters({ column: 'name', op: 'startsWith', value: 'ann' }))).toBeLessThan(200);
    expect(await blocksOf(filters({ column: 'name', op: 'empty', empty: true }))).toBeLessThan(200);
    explained.mockRestore();
    expect(dataset.number).toBeGreaterThan(0);
  });

  it('gives up after five seconds, and says what to do', async () => {
    const { find, dataset } = await datasetOf(randomRows(3, 2));
    await db().dataset.update({ where: { id: dataset.id }, data: { rows: 3_000_000 } });
    const found = await find();
    const { connection, release } = await borrowConnection();
    await connection.query(`begin; lock table "ds_${dataset.number}"."rows" in access exclusive mode`);
    try {
      await expect(all(found, { sort: 'id' })).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('once an index of “id” (0 % done) is ready'),
      });
      await expect(all(found, { search: 'x' })).rejects.toMatchObject({
        message: expect.stringContaining('Looking for a text in all of 3,000,000 rows takes too long.'),
      });
    } finally {
      await connection.query('rollback');
      release(false);
    }
  });
});

describe('indexes that stay', () => {
  const definitions = (number: number) => db().$queryRaw<{ indexname: string; indexdef: string }[]>`
    select indexname, indexdef from pg_indexes where schemaname = ${`ds_${number}`} and indexname like 'c%' order by 1`;

  it('those of a key are there once the dataset is large, and SQL finds a row by it', async () => {
    const { dataset, find } = await datasetOf([]);
    await db().column.updateMany({ where: { datasetId: dataset.id, slot: 1 }, data: { keyPart: 1 } });
    await wantLastingIndexes(dataset.id);
    expect(await db().columnIndex.count({ where: { column: { datasetId: dataset.id } } })).toBe(0);
    const rows = randomRows(indexedFrom, 5).map((row, i) => ({
      ...row,
      name: `key ${i} ${'long '.repeat(700)}`,
    }));
    await insert(dataset.number, (await addImport(dataset.id, 1, 2)).id, rows.slice(0, 400), false);
    await db().dataset.update({ where: { id: dataset.id }, data: { rows: indexedFrom } });
    await wantLastingIndexes(dataset.id);
    const wanted = await db().columnIndex.findMany({ where: { column: { datasetId: dataset.id } } });
    expect(wanted.map(({ columnId }) => columnId)).toEqual([(await find()).columns[1]?.id]);
    await makeIndex(wanted[0]?.columnId ?? '');
    expect((await definitions(dataset.number)).map(({ indexname }) => indexname)).toEqual([
      'c1_equals',
      'c1_sorted',
    ]);
    const plan = await db().$queryRawUnsafe(
      `explain select * from datasets."${dataset.slug}" where name = 'key 7 ${'long '.repeat(700)}'`,
    );
    expect(JSON.stringify(plan)).toContain('c1_equals');
    await dropUnusedIndexes(new Date(Date.now() + 31 * 24 * 3600_000));
    expect(await definitions(dataset.number)).toHaveLength(2);
  });

  it('the others go when nobody has used them for a month, unless the column says that they stay', async () => {
    const { dataset, find, slug } = await datasetOf(randomRows(100, 4));
    await db().dataset.update({ where: { id: dataset.id }, data: { rows: indexedFrom } });
    const columns = (await find()).columns;
    const changed = await changeColumn(slug, columns[2]?.id ?? '', { indexed: true }, await owner());
    expect(changed.columns.map(({ indexed }) => indexed).filter(Boolean)).toEqual([true]);
    await queryRows(await find(), queryRowsQuery.parse({ sort: 'day' }));
    for (const { columnId } of await db().columnIndex.findMany({
      where: { column: { datasetId: dataset.id } },
    }))
      await makeIndex(columnId);
    expect((await definitions(dataset.number)).map(({ indexname }) => indexname)).toEqual([
      'c2_sorted',
      'c3_sorted',
    ]);
    await dropUnusedIndexes(new Date());
    expect(await definitions(dataset.number)).toHaveLength(2);
    await dropUnusedIndexes(new Date(Date.now() + 31 * 24 * 3600_000));
    expect((await definitions(dataset.number)).map(({ indexname }) => indexname)).toEqual(['c2_sorted']);
  });

  it('one whose job was lost is queued again, and one that is read for long goes the next time', async () => {
    const { dataset, find } = await datasetOf(randomRows(100, 4));
    const columnId = (await find()).columns[3]?.id ?? '';
    const longAgo = new Date(Date.now() - 40 * 24 * 3600_000);
    await db().columnIndex.create({ data: { columnId, wantedAt: longAgo, lastUsedAt: longAgo } });
    await requeueIndexes(new Date());
    expect(await jobsOf('index', { columnId })).toMatchObject({ live: true });
    await makeIndex(columnId);
    const { connection, release } = await borrowConnection();
    await connection.query(`begin; select count(*) from "ds_${dataset.number}"."rows" where "c3" is null`);
    await dropUnusedIndexes(new Date());
    expect(await db().columnIndex.findUnique({ where: { columnId } })).toMatchObject({ state: 'READY' });
    await connection.query('rollback');
    release(false);
    await dropUnusedIndexes(new Date());
    expect(await db().columnIndex.findUnique({ where: { columnId } })).toBeNull();
    expect(await definitions(dataset.number)).toEqual([]);
  });

  it('one that a worker left half made is made anew', async () => {
    const { dataset, find } = await datasetOf(randomRows(100, 4));
    const column = (await find()).columns[0];
    // It fails, and what there is of it stays.
    const half = db().$executeRawUnsafe(
      `create unique index concurrently "c0_sorted" on "ds_${dataset.number}"."rows" ("c3")`,
    );
    await expect(half).rejects.toThrow();
    await makeIndex(column?.id ?? '');
    const [made] = await db().$queryRaw<{ valid: boolean }[]>`
      select indisvalid as valid from pg_index where indexrelid = to_regclass(${`ds_${dataset.number}.c0_sorted`})`;
    expect(made).toEqual({ valid: true });
  });
});
