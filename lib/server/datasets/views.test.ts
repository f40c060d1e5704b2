import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { sweep } from '@/worker/sweep/sweep';
import { type RunOptions, runImport } from '@/worker/testing/run-import';
import { checkViews } from '../doctor/check-database';
import { deleteDataset } from '../imports/deletion/delete-dataset';
import { undoImport } from '../imports/undo/undo-import';
import { db } from '../platform/db/client';
import { changeColumn } from './change-column';
import { findDataset } from './find-dataset';
import { addColumns } from './resolve/add-columns';
import { resolveDataset } from './resolve/resolve-dataset';

openDatabase();

const run = (lines: string[], options: RunOptions) =>
  runImport(new TextEncoder().encode(`${lines.join('\n')}\n`), options);
const view = (slug: string) =>
  db().$queryRawUnsafe<Record<string, unknown>[]>(`select * from datasets."${slug}"`);
const typesOf = async (slug: string) =>
  Object.fromEntries(
    (
      await db().$queryRaw<{ name: string; type: string }[]>`
        select column_name::text as name, data_type::text as type from information_schema.columns
        where table_schema = 'datasets' and table_name = ${slug} order by ordinal_position`
    ).map(({ name, type }) => [name, type]),
  );

describe('the SQL view of a dataset', () => {
  it('has the columns with their types, and the values exactly', async () => {
    const types = ['INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'DATETIME', 'TIME', 'JSON', 'TEXT'] as const;
    const done = await run(
      [
        'integer,decimal,boolean,date,datetime,time,json,text',
        '-123456789012345678,0.10,yes,2026-02-03,2026-02-03T04:05:06+02:00,23:59:59.5,"{""a"":1}",007',
        ',,,,2026-02-03 04:05,,,',
      ],
      {
        dataset: { name: 'Views' },
        columns: types.map((type, index) => ({ index, name: type.toLowerCase(), type })),
      },
    );
    expect(done.rejections).toEqual([]);
    expect(await typesOf('views')).toEqual({
      integer: 'bigint',
      decimal: 'numeric',
      boolean: 'boolean',
      date: 'date',
      datetime: 'timestamp without time zone',
      time: 'time without time zone',
      json: 'json',
      text: 'text',
    });
    const texts = types.map((name) => `"${name.toLowerCase()}"::text`).join();
    expect(await db().$queryRawUnsafe(`select array[${texts}] as cells from datasets.views`)).toEqual([
      {
        cells: [
          '-123456789012345678',
          '0.10',
          'true',
          '2026-02-03',
          '2026-02-03 02:05:06',
          '23:59:59.5',
          '{"a":1}',
          '007',
        ],
      },
      { cells: [null, null, null, null, '2026-02-03 04:05:00', null, null, null] },
    ]);
  });

  it('follows undo at once, new and renamed columns, and goes with the dataset', async () => {
    const user = await owner();
    const columns = [
      { index: 0, name: 'sku', type: 'TEXT' as const },
      { index: 1, name: 'price', type: 'INTEGER' as const },
    ];
    const first = await run(['sku,price', 'a,1', 'b,2'], {
      dataset: { name: 'Follow' },
      key: ['sku'],
      columns,
    });
    const dataset = { id: first.dataset?.id ?? '' };
    const second = await run(['sku,price,note', 'b,20,new'], {
      dataset,
      columns: [...columns, { index: 2, name: 'note', type: 'TEXT' }],
    });
    const texts = async () => (await view('follow')).map((row) => Object.values(row).join()).sort();
    expect(await texts()).toEqual(['a,1,', 'b,20,new']);
    await undoImport(second.id, user);
    expect(await texts()).toEqual(['a,1,', 'b,2,']);
    const { columns: there } = await findDataset('follow', user);
    await changeColumn(
      'follow',
      there[1]?.id ?? '',
      { name: 'cost "net"; --', synonyms: [], rules: null },
      user,
    );
    expect(Object.keys(await typesOf('follow'))).toEqual(['sku', 'cost "net"; --', 'note']);
    await deleteDataset('follow', user);
    expect(await typesOf('follow')).toEqual({});
  });

  it('takes names that are too long for PostgreSQL, and as many columns as a dataset can have', async () => {
    const long = 'ü'.repeat(90);
    const names = [`${long}1`, `${long}2`, ...Array.from({ length: 1_598 }, (_, i) => `c${i}`)];
    const done = await run([names.join(), names.map((_, i) => i).join()], {
      dataset: { name: 'Wide' },
      columns: names.map((name, index) => ({ index, name, type: 'TEXT' })),
    });
    expect(done.status).toBe('COMPLETED');
    const [row] = await view('wide');
    expect(Object.values(row ?? {})).toEqual(names.map((_, i) => String(i)));
    expect(Object.keys(row ?? {}).slice(0, 2)).toEqual(['ü'.repeat(31), `${'ü'.repeat(28)} 2`]);
  });

  it('#85 names 1,600 columns that are equal in their first 63 bytes, in the time of an import', async () => {
    const question = 'How satisfied were you with each of the following parts of our service? ';
    const stem = question.slice(0, 56);
    // What a numbered name would be, as a name of its own: it is kept, and the number left out.
    const names = [`${stem} 3`, ...Array.from({ length: 1_599 }, (_, i) => `${question}[${i}]`)];
    const done = await run([names.join(), names.map((_, i) => i).join()], {
      dataset: { name: 'Survey' },
      columns: names.map((name, index) => ({ index, name, type: 'TEXT' })),
    });
    expect(done).toMatchObject({ status: 'COMPLETED', rows: { inserted: 1 } });
    const [row] = await view('survey');
    expect(Object.values(row ?? {})).toEqual(names.map((_, i) => String(i)));
    const seen = Object.keys(row ?? {});
    expect(seen.slice(0, 5)).toEqual([
      `${stem} 3`,
      question.slice(0, 63),
      `${stem} 2`,
      `${stem} 4`,
      `${stem} 5`,
    ]);
    expect(new Set(seen).size).toBe(1_600);
    expect(Math.max(...seen.map((name) => Buffer.byteLength(name)))).toBeLessThanOrEqual(63);
  });

  it('numbers names that differ only beyond 56 bytes, or in characters of four bytes, apart', async () => {
    const names = [...'abcab'].map((letter, i) => `${'x'.repeat(56)}${letter.repeat(10)}${i}`);
    const smile = '\u{1f600}';
    const all = [...names, `${smile.repeat(20)}0`, `${smile.repeat(20)}1`];
    const done = await run([all.join(), all.map((_, i) => i).join()], {
      dataset: { name: 'Apart' },
      columns: all.map((name, index) => ({ index, name, type: 'TEXT' })),
    });
    expect(done.status).toBe('COMPLETED');
    const [row] = await view('apart');
    const x = 'x'.repeat(56);
    expect(Object.keys(row ?? {})).toEqual([
      `${x}aaaaaaa`,
      `${x}bbbbbbb`,
      `${x}ccccccc`,
      `${x} 2`,
      `${x} 3`,
      smile.repeat(15),
      `${smile.repeat(14)} 2`,
    ]);
  });

  it('of a new dataset is made while another is being made: nobody waits for somebody else’s', async () => {
    const user = await owner();
    const columns = [{ index: 0, name: 'n', type: 'TEXT' as const }];
    await db().$transaction(
      async (tx) => {
        const dataset = await resolveDataset(tx, { name: 'Slow to make' }, user.id, user);
        await addColumns(tx, dataset, columns, user);
        const other = await run(['n', '1'], { dataset: { name: 'Made meanwhile' }, columns });
        expect(other.status).toBe('COMPLETED');
      },
      { timeout: 30_000 },
    );
  });

  it('is not in the way of an import when somebody built on it, is told of by the doctor, and follows with the next sweep after', async () => {
    const user = await owner();
    const columns = [{ index: 0, name: 'n', type: 'INTEGER' as const }];
    const first = await run(['n', '1'], { dataset: { name: 'Built on' }, columns });
    await db().$executeRaw`create view mine as select n from datasets.built_on`;
    const { columns: there } = await findDataset('built_on', user);
    await changeColumn('built_on', there[0]?.id ?? '', { name: 'm', synonyms: [], rules: null }, user);
    await run(['m', '2'], {
      dataset: { id: first.dataset?.id ?? '' },
      columns: [{ index: 0, name: 'm', type: 'INTEGER' }],
    });
    expect(await db().$queryRaw`select n::text from mine order by 1`).toEqual([{ n: '1' }, { n: '2' }]);

    await sweep();
    expect(await typesOf('built_on')).toEqual({ n: 'bigint' });
    expect(await checkViews()).toMatchObject({
      level: 'warn',
      said: 'datasets."built_on" still shows earlier columns.',
      todo: expect.stringContaining('Drop mine, which builds on datasets."built_on"'),
    });
    await db().$executeRaw`drop view mine`;
    await sweep();
    expect(await typesOf('built_on')).toEqual({ m: 'bigint' });
    expect(await checkViews()).toMatchObject({ level: 'ok' });
  });

  it('can be read by a role that can read nothing else', async () => {
    await run(['n', '1'], {
      dataset: { name: 'For readers' },
      columns: [{ index: 0, name: 'n', type: 'TEXT' }],
    });
    const role = `reader_${Date.now()}`;
    await db().$executeRawUnsafe(`create role ${role}`);
    await db().$executeRawUnsafe(`grant usage on schema datasets to ${role}`);
    await db().$executeRawUnsafe(`grant select on all tables in schema datasets to ${role}`);
    const as = (sql: string) =>
      db().$transaction(async (tx) => {
        await tx.$executeRawUnsafe(`set local role ${role}`);
        return tx.$queryRawUnsafe(sql);
      });
    expect(await as('select n from datasets.for_readers')).toEqual([{ n: '1' }]);
    await expect(as('select 1 from "Row"')).rejects.toThrow('permission denied');
    await expect(as('delete from datasets.for_readers')).rejects.toThrow(/permission denied|cannot delete/);
    await db().$executeRawUnsafe(`drop owned by ${role}`);
    await db().$executeRawUnsafe(`drop role ${role}`);
  });
});
