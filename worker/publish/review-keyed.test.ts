import { afterEach, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { getImport } from '@/lib/server/imports/get-import';
import { listOutcomes } from '@/lib/server/imports/outcomes/list-outcomes';
import { publishImport } from '@/lib/server/imports/publish-import';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const columns = [
  { index: 0, name: 'sku', type: 'TEXT' as const },
  { index: 1, name: 'name', type: 'TEXT' as const },
  { index: 2, name: 'stock', type: 'INTEGER' as const },
];
const run = (lines: string[], options: RunOptions) =>
  runImport(new TextEncoder().encode(`sku,name,stock\n${lines.join('\n')}\n`), { columns, ...options });

let made = 0;

/** A dataset of three rows, and an import in review that changes two of them and adds one. */
async function reviewed() {
  const first = await run(['a,Apple,1', 'b,Bread,2', 'c,Cheese,3'], {
    dataset: { name: `Review by key ${++made}` },
    key: ['sku'],
  });
  const dataset = { id: first.dataset?.id ?? '' };
  const record = await run(['a,Apple,10', 'b,Brown bread,20', 'c,Cheese,3', 'd,Dates,4', ',Nothing,5'], {
    dataset,
    onRejection: 'REVIEW',
  });
  const content = async () => {
    const view = await findDataset(first.dataset?.slug ?? '', await owner());
    return (await readRowPage(view, { limit: 100 })).rows.map(({ cells }) => cells.join());
  };
  return { dataset, it: record, content };
}

const page = { after: 0, limit: 50 };

describe('the review of an import into a dataset with a key', () => {
  it('shows what it would do before anybody sees it: counts, and old and new cell by cell', async () => {
    const user = await owner();
    const { it: record, content } = await reviewed();
    expect(record).toMatchObject({ status: 'REVIEW', outdated: false });
    expect(record.rows).toEqual({ read: 5, inserted: 1, updated: 2, unchanged: 1, skipped: 0, rejected: 1 });
    const updated = await listOutcomes(record.id, { ...page, outcome: 'updated' }, user);
    expect(updated.rows.map(({ before, cells }) => [before, cells])).toEqual([
      [
        ['a', 'Apple', '1'],
        ['a', 'Apple', '10'],
      ],
      [
        ['b', 'Bread', '2'],
        ['b', 'Brown bread', '20'],
      ],
    ]);
    const renamed = await listOutcomes(record.id, { ...page, outcome: 'updated', column: 'name' }, user);
    expect(renamed.rows.map(({ row }) => row)).toEqual([3]);
    await expect(
      listOutcomes(record.id, { ...page, outcome: 'updated', column: 'colour' }, user),
    ).rejects.toMatchObject({ code: 'bad-request' });
    expect(await content()).toEqual(['a,Apple,1', 'b,Bread,2', 'c,Cheese,3']);
  });

  it('is out of date once another import is published, says so, and is found out again', async () => {
    const user = await owner();
    const { dataset, it: record, content } = await reviewed();
    await run(['a,Apple,10', 'd,Dried dates,4'], { dataset });
    expect((await getImport(record.id, user)).outdated).toBe(true);
    await expect(publishImport(record.id, user)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Update the review'),
    });
    await fixImport(record.id, [], user);
    const again = await runStage(record.id, user);
    expect(again).toMatchObject({ status: 'REVIEW', outdated: false });
    expect(again.rows).toEqual({ read: 5, inserted: 0, updated: 2, unchanged: 2, skipped: 0, rejected: 1 });
    await publishImport(record.id, user);
    expect((await runStage(record.id, user)).status).toBe('COMPLETED');
    expect(await content()).toEqual(['a,Apple,10', 'b,Brown bread,20', 'c,Cheese,3', 'd,Dates,4']);
  });

  it('is asked for once more when another import comes between the approval and the publication', async () => {
    const user = await owner();
    const { dataset, it: record, content } = await reviewed();
    await publishImport(record.id, user);
    await run(['d,Dried dates,4'], { dataset });
    const again = await runStage(record.id, user);
    expect(again).toMatchObject({ status: 'REVIEW', rows: { inserted: 0, updated: 3 } });
    expect(await content()).toEqual(['a,Apple,1', 'b,Bread,2', 'c,Cheese,3', 'd,Dried dates,4']);
    await publishImport(record.id, user);
    expect((await runStage(record.id, user)).status).toBe('COMPLETED');
  });

  it('goes in where another import comes in between that makes no difference to it', async () => {
    const user = await owner();
    const { dataset, it: record } = await reviewed();
    await publishImport(record.id, user);
    await run(['x,Xylophone,1'], { dataset });
    expect(await runStage(record.id, user)).toMatchObject({ status: 'COMPLETED', rows: record.rows });
  });
});
