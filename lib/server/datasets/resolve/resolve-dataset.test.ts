import { expect, it } from 'vitest';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { findImport } from '@/lib/server/imports/find-import';
import { db } from '@/lib/server/platform/db/client';
import { isOutage } from '@/lib/server/platform/outage';
import { countRows } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { shareRows } from '@/testing/share-rows';
import { confirm, runImport, runInspection, upload } from '@/worker/testing/run-import';

openDatabase();

const bytes = (text: string) => new TextEncoder().encode(text);

/** A dataset whose only import was cancelled with its rows staged. */
async function neverFilled(name: string) {
  const user = await owner();
  const { id, dataset } = await runImport(bytes('k,n,m\na,1,2\nb,2,x\n'), {
    dataset: { name },
    key: ['k'],
    columns: ['k', 'n', 'm'].map((column, index) => ({
      index,
      name: column,
      type: index === 0 ? ('TEXT' as const) : ('INTEGER' as const),
    })),
    onRejection: 'REVIEW',
  });
  const importId = (await findImport(id, user)).id;
  expect(await countRows(importId)).toBe(1);
  await cancelImport(id, user);
  const { number } = await db().dataset.findUniqueOrThrow({ where: { id: dataset?.id ?? '' } });
  return { importId, id: dataset?.id ?? '', number };
}

const tables = (number: number) => db().$queryRaw<{ name: string; columns: string[] }[]>`
  select relname::text as name, array(select attname::text from pg_attribute
    where attrelid = c.oid and attnum > 0 and not attisdropped and attname ~ '^c[0-9]') as columns
  from pg_class c where relnamespace = to_regnamespace(${`"ds_${number}"`})::oid and relkind = 'r' order by 1`;

it.each(['TABLE', 'SHARED'] as const)(
  'a dataset that never got any rows is used again as if it were new, with its rows in %s',
  async (rowStorage) => {
    const before = await neverFilled(`again ${rowStorage}`);
    if (rowStorage === 'SHARED') await shareRows(before.id);
    const done = await runImport(bytes('word\none\n'), { dataset: { name: `again ${rowStorage}` } });
    expect(done).toMatchObject({ status: 'COMPLETED', dataset: { id: before.id } });
    expect(await tables(before.number)).toEqual([{ name: 'rows', columns: ['c0'] }]);
    expect(await db().dataset.findUnique({ where: { id: before.id } })).toMatchObject({
      nextSlot: 1,
      rowStorage: 'TABLE',
      rows: 1,
    });
    expect(await db().column.findMany({ where: { datasetId: before.id } })).toMatchObject([
      { slot: 0, name: 'word', keyPart: null },
    ]);
    expect(await countRows(before.importId)).toBe(rowStorage === 'SHARED' ? 1 : 0);
  },
);

it.each(['TABLE', 'SHARED'] as const)(
  'one whose view somebody built on is left as it is, with its rows in %s',
  async (rowStorage) => {
    const name = `built on ${rowStorage}`;
    const before = await neverFilled(name);
    if (rowStorage === 'SHARED') await shareRows(before.id);
    const { slug } = await db().dataset.findUniqueOrThrow({ where: { id: before.id } });
    await db().$executeRawUnsafe(`create view "my_${slug}" as select n from datasets."${slug}"`);
    const done = await runImport(bytes('word\none\n'), { dataset: { name } });
    expect(done).toMatchObject({ status: 'COMPLETED', dataset: { name } });
    expect(done.dataset?.id).not.toBe(before.id);
    expect(await db().$queryRawUnsafe(`select * from "my_${slug}"`)).toEqual([]);
    expect(await db().column.count({ where: { datasetId: before.id } })).toBe(3);

    // Once nobody does, it is used again.
    await db().$executeRawUnsafe(`drop view "my_${slug}"`);
    const again = await runImport(bytes('word\none\n'), { dataset: { name } });
    expect(again.dataset?.id).toBe(before.id);
  },
);

it('while somebody writes into its table, whoever wants it is told to come again', async () => {
  const { number } = await neverFilled('being written');
  const user = await owner();
  const id = await upload(bytes('word\none\n'), 'being written.csv', user);
  const inspected = await runInspection(id, user);
  await db().$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`lock table "ds_${number}"."rows" in row exclusive mode`);
      const refused = await confirm(inspected, user, { dataset: { name: 'being written' } }).catch(
        (error: unknown) => error,
      );
      expect(isOutage(refused)).toBe(true);
    },
    { timeout: 20_000 },
  );
  await confirm(inspected, user, { dataset: { name: 'being written' } });
});
