import { describe, expect, it } from 'vitest';
import { findImport } from '@/lib/server/imports/find-import';
import { keptRejections } from '@/lib/server/imports/rejections/chunks';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { listCauses } from '@/lib/server/imports/review/list-causes';
import { db } from '@/lib/server/platform/db/client';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
import { correct, download } from './testing/correct';
import { exported } from './testing/exported';

openDatabase();

const columns = [
  { index: 0, name: 'sku', type: 'TEXT' as const },
  { index: 1, name: 'stock', type: 'INTEGER' as const },
];
let made = 0;
const run = (lines: string[], options: RunOptions = {}) =>
  runImport(new TextEncoder().encode(`sku,stock\n${lines.join('\n')}\n`), {
    columns,
    key: ['sku'],
    dataset: { name: `Keys ${++made}` },
    duplicates: 'REJECT',
    onRejection: 'REVIEW',
    ...options,
  });

/** 26,001 rows: one that is good, and in turn two with the same key and one with a stock that is no number. */
const lines = Array.from({ length: 26_000 }, (_, i) => (i % 2 === 0 ? 'twice,1' : `sku ${i},x`));
const file = ['good,1', ...lines];

/** Where the rejected rows are: in the database, and in objects for which reason. */
async function places(record: ImportDetails) {
  const { id: importId } = await findImport(record.id, await owner());
  const of = async (staged: boolean) =>
    (
      await db().rejectionChunk.aggregate({
        where: { importId, counts: true, staged },
        _sum: { rows: true },
      })
    )._sum.rows;
  return {
    database: await db().rejection.count({ where: { importId } }),
    ofCells: await of(false),
    staged: await of(true),
    gone: await db().rejectionChunk.count({ where: { importId, counts: false } }),
  };
}

describe('rows that only their key makes wrong', () => {
  it('are kept in objects beyond the first ten thousand rejections, in the download, and among the causes', async () => {
    const record = await run(['good,1', ...Array.from({ length: 25_000 }, () => 'twice,1')]);
    expect(record.rows).toMatchObject({ read: 25_001, inserted: 1, rejected: 25_000 });
    expect(await places(record)).toEqual({
      database: keptRejections,
      ofCells: null,
      staged: 25_000 - keptRejections,
      gone: 0,
    });
    const given = (await download(record, 'csv')).toString('utf8').trim().split('\r\n').slice(1);
    expect(given.map((line) => Number(line.split(',')[1]))).toEqual(
      Array.from({ length: 25_000 }, (_, i) => i + 3),
    );
    expect((await listCauses(record.id, await owner())).causes).toMatchObject([
      { code: 'duplicate-key', column: 'sku', rows: 25_000 },
    ]);
  });

  it('are decided on anew with every look, beside objects of rows that their cells make wrong', async () => {
    const user = await owner();
    const record = await run(file);
    const rows = { read: 26_001, inserted: 1, updated: 0, unchanged: 0, skipped: 0, rejected: 26_000 };
    expect(record.rows).toEqual(rows);
    const expected = {
      database: keptRejections,
      ofCells: 13_000 - keptRejections,
      staged: 13_000,
      gone: 0,
    };
    expect(await places(record)).toEqual(expected);
    await fixImport(record.id, [], user);
    expect((await runStage(record.id, user)).rows).toEqual(rows);
    expect(await places(record)).toEqual(expected);
    await fixImport(record.id, [{ kind: 'EMPTY', column: 'stock', words: ['x'] }], user);
    expect((await runStage(record.id, user)).rows).toEqual({ ...rows, inserted: 13_001, rejected: 13_000 });
    expect(await places(record)).toEqual({ ...expected, ofCells: null, staged: 13_000 - keptRejections });
  });

  it('are corrected by a file wherever they are, and objects that overlap hide no row from it', async () => {
    const record = await run(file);
    const given = (await download(record, 'csv')).toString('utf8');
    const corrected = given
      .replaceAll(/,(\d+),twice,1,/g, (_, row) => `,${row},once ${row},1,`)
      .replaceAll(/,(sku \d+),x,/g, ',$1,5,');
    const { now } = await correct(record, Buffer.from(corrected));
    expect(now.rows).toMatchObject({ read: 26_001, inserted: 26_001, rejected: 0 });
    expect(await places(record)).toEqual({ database: 0, ofCells: null, staged: null, gone: 0 });
    const stored = (await exported(record)).trim().split('\n');
    expect([stored.length, stored[26_000], stored[26_001]]).toEqual([26_002, 'once 26001,1', 'sku 25999,5']);
  });
});

it('one whose unique value a corrected row takes is rejected for that, and not twice', async () => {
  const user = await owner();
  const text = 'sku,code,stock\nA,u1,n/a\nB,u2,1\nC,u1,1\nC,u3,1\n';
  const record = await runImport(new TextEncoder().encode(text), {
    columns: [
      { index: 0, name: 'sku', type: 'TEXT' },
      { index: 1, name: 'code', type: 'TEXT', rules: { unique: true } },
      { index: 2, name: 'stock', type: 'INTEGER' },
    ],
    key: ['sku'],
    dataset: { name: 'Unique beside a key' },
    duplicates: 'REJECT',
    onRejection: 'REVIEW',
  });
  expect(record.rows).toMatchObject({ read: 4, inserted: 1, rejected: 3 });
  await fixImport(record.id, [{ kind: 'EMPTY', column: 'stock', words: ['n/a'] }], user);
  const now = await runStage(record.id, user);
  // A goes in, the first C is rejected for its code, so that the second has its key alone.
  expect(now).toMatchObject({ status: 'REVIEW', rows: { read: 4, inserted: 3, rejected: 1 } });
  const { causes } = await listCauses(record.id, user);
  expect(causes).toMatchObject([{ column: 'code', code: 'not-unique', rows: 1 }]);
  expect(await exported(now)).toBe('sku,code,stock\nA,u1,\nB,u2,1\nC,u3,1\n');
});
