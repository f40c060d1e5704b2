import { describe, expect, it } from 'vitest';
import { findImport } from '@/lib/server/imports/find-import';
import { keptRejections } from '@/lib/server/imports/rejections/chunks';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { listCauses } from '@/lib/server/imports/review/list-causes';
import { db } from '@/lib/server/platform/db/client';
import type { ImportDetails } from '@/lib/shared/schema/imports';
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
async function places(it: ImportDetails) {
  const { id: importId } = await findImport(it.id, await owner());
  const of = async (ofTheKey: boolean) =>
    (
      await db().rejectionChunk.aggregate({
        where: { importId, counts: true, ofTheKey },
        _sum: { rows: true },
      })
    )._sum.rows;
  return {
    database: await db().rejection.count({ where: { importId } }),
    ofCells: await of(false),
    ofTheKey: await of(true),
    gone: await db().rejectionChunk.count({ where: { importId, counts: false } }),
  };
}

describe('rows that only their key makes wrong', () => {
  it('are kept in objects beyond the first ten thousand rejections, in the download, and among the causes', async () => {
    const it = await run(['good,1', ...Array.from({ length: 25_000 }, () => 'twice,1')]);
    expect(it.rows).toMatchObject({ read: 25_001, inserted: 1, rejected: 25_000 });
    expect(await places(it)).toEqual({
      database: keptRejections,
      ofCells: null,
      ofTheKey: 25_000 - keptRejections,
      gone: 0,
    });
    const given = (await download(it, 'csv')).toString('utf8').trim().split('\r\n').slice(1);
    expect(given.map((line) => Number(line.split(',')[1]))).toEqual(
      Array.from({ length: 25_000 }, (_, i) => i + 3),
    );
    expect((await listCauses(it.id, await owner())).causes).toMatchObject([
      { code: 'duplicate-key', column: 'sku', rows: 25_000 },
    ]);
  });

  it('are decided on anew with every look, beside objects of rows that their cells make wrong', async () => {
    const user = await owner();
    const it = await run(file);
    const rows = { read: 26_001, inserted: 1, updated: 0, unchanged: 0, skipped: 0, rejected: 26_000 };
    expect(it.rows).toEqual(rows);
    const expected = {
      database: keptRejections,
      ofCells: 13_000 - keptRejections,
      ofTheKey: 13_000,
      gone: 0,
    };
    expect(await places(it)).toEqual(expected);
    await fixImport(it.id, [], user);
    expect((await runStage(it.id, user)).rows).toEqual(rows);
    expect(await places(it)).toEqual(expected);
    await fixImport(it.id, [{ kind: 'EMPTY', column: 'stock', words: ['x'] }], user);
    expect((await runStage(it.id, user)).rows).toEqual({ ...rows, inserted: 13_001, rejected: 13_000 });
    expect(await places(it)).toEqual({ ...expected, ofCells: null, ofTheKey: 13_000 - keptRejections });
  });

  it('are corrected by a file wherever they are, and objects that overlap hide no row from it', async () => {
    const it = await run(file);
    const given = (await download(it, 'csv')).toString('utf8');
    const corrected = given
      .replaceAll(/,(\d+),twice,1,/g, (_, row) => `,${row},once ${row},1,`)
      .replaceAll(/,(sku \d+),x,/g, ',$1,5,');
    const { now } = await correct(it, Buffer.from(corrected));
    expect(now.rows).toMatchObject({ read: 26_001, inserted: 26_001, rejected: 0 });
    expect(await places(it)).toEqual({ database: 0, ofCells: null, ofTheKey: null, gone: 0 });
    const stored = (await exported(it)).trim().split('\n');
    expect([stored.length, stored[26_000], stored[26_001]]).toEqual([26_002, 'once 26001,1', 'sku 25999,5']);
  });
});
