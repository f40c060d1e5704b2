import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';
import { shareRows } from '@/testing/share-rows';
import { checkMoves, checkTables } from './check-tables';

openDatabase();

it('names datasets whose table lacks columns, or is not there', async () => {
  const first = await makeDataset([{ slot: 0, type: 'TEXT' }]);
  const second = await makeDataset([{ slot: 0, type: 'INTEGER' }], true);
  expect(await checkTables()).toMatchObject({ level: 'ok' });

  await db().$executeRawUnsafe(`alter table ${first.table.rows} drop column "c0" cascade`);
  expect(await checkTables()).toMatchObject({
    level: 'fail',
    said: expect.stringContaining(`ds_${first.table.number}`),
  });
  await db().$executeRawUnsafe(`create view ${first.table.canonical} as select 1`);
  expect(await checkTables()).toMatchObject({
    level: 'warn',
    said: expect.stringMatching(new RegExp(`schema ds_${first.table.number}\\) lacks “column 0”`)),
  });

  await db().$executeRaw`select "dropDatasetTable"(${second.table.number}::int)`;
  expect(await checkTables()).toMatchObject({
    level: 'fail',
    said: expect.stringContaining(`(schema ds_${second.table.number})`),
    todo: expect.stringContaining('Nothing is lost'),
  });
  await db().dataset.update({ where: { id: second.id }, data: { rows: 1 } });
  expect(await checkTables()).toMatchObject({ todo: expect.stringContaining('Restore a whole backup') });
});

it('says how many datasets wait for their rows to be moved', async () => {
  expect(await checkMoves()).toEqual([]);
  await shareRows((await makeDataset([{ slot: 0, type: 'TEXT' }])).id);
  expect(await checkMoves()).toMatchObject([
    { level: 'warn', said: expect.stringMatching(/^one dataset waits .* 0 of 0 imports/) },
  ]);
});
