import { expect, it } from 'vitest';
import type { ColumnInput } from '@/lib/shared/schema/dataset/column';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { db } from '../platform/db/client';
import { changeColumn } from './change-column';
import { matchFile } from './columns/match-file';
import { findDataset } from './find-dataset';
import { readRowPage } from './rows/read-rows';
import { shareDataset } from './share-dataset';

openDatabase();

const bytes = (text: string) => new TextEncoder().encode(text);

async function made(name: string) {
  const user = await owner();
  const done = await runImport(bytes('a,b,c\n1,2,3\n'), { dataset: { name } });
  const slug = done.dataset?.slug ?? '';
  const { id, columns } = await findDataset(slug, user);
  const idOf = (column: string) => columns.find((record) => record.name === column)?.id ?? '';
  const change = (column: string, input: ColumnInput) => changeColumn(slug, idOf(column), input, user);
  const rows = async () => (await readRowPage(await findDataset(slug, user), { limit: 10 })).rows;
  return { id, slug, user, idOf, change, rows };
}

it('renames a column: rows stay, and files with the old header still find it', async () => {
  const { id, slug, user, change, rows } = await made('Renamed');
  const changed = await change('b', { name: 'Second' });
  expect(changed.columns.map(({ name }) => name)).toEqual(['a', 'Second', 'c']);
  expect((await rows()).map(({ cells }) => cells)).toEqual([['1', '2', '3']]);
  const { matches } = await matchFile(slug, { headers: ['B', 'second'] }, user);
  expect(matches.map((match) => match && [match.column, match.how])).toEqual([null, ['Second', 'name']]);
  const { matches: old } = await matchFile(slug, { headers: ['B'] }, user);
  expect(old[0]).toMatchObject({ column: 'Second', how: 'synonym' });
  const more = await runImport(bytes('second,a,c\n5,4,6\n'), {
    dataset: { id },
    columns: [
      { index: 0, name: 'SECOND', type: 'INTEGER' },
      { index: 1, name: 'a', type: 'INTEGER' },
      { index: 2, name: 'c', type: 'INTEGER' },
    ],
  });
  expect(more.rows).toMatchObject({ inserted: 1 });
  expect((await rows()).map(({ cells }) => cells)).toEqual([
    ['1', '2', '3'],
    ['4', '5', '6'],
  ]);
  await expect(change('b', { name: 'C' })).rejects.toMatchObject({ code: 'conflict' });
  // Another spelling of its own name is none of another column.
  expect((await change('b', { name: 'SECOND' })).columns[1]).toMatchObject({
    name: 'SECOND',
    synonyms: ['b'],
  });
});

it('moves a column to a place, the others close up, and new ones come last', async () => {
  const { id, change, rows } = await made('Moved');
  const names = (dataset: { columns: { name: string }[] }) =>
    dataset.columns.map(({ name }) => name).join('');
  expect(names(await change('c', { position: 0 }))).toBe('cab');
  expect(names(await change('c', { position: 1 }))).toBe('acb');
  expect(names(await change('a', { position: 1_000 }))).toBe('cba');
  expect((await rows()).map(({ cells }) => cells)).toEqual([['3', '2', '1']]);
  await runImport(bytes('d\n9\n'), { dataset: { id }, columns: [{ index: 0, name: 'd', type: 'INTEGER' }] });
  expect((await rows()).at(-1)?.cells).toEqual([null, null, null, '9']);
});

it('keeps how files spell a column: later imports follow it unless they say otherwise', async () => {
  const { id, slug, user, change } = await made('Spelled');
  await change('b', { format: { empty: ['n/a'], currency: true } });
  const file = bytes('a,b,c\n1,n/a,3\n2,$5,4\n');
  const columns = ['a', 'b', 'c'].map((name, index) => ({ index, name, type: 'INTEGER' as const }));
  const follows = await runImport(file, { dataset: { id }, columns });
  expect(follows.rows).toMatchObject({ inserted: 2, rejected: 0 });
  const { matches } = await matchFile(slug, { headers: ['a', 'b'] }, user);
  expect(matches[1]).toMatchObject({ format: { empty: ['n/a'], currency: true } });
  const says = await runImport(file, {
    dataset: { id },
    columns: columns.map((column) => ({ ...column, format: {} })),
  });
  expect(says.rows).toMatchObject({ inserted: 0, rejected: 2 });
  expect((await change('b', { format: {} })).columns[1]?.format).toBeNull();
});

it('is written down with what changed, refused where it cannot be, and for those who manage alone', async () => {
  const { slug, user, change, idOf } = await made('Ruled');
  const changes = async () =>
    (await db().auditEvent.findMany({ where: { kind: 'COLUMN_CHANGED', subjectId: idOf('a') } })).map(
      ({ facts }) => facts,
    );
  await change('a', { name: 'A', position: 2, rules: { required: true }, format: { trim: true } });
  await change('a', { name: 'A', position: 2 });
  expect(await changes()).toEqual([{ changed: 'name, rules, format, place' }]);
  await expect(change('a', { rules: { pattern: '(' } })).rejects.toThrow('Column “A”: “(” is not a pattern');
  await expect(change('a', { rules: { min: 'x' } })).rejects.toThrow('Write a whole number, like 42.');
  const ben = await makeUser();
  const asBen = () => changeColumn(slug, idOf('a'), { name: 'mine' }, ben);
  await expect(asBen()).rejects.toMatchObject({ code: 'not-found' });
  await shareDataset(slug, { email: ben.email, right: 'IMPORT' }, user);
  await expect(asBen()).rejects.toMatchObject({ code: 'forbidden' });
});

it('order of dates and decimal separator of a column are proposed to later files, and count where an import says none', async () => {
  const user = await owner();
  const first = await runImport(bytes('day,price\n2025-01-31,1.5\n'), { dataset: { name: 'Spelled' } });
  const slug = first.dataset?.slug ?? '';
  const { id, columns } = await findDataset(slug, user);
  const idOf = (name: string) => columns.find((column) => column.name === name)?.id ?? '';
  await changeColumn(slug, idOf('day'), { format: { dateOrder: 'DMY', trim: true } }, user);
  const changed = await changeColumn(slug, idOf('price'), { format: { decimalSign: ',' } }, user);
  expect(changed.columns.map(({ format }) => format)).toEqual([
    { dateOrder: 'DMY', trim: true },
    { decimalSign: ',' },
  ]);
  // Other headers than those of the import before.
  const { matches } = await matchFile(slug, { headers: ['price', 'Day'] }, user);
  expect(matches).toMatchObject([
    { column: 'price', dateOrder: null, decimalSign: ',', format: null },
    { column: 'day', dateOrder: 'DMY', decimalSign: null, format: { trim: true } },
  ]);
  const mapped = [
    { index: 0, name: 'price', type: 'DECIMAL' as const },
    { index: 1, name: 'day', type: 'DATE' as const },
  ];
  const content = bytes('price,Day\n"2,5",03/04/2025\n');
  const done = await runImport(content, { dataset: { id }, columns: mapped });
  expect(done.rows).toMatchObject({ inserted: 1, rejected: 0 });
  const other = mapped.map((column) => ({ ...column, dateOrder: null, decimalSign: '.' as const }));
  expect((await runImport(content, { dataset: { id }, columns: other })).rows).toMatchObject({ rejected: 1 });
  const { rows } = await readRowPage(await findDataset(slug, user), { limit: 10 });
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['2025-01-31', '1.5'],
    ['2025-04-03', '2.5'],
  ]);
});
