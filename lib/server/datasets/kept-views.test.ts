import { expect, it } from 'vitest';
import { countStored } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { shareRows } from '@/testing/share-rows';
import { moveRows } from '@/worker/jobs/move-rows';
import { sweep } from '@/worker/sweep/sweep';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
import { publishImport } from '../imports/publish-import';
import { fixImport } from '../imports/review/fixes/fix-import';
import { db } from '../platform/db/client';
import { changeColumn } from './change-column';
import { findDataset } from './find-dataset';
import { staleViews } from './retry-views';
import { removeSharedRows } from './storage/move/remove-shared-rows';

openDatabase();

const run = (lines: string[], options: RunOptions) =>
  runImport(new TextEncoder().encode(`${lines.join('\n')}\n`), options);
const columns = [
  { index: 0, name: 'k', type: 'TEXT' as const },
  { index: 1, name: 'v', type: 'DECIMAL' as const },
];
const sql = (text: string) => db().$executeRawUnsafe(text);
/** The rows of a view, each as PostgreSQL prints it. */
const rowsOf = async (view: string) =>
  (
    await db().$queryRawUnsafe<{ text: string }[]>(
      `select shown::text as text from (select * from ${view}) shown order by 1`,
    )
  ).map(({ text }) => text);
const stale = async () => (await staleViews()).map(({ view }) => view);
const buildOn = (slug: string) => sql(`create view my_${slug} as select * from datasets.${slug}`);

/** Renames a column, or gives it another place. */
async function change(slug: string, name: string, to: { name?: string; position?: number }) {
  const user = await owner();
  const { columns: there } = await findDataset(slug, user);
  const id = there.find((column) => column.name === name)?.id ?? '';
  await changeColumn(slug, id, { name, synonyms: [], rules: null, ...to }, user);
}

/** Moves a dataset's rows to its own table. */
async function move(id: string) {
  await moveRows(new AbortController().signal);
  expect(await db().dataset.findUnique({ where: { id } })).toMatchObject({ rowStorage: 'TABLE' });
}

it('shows values of a column that has another type now as its earlier type, or says that they are none', async () => {
  const user = await owner();
  const lines = ['k,v,d', 'a,007.50,2026-01-02', 'b,,', 'c,x,2026-01-03'];
  const { id } = await run(lines, {
    dataset: { name: 'retyped' },
    columns: [...columns, { index: 2, name: 'd', type: 'DATE' }],
    onRejection: 'REVIEW',
  });
  await buildOn('retyped');
  await fixImport(
    id,
    ['v', 'd'].map((column) => ({ kind: 'TEXT' as const, column })),
    user,
  );
  await runStage(id, user);
  await publishImport(id, user);
  expect((await runStage(id, user)).status).toBe('COMPLETED');
  for (const name of ['my_retyped', 'datasets.retyped']) {
    expect(await rowsOf(`${name} where k <> 'c'`)).toEqual(['(a,7.50,2026-01-02)', '(b,,)']);
    await expect(rowsOf(name)).rejects.toThrow('invalid input syntax for type numeric: "x"');
  }

  await sweep();
  expect(await stale()).toEqual(['retyped']);
  await sql('drop view my_retyped');
  await sweep();
  expect(await rowsOf('datasets.retyped')).toEqual(['(a,007.50,2026-01-02)', '(b,,)', '(c,x,2026-01-03)']);
  expect(await stale()).toEqual([]);
});

it.each([true, false])(
  'shows rows that were moved to a table of their own, and those imported after (with a key: %s)',
  async (isKeyed) => {
    const slug = isKeyed ? 'moved_by_key' : 'moved';
    const all = [...columns, { index: 2, name: 'w', type: 'DATETIME' as const }];
    const options = { columns: all, ...(isKeyed ? { key: ['k'] } : {}) };
    const first = await run(['k,v,w', 'a,007.50,2026-01-02T03:04:05+01:00'], {
      dataset: { name: slug },
      ...options,
    });
    const id = first.dataset?.id ?? '';
    await buildOn(slug);
    await shareRows(id);
    await change(slug, 'v', { name: 'k2', position: 0 });
    await change(slug, 'w', { name: 'v' });
    const before = ['(a,7.50,"2026-01-02 02:04:05")'];
    expect(await rowsOf(`datasets.${slug}`)).toEqual(before);
    await move(id);
    expect(await rowsOf(`datasets.${slug}`)).toEqual(before);
    await run(['k,k2,v', 'b,2,'], {
      dataset: { id },
      ...options,
      columns: all.map((column, i) => ({ ...column, name: ['k', 'k2', 'v'][i] ?? '' })),
    });
    for (const name of [`my_${slug}`, `datasets.${slug}`])
      expect(await rowsOf(name)).toEqual([...before, '(b,2,)']);
    expect(await stale()).toEqual([slug]);

    // Nothing reads them where they were.
    const { id: importId } = await db().import.findUniqueOrThrow({ where: { publicId: first.id } });
    const other = await run(['k', 'x'], { dataset: { name: `not moved ${slug}` } });
    await shareRows(other.dataset?.id ?? '');
    await removeSharedRows(new Date(Date.now() + 3_601_000));
    expect(await db().row.count({ where: { importId } })).toBe(0);
    expect((await countStored(importId)).rows).toBe(1);
    await move(other.dataset?.id ?? '');
    await sql(`drop view my_${slug}`);
    await sweep();
    expect(await stale()).toEqual([]);
    expect(await rowsOf(`datasets.${slug}`)).toEqual(['(2,b,)', '(7.50,a,"2026-01-02 02:04:05")']);
  },
);

it('knows which columns a view of an earlier version shows, whatever they are called now', async () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((name, index) => ({ index, name, type: 'TEXT' as const }));
  const first = await run(['a,b,c,d', '1,2,3,4'], { dataset: { name: 'of_old' }, columns: all.slice(0, 4) });
  const id = first.dataset?.id ?? '';
  await buildOn('of_old');
  await run(['a,b,c,d,e', '1,2,3,4,5'], { dataset: { id }, columns: all });
  await change('of_old', 'a', { name: 'aa' });
  // What has the name now was not there then.
  await change('of_old', 'e', { name: 'a', position: 0 });
  await change('of_old', 'd', { position: 0 });
  await change('of_old', 'c', { name: 'cc' });
  await sql('drop view my_of_old');
  await sql('drop view datasets.of_old');
  await sql(`create view datasets.of_old as select r."values"->>0 as a, (r."values"->>2) || left(r."values"->>2, 0) as c,
    (r."values"->>1)::bigint as b, r."values"->>3 as "r.""values"" ->> 7" from "Row" r join "Import" i on i."id" = r."importId" where i."datasetId" = '${id}'`);
  await sql(`comment on view datasets.of_old is 'Rows that readers see now. Sluice 0123'`);
  await buildOn('of_old');
  await shareRows(id);
  await move(id);
  await db().row.deleteMany();
  expect(await rowsOf('my_of_old')).toEqual(['(1,3,2,4)', '(1,3,2,4)']);
  await sql('drop view my_of_old');
});

it('of 1,600 columns shows all of them from the table', async () => {
  const names = Array.from({ length: 1_600 }, (_, i) => `c${i}`);
  const first = await run([names.join(), names.map((_, i) => i).join()], {
    dataset: { name: 'wide' },
    columns: names.map((name, index) => ({ index, name, type: index % 2 ? 'INTEGER' : 'TEXT' })),
  });
  await buildOn('wide');
  await shareRows(first.dataset?.id ?? '');
  await change('wide', 'c1599', { name: 'last' });
  await move(first.dataset?.id ?? '');
  await db().row.deleteMany();
  expect(await rowsOf('datasets.wide')).toEqual([`(${names.map((_, i) => i).join()})`]);
  await sql('drop view my_wide');
});
