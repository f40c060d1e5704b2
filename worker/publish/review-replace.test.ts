import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '@/e2e/setup/environment';
import { datasetFaults } from '@/e2e/setup/invariants';
import { owner } from '@/e2e/setup/people';
import { type RunOptions, runImport, runStage } from '@/e2e/setup/run-import';
import type { ImportDetails } from '@/lib/imports/contract';
import { getImport } from '@/lib/imports/get-import';
import { publishImport } from '@/lib/imports/publish-import';
import { fixImport } from '@/lib/review/fixes/fix-import';
import type { Replaced } from '@/lib/versions/contract';
import { listOutcomes } from '@/lib/versions/list-outcomes';
import { exported } from '../review/testing/exported';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

let made = 0;
const run = (lines: string[], options: RunOptions) =>
  runImport(new TextEncoder().encode(`${lines.join('\n')}\n`), { types: 'text', ...options });

/** A dataset of five rows, and a file that is to replace it: without a column, with one row changed and one more. */
async function reviewed(key: string[] | undefined) {
  const first = await run(['sku,name,stock', 'a,Apple,1', 'b,Bread,', 'c,Cheese,3', 'd,Dates,', 'e,Egg,5'], {
    dataset: { name: `Replaced ${++made}` },
    key,
  });
  const dataset = { id: first.dataset?.id ?? '' };
  const it = await run(['sku,name', 'a,Apple', 'b,Bread', 'd,Dried dates', 'x,Xylitol'], {
    dataset,
    mode: 'REPLACE',
    onRejection: 'REVIEW',
  });
  return { dataset, first, it };
}

async function rowsOf(it: ImportDetails, outcome: Replaced, limit = 50) {
  const user = await owner();
  const rows = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof listOutcomes>> = await listOutcomes(
      it.id,
      { outcome, after, limit },
      user,
    );
    rows.push(...page.rows);
    after = page.next;
  }
  return rows.map(({ before, cells }) => [before?.join() ?? null, cells.join()]);
}

describe('the review of an import that replaces a dataset with a key', () => {
  it('says what is removed, changed, kept and added, and which columns are emptied', async () => {
    const { it } = await reviewed(['sku']);
    expect(it.status).toBe('REVIEW');
    // “a” loses its stock, “d” gets another name; of “b” the file has all that there is.
    expect(it.replaces).toEqual({
      removed: 2,
      changed: 2,
      kept: 1,
      added: 1,
      keyed: true,
      emptied: ['stock'],
    });
    expect(await rowsOf(it, 'removed')).toEqual([
      [null, 'c,Cheese,3'],
      [null, 'e,Egg,5'],
    ]);
    expect(await rowsOf(it, 'removed', 1)).toHaveLength(2);
    expect(await rowsOf(it, 'changed')).toEqual([
      ['a,Apple,1', 'a,Apple,'],
      ['d,Dates,', 'd,Dried dates,'],
    ]);
    expect(await rowsOf(it, 'kept', 1)).toEqual([['b,Bread,', 'b,Bread,']]);
    expect(await rowsOf(it, 'added')).toEqual([[null, 'x,Xylitol,']]);
  });

  it('is published for the number of rows that somebody agreed to lose, and no other', async () => {
    const user = await owner();
    const { it } = await reviewed(['sku']);
    await expect(publishImport(it.id, user, { removes: 1 })).rejects.toThrow(
      'removes 2 rows of the dataset, and not 1',
    );
    await publishImport(it.id, user, { removes: 2 });
    const done = await runStage(it.id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', rowsRemoved: 5, replaces: null });
    expect(await exported(done)).toBe('sku,name,stock\na,Apple,\nb,Bread,\nd,Dried dates,\nx,Xylitol,\n');
    await expect(rowsOf(done, 'removed')).rejects.toThrow('does not wait for its review');
  });

  it('is asked for once more where another import comes in between that it would remove rows of', async () => {
    const user = await owner();
    const { dataset, it } = await reviewed(['sku']);
    await publishImport(it.id, user, { removes: 2 });
    await run(['sku,name', 'n,New one', 'o,Other'], { dataset });
    const again = await runStage(it.id, user);
    // What goes in is the same as before, what goes is not.
    expect(again).toMatchObject({ status: 'REVIEW', rows: it.rows, replaces: { removed: 4 } });
    await publishImport(it.id, user, { removes: 4 });
    expect((await runStage(it.id, user)).status).toBe('COMPLETED');
  });
});

describe('the review of an import that replaces a dataset without a key', () => {
  it('says how many rows go and come, is out of date when that changes, and is looked at again', async () => {
    const user = await owner();
    const { dataset, it } = await reviewed(undefined);
    const numbers = { removed: 5, changed: 0, kept: 0, added: 4, keyed: false, emptied: ['stock'] };
    expect(it).toMatchObject({ replaces: numbers, outdated: false });
    await run(['sku,name', 'n,New one'], { dataset });
    expect((await getImport(it.id, user)).outdated).toBe(true);
    await expect(publishImport(it.id, user, { removes: 5 })).rejects.toThrow('Look at it again');
    await fixImport(it.id, [], user);
    const again = await runStage(it.id, user);
    expect(again).toMatchObject({ outdated: false, replaces: { ...numbers, removed: 6 } });
    await publishImport(it.id, user, { removes: 6 });
    const done = await runStage(it.id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', rowsRemoved: 6 });
    expect(await exported(done)).toBe('sku,name,stock\na,Apple,\nb,Bread,\nd,Dried dates,\nx,Xylitol,\n');
  });

  it('says nothing of the kind where rows are only added', async () => {
    const { dataset } = await reviewed(undefined);
    const it = await run(['sku,name', 'n,New one'], { dataset, onRejection: 'REVIEW' });
    expect(it).toMatchObject({ status: 'REVIEW', replaces: null });
  });
});
