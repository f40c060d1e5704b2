import { describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { borrowConnection, db } from '@/lib/server/platform/db/client';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { RowFilter } from '@/lib/shared/schema/dataset/row-query';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { queryRowsQuery } from './query-rows';
import {
  addImport,
  all,
  datasetOf,
  filters,
  insert,
  numbersOf,
  type Row,
  randomRows,
  types,
} from './testing/queried-dataset';

openDatabase();

/** What a column is sorted by, in a form that JavaScript compares. */
function keyOf(type: ColumnType, text: string): number | string {
  if (type === 'INTEGER' || type === 'DECIMAL') return Number(text);
  return type === 'TEXT' ? Buffer.from(text.slice(0, 100).toLowerCase()).toString('latin1') : text;
}

function sorted(rows: Row[], name: keyof typeof types, descends: boolean): number[] {
  const places = rows.map((row, i) => ({ i, text: row[name] }));
  const full = places.flatMap(({ i, text }) => (text === null ? [] : [{ i, key: keyOf(types[name], text) }]));
  full.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.i - b.i));
  if (descends) full.reverse();
  return [...full.map(({ i }) => i), ...places.filter(({ text }) => text === null).map(({ i }) => i)];
}

describe.each([
  ['columns of their own', false],
  ['columns far to the right', true],
])('rows with %s', (_, wide) => {
  const rows = randomRows(120, 7);

  it('are sorted by any column, either way, each of them once', async () => {
    const dataset = await (await datasetOf(rows, wide)).find();
    for (const [name, type] of Object.entries(types) as [keyof typeof types, ColumnType][]) {
      for (const order of ['asc', 'desc'] as const) {
        if (type === 'JSON') continue;
        const found = await all(dataset, { sort: name, order });
        expect(numbersOf(found), `${name} ${order}`).toEqual(sorted(rows, name, order === 'desc'));
      }
    }
  });

  it('are filtered by what their types have', async () => {
    const dataset = await (await datasetOf(rows, wide)).find();
    const expected = async (filter: RowFilter, keeps: (text: string | null) => boolean) => {
      const found = numbersOf(await all(dataset, filters(filter)));
      const name = filter.column as keyof typeof types;
      const wanted = rows.flatMap((row, i) => (keeps(row[name]) ? [i] : []));
      expect(
        [...found].sort((a, b) => a - b),
        JSON.stringify(filter),
      ).toEqual(wanted);
      expect(wanted.length, JSON.stringify(filter)).toBeGreaterThan(0);
    };
    await expected({ column: 'id', op: 'equals', value: '+3' }, (text) => text === '3');
    await expected({ column: 'id', op: 'in', values: ['1', '2'] }, (text) => text === '1' || text === '2');
    await expected({ column: 'amount', op: 'equals', value: '1.1' }, (text) => text === '1.10');
    await expected(
      { column: 'amount', op: 'range', from: '1', to: '2.1' },
      (text) => text !== null && +text >= 1 && +text <= 2.1,
    );
    await expected(
      { column: 'day', op: 'range', to: '2026-01-03' },
      (text) => text !== null && text <= '2026-01-03',
    );
    await expected({ column: 'hour', op: 'equals', value: '1:30' }, (text) => text === '01:30:00');
    await expected({ column: 'paid', op: 'equals', value: 'yes' }, (text) => text === 'true');
    await expected({ column: 'name', op: 'equals', value: 'anna' }, (text) => text === 'anna');
    await expected(
      { column: 'name', op: 'in', values: ['Anna', `${'x'.repeat(120)}1`] },
      (text) => text === 'Anna' || text === `${'x'.repeat(120)}1`,
    );
    await expected({ column: 'name', op: 'startsWith', value: 'AN' }, (text) => /^an/i.test(text ?? ''));
    await expected(
      { column: 'name', op: 'startsWith', value: `${'X'.repeat(120)}2` },
      (text) => text?.endsWith('x2') === true,
    );
    await expected({ column: 'name', op: 'contains', value: '%' }, (text) => text === 'b%b');
    await expected({ column: 'name', op: 'contains', value: 'NN' }, (text) => /nn/i.test(text ?? ''));
    await expected({ column: 'data', op: 'contains', value: '": 2' }, (text) => text === '{"a": 2}');
    await expected({ column: 'day', op: 'empty', empty: true }, (text) => text === null);
    await expected({ column: 'name', op: 'empty', empty: false }, (text) => text !== null);
    if (wide) return;
    await expected(
      { column: 'at', op: 'equals', value: '2026-01-02T03:00:00+02:00' },
      (text) => text === '2026-01-02T01:00:00',
    );
  });

  it('are searched in all of their texts, and conditions hold together', async () => {
    const dataset = await (await datasetOf(rows, wide)).find();
    const both = await all(dataset, {
      search: 'ANN',
      sort: 'id',
      ...filters({ column: 'paid', op: 'equals', value: 'true' }),
    });
    const wanted = sorted(rows, 'id', false).filter(
      (i) => /ann/i.test(rows[i]?.name ?? '') && rows[i]?.paid === 'true',
    );
    expect(numbersOf(both)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(1);
  });
});

it('of a dataset with a key each row is found as it is now', async () => {
  const rows = randomRows(40, 3).map((row, i) => ({ ...row, id: String(i), amount: '1' }));
  const { dataset, slug } = await datasetOf([]);
  await db().column.updateMany({ where: { datasetId: dataset.id, slot: 0 }, data: { keyPart: 1 } });
  const changes = `"ds_${dataset.number}"."row_changes"`;
  const [first, second] = [await addImport(dataset.id, 40, 2), await addImport(dataset.id, 0, 3)];
  await insert(dataset.number, first.id, rows, false);
  const later = rows.filter((_, i) => i % 2 === 0).map((row) => ({ ...row, amount: '2' }));
  await insert(dataset.number, second.id, later, false);
  await db().$executeRawUnsafe(
    `insert into ${changes} select "_import", "_row", case when "_import" = ${first.id} then 'INSERTED' else 'UPDATED' end::"RowChangeKind",
       "c0"::text, case when "_import" = ${first.id} then 2 else 3 end, ${first.id}, "c0" + 2 from "ds_${dataset.number}"."rows"`,
  );
  const amounts = async (query: object) => {
    const found = await findDataset(slug, await owner());
    return (await all(found, query)).map(([, id, , amount]) => [Number(id), amount]);
  };
  const now = rows.map(({ id }) => [Number(id), Number(id) % 2 === 0 ? '2' : '1']);
  expect(await amounts({ sort: 'id' })).toEqual(now);
  expect(await amounts({ sort: 'id', ...filters({ column: 'amount', op: 'equals', value: '1' }) })).toEqual(
    now.filter(([, amount]) => amount === '1'),
  );
  await db().import.update({ where: { id: second.id }, data: { status: 'UNDONE' } });
  expect(await amounts({ sort: 'id' })).toEqual(rows.map(({ id }) => [Number(id), '1']));
});

const place = (order: string, key: string) =>
  Buffer.from(JSON.stringify([order, key, 1, 1])).toString('base64url');

it.each<[string, object]>([
  ['a column that is not there', { sort: 'nothing' }],
  ['an order of JSON', { sort: 'data' }],
  ['a range of texts', filters({ column: 'name', op: 'range', from: 'a' })],
  ['a beginning of a number', filters({ column: 'id', op: 'startsWith', value: '1' })],
  ['a value that is none', filters({ column: 'day', op: 'equals', value: '2026-02-30' })],
  ['a range without an end', filters({ column: 'day', op: 'range' })],
  ['a place that is none', { sort: 'id', after: 'x"' }],
  ['a place of another order', { sort: 'name', after: place('0 asc', '1') }],
  ['a place with a character that no text has', { sort: 'name', after: place('1 asc', 'a\0') }],
])('refuses %s', async (_, query) => {
  const dataset = await (await datasetOf(randomRows(3, 1))).find();
  await expect(all(dataset, query)).rejects.toMatchObject({ code: 'bad-request' });
});

it.each([
  ['search', { search: 'a\0' }],
  ['value', filters({ column: 'name', op: 'contains', value: 'a\0' })],
  ['half of a character', { search: '\ud800' }],
])('takes no %s that no text can have', (_, query) => {
  expect(queryRowsQuery.safeParse(query).success).toBe(false);
});

it('a column that the table does not have yet is empty, and cannot be asked for', async () => {
  const { dataset, find } = await datasetOf(randomRows(5, 6));
  const { connection, release } = await borrowConnection();
  await connection.query(`begin; select count(*) from "ds_${dataset.number}"."rows"`);
  await db().column.create({
    data: { datasetId: dataset.id, slot: 40, position: 40, name: 'later', type: 'TEXT' },
  });
  const found = await find();
  expect((await all(found, { sort: 'id' })).map((row) => row.at(-1))).toEqual(Array(5).fill(null));
  expect(await all(found, { search: 'no such text' })).toEqual([]);
  await expect(all(found, { sort: 'later' })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('“later” is being added'),
  });
  await connection.query('rollback');
  release(false);
});
