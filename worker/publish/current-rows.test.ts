import { expect, it } from 'vitest';
import { refreshCurrentRows, requeueCurrentRows } from '@/lib/server/datasets/versions/refresh-current-rows';
import { deleteImport } from '@/lib/server/imports/deletion/delete-import';
import { undoImport } from '@/lib/server/imports/undo/undo-import';
import { borrowConnection, db } from '@/lib/server/platform/db/client';
import { jobsOf } from '@/lib/server/platform/queue/boss';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { removeImport } from '../jobs/remove-import';

openDatabase();

const columns = [
  { index: 0, name: 'sku', type: 'TEXT' as const },
  { index: 1, name: 'stock', type: 'INTEGER' as const },
];

/** An import of such rows. */
const run = (lines: string[], dataset: { name: string } | { id: string }, key?: string[]) =>
  runImport(new TextEncoder().encode(`sku,stock\n${lines.join('\n')}\n`), {
    columns,
    dataset,
    key,
    mode: key || !('id' in dataset) ? 'APPEND' : 'UPSERT',
  });

/** How PostgreSQL runs a query, with the nodes that it never came to. */
async function planOf(query: string): Promise<string> {
  const lines = await db().$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
    `explain (analyze, costs off, timing off, buffers off) ${query}`,
  );
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

const shown = async (slug: string) =>
  (
    await db().$queryRawUnsafe<{ sku: string; stock: number }[]>(
      `select * from datasets."${slug}" order by sku`,
    )
  ).map(({ sku, stock }) => `${sku} ${stock}`);

it('the view of a dataset with a key asks for each row until it is worked out which are current, and then for none', async () => {
  const first = await run(['a,1', 'b,2', 'c,3'], { name: 'Current' }, ['sku']);
  const { id, slug } = first.dataset ?? { id: '', slug: '' };
  expect((await jobsOf('current', { datasetId: id })).live).toBe(true);
  const second = await run(['a,10', 'b,2', 'd,4'], { id });
  const rows = ['a 10', 'b 2', 'c 3', 'd 4'];
  expect(await shown(slug)).toEqual(rows);
  const asking = await planOf(`select count(*) from datasets."${slug}"`);
  expect(asking).toMatch(/on row_changes e .*\(actual/);
  await refreshCurrentRows(id);
  expect(await shown(slug)).toEqual(rows);
  const worked = await planOf(`select count(*) from datasets."${slug}"`);
  expect(worked).toMatch(/on row_changes e .*\(never executed\)/);
  // It stays one scan, so that conditions and orders reach its indexes.
  await db().$transaction(async (tx) => {
    const { number } = await tx.dataset.findUniqueOrThrow({ where: { id } });
    await tx.$executeRawUnsafe(`create index on "ds_${number}"."rows" ("c0")`);
    await tx.$executeRawUnsafe('set local enable_seqscan = off; set local enable_sort = off');
    for (const query of ["where sku = 'a'", 'order by sku limit 2']) {
      const plan = await tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
        `explain select * from datasets."${slug}" ${query}`,
      );
      expect(JSON.stringify(plan)).toMatch(/Index Scan using rows_c0_idx|Bitmap Index Scan on rows_c0_idx/);
    }
  });

  // An undo shows at once, before it is worked out what it means.
  await undoImport(second.id, await owner());
  expect(await shown(slug)).toEqual(['a 1', 'b 2', 'c 3']);
  await refreshCurrentRows(id);
  expect(await shown(slug)).toEqual(['a 1', 'b 2', 'c 3']);
  expect(await db().currentRows.findUnique({ where: { datasetId: id } })).toMatchObject({ partly: [] });
});

it('an import that is undone and deleted before it is worked out what that means leaves what it had updated', async () => {
  const first = await run(['a,1', 'b,2', 'c,3'], { name: 'Deleted' }, ['sku']);
  const { id, slug } = first.dataset ?? { id: '', slug: '' };
  const second = await run(['a,10', 'b,20'], { id });
  await refreshCurrentRows(id);
  const user = await owner();
  const { id: number } = await db().import.findUniqueOrThrow({ where: { publicId: second.id } });
  expect(await db().supersededBlock.count()).toBeGreaterThan(0);
  await undoImport(second.id, user);
  await deleteImport(second.id, user);
  await removeImport(
    await db().import.findUniqueOrThrow({ where: { id: number } }),
    new Date(Date.now() + 3_600_000),
  );
  expect(await db().import.count({ where: { id: number } })).toBe(0);
  await refreshCurrentRows(id);
  expect(await shown(slug)).toEqual(['a 1', 'b 2', 'c 3']);
  expect(await db().supersededBlock.count({ where: { importId: number } })).toBe(0);
});

it('so many superseded rows that a view would read too much are asked for, and worked out once', async () => {
  await db().$executeRawUnsafe(
    `create or replace function "mostSupersededBits"() returns int language sql immutable as 'select 1'`,
  );
  const first = await run(['a,1', 'b,2'], { name: 'Too large' }, ['sku']);
  const { id, slug } = first.dataset ?? { id: '', slug: '' };
  await run(['a,10'], { id });
  await refreshCurrentRows(id);
  expect(await shown(slug)).toEqual(['a 10', 'b 2']);
  const known = await db().currentRows.findUnique({ where: { datasetId: id } });
  expect(known).toMatchObject({ revision: 2, tooLarge: true });
  expect(await planOf(`select count(*) from datasets."${slug}"`)).toMatch(/on row_changes e .*\(actual/);
});

it('while it is worked out imports and undos go on, and a second worker does not wait', async () => {
  const first = await run(['a,1', 'b,2'], { name: 'Meanwhile' }, ['sku']);
  const { id, slug } = first.dataset ?? { id: '', slug: '' };
  const { connection, release } = await borrowConnection();
  try {
    await refreshCurrentRows(id);
    const second = await run(['a,10'], { id });
    await connection.query('begin isolation level repeatable read');
    await connection.query(`select "refreshCurrentRows"('${id}')`);
    await refreshCurrentRows(id);
    await undoImport(second.id, await owner());
    await run(['b,20'], { id });
    expect(await shown(slug)).toEqual(['a 1', 'b 20']);
    await connection.query('commit');
    expect(await shown(slug)).toEqual(['a 1', 'b 20']);
    await refreshCurrentRows(id);
    expect(await shown(slug)).toEqual(['a 1', 'b 20']);
  } finally {
    await connection.query('rollback');
    release(false);
  }
});

it('what the queue lost is queued again, and what is known is not', async () => {
  const { dataset } = await run(['a,1'], { name: 'Queued again' }, ['sku']);
  const datasetId = dataset?.id ?? '';
  await db().$executeRaw`delete from queue.job where name = 'current'`;
  await requeueCurrentRows();
  expect((await jobsOf('current', { datasetId })).live).toBe(true);
  await requeueCurrentRows();
  const [queued] = await db().$queryRaw<{ jobs: number }[]>`
    select count(*)::int as jobs from queue.job where name = 'current' and data ->> 'datasetId' = ${datasetId}`;
  expect(queued?.jobs).toBe(1);
  await db().$executeRaw`delete from queue.job where name = 'current'`;
  await refreshCurrentRows(datasetId);
  await requeueCurrentRows();
  expect((await jobsOf('current', { datasetId })).live).toBe(false);
});

it('the view of a dataset without a key looks no row’s import up while readers see all of them', async () => {
  const first = await run(['a,1', 'b,2'], { name: 'All seen' });
  const slug = first.dataset?.slug ?? '';
  const id = first.dataset?.id ?? '';
  const second = await runImport(new TextEncoder().encode('sku,stock\nc,3\n'), { columns, dataset: { id } });
  const sum = `select sum(stock) from datasets."${slug}"`;
  // The list of imports that are not seen is made for the first row that is compared with it.
  const notMade = /InitPlan 3\n(?:.*\n)*?.*Append \(never executed\)/;
  expect(await planOf(sum)).toMatch(notMade);
  await undoImport(second.id, await owner());
  expect(await planOf(sum)).not.toMatch(notMade);
  expect(await shown(slug)).toEqual(['a 1', 'b 2']);
});
