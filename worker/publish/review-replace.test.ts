import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listEvents } from '@/lib/server/audit/list-events';
import { getImport } from '@/lib/server/imports/get-import';
import { listOutcomes } from '@/lib/server/imports/outcomes/list-outcomes';
import { publishImport } from '@/lib/server/imports/publish-import';
import { readReceipt } from '@/lib/server/imports/receipt/read-receipt';
import { editCells } from '@/lib/server/imports/review/edits/edit-cells';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { previewUndo } from '@/lib/server/imports/undo/preview-undo';
import { undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { describeFacts } from '@/lib/shared/schema/audit/describe-facts';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { Outcome, Replaced } from '@/lib/shared/schema/import/outcome';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
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
  const record = await run(['sku,name', 'a,Apple', 'b,Bread', 'd,Dried dates', 'x,Xylitol'], {
    dataset,
    mode: 'REPLACE',
    onRejection: 'REVIEW',
  });
  return { dataset, first, it: record };
}

async function rowsOf(record: ImportDetails, outcome: Outcome | Replaced, limit = 50) {
  const user = await owner();
  const rows = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof listOutcomes>> = await listOutcomes(
      record.id,
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
    const { it: record } = await reviewed(['sku']);
    expect(record.status).toBe('REVIEW');
    // “a” loses its stock, “d” gets another name; of “b” the file has all that there is.
    expect(record.replaces).toEqual({
      removed: 2,
      changed: 2,
      kept: 1,
      added: 1,
      rejected: 0,
      rejectedRows: [],
      keyed: true,
      emptied: ['stock'],
    });
    expect(await rowsOf(record, 'removed')).toEqual([
      [null, 'c,Cheese,3'],
      [null, 'e,Egg,5'],
    ]);
    expect(await rowsOf(record, 'removed', 1)).toHaveLength(2);
    expect(await rowsOf(record, 'changed')).toEqual([
      ['a,Apple,1', 'a,Apple,'],
      ['d,Dates,', 'd,Dried dates,'],
    ]);
    expect(await rowsOf(record, 'kept', 1)).toEqual([['b,Bread,', 'b,Bread,']]);
    expect(await rowsOf(record, 'added')).toEqual([[null, 'x,Xylitol,']]);
  });

  it('is published for the number of rows that somebody agreed to lose, and no other', async () => {
    const user = await owner();
    const { it: record } = await reviewed(['sku']);
    await expect(publishImport(record.id, user, { removes: 1 })).rejects.toThrow(
      'removes 2 rows of the dataset, and not 1',
    );
    await publishImport(record.id, user, { removes: 2 });
    const done = await runStage(record.id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', rowsRemoved: 2 });
    expect(await exported(done)).toBe('sku,name,stock\na,Apple,\nb,Bread,\nd,Dried dates,\nx,Xylitol,\n');
  });

  it('is counted afterwards as it was in its review: by the receipt, the log and the undo', async () => {
    const user = await owner();
    const { dataset, it: record } = await reviewed(['sku']);
    const account = { read: 4, inserted: 1, updated: 2, unchanged: 1, skipped: 0, rejected: 0 };
    expect(record.rows).toEqual(account);
    await publishImport(record.id, user, { removes: 2 });
    const done = await runStage(record.id, user);
    expect(done.rows).toEqual(account);
    expect(done.replaces).toEqual({ ...record.replaces, emptied: [] });
    const receipt = await readReceipt(done.id, user);
    expect(receipt).toMatchObject({ rowsRemoved: 2, tally: { ...account, balances: true } });
    const { events } = await listEvents({ import: done.id, limit: 50 });
    const told = events.map(({ kind, facts }) => `${kind}: ${describeFacts(facts)}`);
    expect(told).toContain('IMPORT_COMPLETED: 2 rows removed, 2 changed, 1 kept, 1 added');
    expect(told).toContain('IMPORT_APPROVED: 2 rows removed, 2 changed, 1 kept, 1 added');
    expect(await previewUndo(done.id, user)).toMatchObject({
      rowsBefore: 4,
      rowsAfter: 5,
      removed: 1,
      restored: 2,
      reverted: 2,
      unchanged: 1,
    });
    const lists = async () => ({
      removed: await rowsOf(done, 'removed'),
      changed: await rowsOf(done, 'changed'),
      updated: await rowsOf(done, 'updated'),
      kept: await rowsOf(done, 'kept'),
      inserted: await rowsOf(done, 'inserted'),
    });
    const expected = {
      removed: [
        [null, 'c,Cheese,3'],
        [null, 'e,Egg,5'],
      ],
      changed: [
        ['a,Apple,1', 'a,Apple,'],
        ['d,Dates,', 'd,Dried dates,'],
      ],
      updated: [
        ['a,Apple,1', 'a,Apple,'],
        ['d,Dates,', 'd,Dried dates,'],
      ],
      kept: [['b,Bread,', 'b,Bread,']],
      inserted: [[null, 'x,Xylitol,']],
    };
    expect(await lists()).toEqual(expected);
    // What comes later changes nothing of what it did.
    await run(['sku,name', 'c,Other cheese'], { dataset });
    await undoImport(done.id, user);
    expect(await lists()).toEqual(expected);
    expect((await getImport(done.id, user)).rows).toEqual(account);
  });

  it('does not say of one from before these counts were kept how many rows it removed', async () => {
    const user = await owner();
    const { it: record } = await reviewed(['sku']);
    await publishImport(record.id, user, { removes: 2 });
    await runStage(record.id, user);
    // It said so of all five rows that were there, of which the file has three.
    await db()
      .$executeRaw`update "Import" set "replaces" = null, "rowsRemoved" = 5 where "publicId" = ${record.id}::uuid`;
    expect(await getImport(record.id, user)).toMatchObject({
      mode: 'REPLACE',
      replaces: null,
      rowsRemoved: 0,
    });
    expect(await readReceipt(record.id, user)).toMatchObject({ replaces: null, rowsRemoved: 0 });
  });

  it('writes down the numbers that are published, also where they changed while it was agreed to', async () => {
    const user = await owner();
    const { it: record } = await reviewed(['sku']);
    const other = new pg.Client({ connectionString: env().DATABASE_URL });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('update "Import" set "rowsRejected" = 1 where "publicId" = $1', [record.id]);
      const published = publishImport(record.id, user, { removes: 2 });
      await vi.waitFor(async () => {
        const [held] = await db().$queryRaw<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        expect(held?.n).toBe(1);
      }, 10_000);
      await other.query('commit');
      await published;
    } finally {
      await other.end();
    }
    const { events } = await listEvents({ import: record.id, limit: 50 });
    const approved = events.find(({ kind }) => kind === 'IMPORT_APPROVED');
    expect(approved?.facts).toMatchObject({ removed: 2, rejected: 1 });
    await db().import.update({ where: { publicId: record.id }, data: { rowsRejected: 0 } });
    expect((await runStage(record.id, user)).status).toBe('COMPLETED');
  });

  it('is counted in the same way without a review', async () => {
    const first = await run(['sku,n', 'a,1', 'b,2', 'c,3'], {
      dataset: { name: `Replaced ${++made}` },
      key: ['sku'],
    });
    const dataset = { id: first.dataset?.id ?? '' };
    const done = await run(['sku,n', 'a,1', 'b,20', 'd,4', 'e,5'], { dataset, mode: 'REPLACE' });
    expect(done).toMatchObject({
      status: 'COMPLETED',
      rowsRemoved: 1,
      rows: { read: 4, inserted: 2, updated: 1, unchanged: 1 },
      replaces: { removed: 1, changed: 1, kept: 1, added: 2 },
    });
  });

  it('lists the rows that are removed in the order in which the dataset has them', async () => {
    const keys = ['10', '9', '100', '2'];
    const first = await run(['n,word', ...keys.map((key) => `${key},x`)], {
      dataset: { name: `Replaced ${++made}` },
      key: ['n'],
    });
    const record = await run(['n,word', '1,x'], {
      dataset: { id: first.dataset?.id ?? '' },
      mode: 'REPLACE',
      onRejection: 'REVIEW',
    });
    expect((await rowsOf(record, 'removed', 3)).map(([, cells]) => cells)).toEqual(
      keys.map((key) => `${key},x`),
    );
  });

  it('says which rows would go only because their row in the file was rejected, until that is corrected', async () => {
    const user = await owner();
    const columns = (names: string[]) =>
      names.map((name, index) => ({ index, name, type: name === 'day' ? 'DATE' : 'INTEGER' }) as const);
    const names = ['id', 'size', 'day'];
    const first = await run(['id,size,day', '1,10,', '2,20,', '3,30,', '4,40,', '5,50,', '6,60,'], {
      dataset: { name: `Replaced ${++made}` },
      key: ['id'],
      columns: columns(names),
    });
    const record = await run(
      // Of rows 3, 6 and 7 the key can be read and is in the dataset; of row 4 it cannot, row 5 is new, and row 8 has a
      // good row beside it.
      ['id,size,day', '1,10,', '2,much,', 'x,30,', '77,much,', '4,40,never', '5,50', '1,much,'],
      {
        dataset: { id: first.dataset?.id ?? '' },
        mode: 'REPLACE',
        onRejection: 'REVIEW',
        columns: columns(names),
      },
    );
    expect(record.replaces).toMatchObject({ removed: 5, kept: 1, rejected: 3, rejectedRows: [3, 6, 7] });
    await editCells(record.id, [{ row: 3, column: 'size', value: '21' }], user);
    await fixImport(record.id, [], user);
    const again = await runStage(record.id, user);
    expect(again.replaces).toMatchObject({ removed: 4, changed: 1, rejected: 2, rejectedRows: [6, 7] });
    await publishImport(record.id, user, { removes: 4 });
    const done = await runStage(record.id, user);
    expect(done.replaces).toMatchObject({ removed: 4, rejected: 2 });
  });

  it('says so of rows that were rejected since two of them have the key, too', async () => {
    const first = await run(['sku,n', 'a,1', 'b,2', 'c,3'], {
      dataset: { name: `Replaced ${++made}` },
      key: ['sku'],
    });
    const record = await run(['sku,n', 'a,1', 'b,7', 'b,8'], {
      dataset: { id: first.dataset?.id ?? '' },
      mode: 'REPLACE',
      onRejection: 'REVIEW',
      duplicates: 'REJECT',
    });
    expect(record.replaces).toMatchObject({ removed: 2, kept: 1, rejected: 1, rejectedRows: [3, 4] });
  });

  it('is asked for once more where another import comes in between that it would remove rows of', async () => {
    const user = await owner();
    const { dataset, it: record } = await reviewed(['sku']);
    await publishImport(record.id, user, { removes: 2 });
    await run(['sku,name', 'n,New one', 'o,Other'], { dataset });
    const again = await runStage(record.id, user);
    // What goes in is the same as before, what goes is not.
    expect(again).toMatchObject({ status: 'REVIEW', rows: record.rows, replaces: { removed: 4 } });
    await publishImport(record.id, user, { removes: 4 });
    expect((await runStage(record.id, user)).status).toBe('COMPLETED');
  });
});

describe('the review of an import that replaces a dataset without a key', () => {
  it('says how many rows go and come, is out of date when that changes, and is looked at again', async () => {
    const user = await owner();
    const { dataset, it: record } = await reviewed(undefined);
    const numbers = {
      removed: 5,
      changed: 0,
      kept: 0,
      added: 4,
      rejected: 0,
      rejectedRows: [],
      keyed: false,
      emptied: ['stock'],
    };
    expect(record).toMatchObject({ replaces: numbers, outdated: false });
    await run(['sku,name', 'n,New one'], { dataset });
    expect((await getImport(record.id, user)).outdated).toBe(true);
    await expect(publishImport(record.id, user, { removes: 5 })).rejects.toThrow('Update the review');
    await fixImport(record.id, [], user);
    const again = await runStage(record.id, user);
    expect(again).toMatchObject({ outdated: false, replaces: { ...numbers, removed: 6 } });
    await publishImport(record.id, user, { removes: 6 });
    const done = await runStage(record.id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', rowsRemoved: 6 });
    expect(await exported(done)).toBe('sku,name,stock\na,Apple,\nb,Bread,\nd,Dried dates,\nx,Xylitol,\n');
  });

  it('says nothing of the kind where rows are only added', async () => {
    const { dataset } = await reviewed(undefined);
    const record = await run(['sku,name', 'n,New one'], { dataset, onRejection: 'REVIEW' });
    expect(record).toMatchObject({ status: 'REVIEW', replaces: null });
  });
});
