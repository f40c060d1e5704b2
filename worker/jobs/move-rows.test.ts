import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { isMoveWanted, removeSharedRows } from '@/lib/server/datasets/storage/move/remove-shared-rows';
import { publishImport } from '@/lib/server/imports/publish-import';
import { editCells } from '@/lib/server/imports/review/edits/edit-cells';
import { listEditableRows } from '@/lib/server/imports/review/edits/editable-rows';
import { redoImport, undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { jobsOf } from '@/lib/server/platform/queue/boss';
import { countStored } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { shareRows } from '@/testing/share-rows';
import { confirm, runImport, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { sweep } from '../sweep/sweep';
import { moveRows } from './move-rows';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const never = new AbortController().signal;
const bytes = (text: string) => new TextEncoder().encode(text);
const columns = [
  { index: 0, name: 'k', type: 'TEXT' as const },
  { index: 1, name: 'v', type: 'DECIMAL' as const },
];
const inAnHour = () => new Date(Date.now() + 3_601_000);

async function importInto(dataset: { id: string } | { name: string }, text: string) {
  const done = await runImport(bytes(`k,v\n${text}`), { dataset, columns, key: ['k'], mode: 'UPSERT' });
  expect(done.status).toBe('COMPLETED');
  return { id: done.id, dataset: { id: done.dataset?.id ?? '' }, slug: done.dataset?.slug ?? '' };
}

/** A dataset as it was left by the version before. */
async function earlier(name: string) {
  const first = await importInto({ name }, 'a,007.50\nb,2\n');
  const second = await importInto(first.dataset, 'a,.5\nc,3\n');
  await shareRows(first.dataset.id);
  return { ...first, first: first.id, second: second.id };
}

async function exported(slug: string): Promise<string> {
  const parts: Buffer[] = [];
  const dataset = await findDataset(slug, await owner());
  for await (const part of exportRows(dataset, { format: 'csv' })) parts.push(part);
  return Buffer.concat(parts).toString();
}

const storage = async (id: string) => (await db().dataset.findUniqueOrThrow({ where: { id } })).rowStorage;
const numberOf = async (publicId: string) =>
  (await db().import.findUniqueOrThrow({ where: { publicId } })).id;

describe('rows of the version before', () => {
  it('are moved by a job that the sweep sees to, and the shared tables are emptied an hour later', async () => {
    const { slug, dataset, first } = await earlier('by the sweep');
    const before = await exported(slug);
    expect(before).toContain('a,.5');
    await sweep();
    expect((await jobsOf('move', {})).live).toBe(true);
    await moveRows(never);
    expect(await storage(dataset.id)).toBe('TABLE');
    expect(await exported(slug)).toBe(before);
    expect(await countStored(await numberOf(first))).toEqual({ rows: 4, changes: 4 });
    expect(await isMoveWanted(new Date())).toBe(false);

    expect(await isMoveWanted(inAnHour())).toBe(true);
    await removeSharedRows(inAnHour());
    expect([await db().row.count(), await db().rowChange.count()]).toEqual([0, 0]);
    const [space] = await db().$queryRaw<{ bytes: number }[]>`
      select (pg_relation_size('"Row"') + pg_relation_size('"RowChange"'))::int as bytes`;
    expect(space).toEqual({ bytes: 0 });
    expect(await isMoveWanted(inAnHour())).toBe(false);
    expect(await exported(slug)).toBe(before);
    expect(await countStored(await numberOf(first))).toEqual({ rows: 2, changes: 2 });
  });

  it('are moved by a worker as soon as it runs', async () => {
    const { slug, dataset } = await earlier('by a worker');
    const before = await exported(slug);
    const worker = spawn(process.execPath, ['--import', 'tsx', 'worker/index.ts'], {
      env: process.env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    while ((await storage(dataset.id)) === 'SHARED') await sleep(50);
    worker.kill('SIGTERM');
    await once(worker, 'exit');
    expect(await exported(slug)).toBe(before);
  });

  it('are moved before an import into their dataset is worked on', async () => {
    const { slug, dataset } = await earlier('by an import');
    const user = await owner();
    const id = await upload(bytes('k,v\na,1\nd,4\n'), 'more.csv', user);
    await confirm(await runInspection(id, user), user, { dataset, columns, key: ['k'], mode: 'UPSERT' });
    expect(await storage(dataset.id)).toBe('SHARED');
    const stopped = new AbortController();
    stopped.abort();
    expect((await runStage(id, user, stopped.signal)).status).toBe('QUEUED');
    expect(await storage(dataset.id)).toBe('SHARED');
    expect((await runStage(id, user)).rows).toMatchObject({ inserted: 1, updated: 1 });
    expect(await storage(dataset.id)).toBe('TABLE');
    expect(await exported(slug)).toBe('k,v\na,1\nb,2\nc,3\nd,4\n'.replaceAll('\n', '\r\n'));
  });

  it('are published from a review, and edited there only once they are moved', async () => {
    const user = await owner();
    const { id, dataset } = await runImport(bytes('k,v\na,1\nb,x\n'), {
      dataset: { name: 'in review' },
      columns,
      onRejection: 'REVIEW',
    });
    await shareRows(dataset?.id ?? '');
    const edit = () => editCells(id, [{ row: 3, column: 'v', value: '2' }], user);
    await expect(edit()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/still moving the rows of this dataset\. Try again in a minute\./),
      retryAfter: 60,
    });
    expect(await listEditableRows(id, { from: 0, limit: 50 }, user)).toMatchObject({ total: 1 });
    await moveRows(never);
    expect((await edit()).rows).toMatchObject([{ row: 3, valid: true }]);
    await publishImport(id, user);
    expect(await runStage(id, user)).toMatchObject({ status: 'COMPLETED', rows: { inserted: 2 } });
    expect(await exported(dataset?.slug ?? '')).toBe('k,v\r\na,1\r\nb,2\r\n');
  });

  it('of an import that was stopped at a checkpoint are moved, and it goes on there', async () => {
    const user = await owner();
    const rows = 800_000;
    const text = `n,text\n${Array.from({ length: rows }, (_, i) => `${i},row ${i}`).join('\n')}\n`;
    const id = await upload(bytes(text), 'half staged.csv', user);
    await confirm(await runInspection(id, user), user);
    const importId = await numberOf(id);
    const shutdown = new AbortController();
    const watching = setInterval(async () => {
      const now = await db().import.findUnique({ where: { id: importId }, select: { checkpoint: true } });
      if (now?.checkpoint) shutdown.abort();
    }, 20);
    expect((await runStage(id, user, shutdown.signal)).status).toBe('STAGING');
    clearInterval(watching);
    const { datasetId } = await db().import.findUniqueOrThrow({ where: { id: importId } });
    const { rows: before } = await countStored(importId);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(rows);
    await shareRows(datasetId ?? '');
    expect(await db().row.count({ where: { importId } })).toBe(before);

    const done = await runStage(id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', attempts: 2, rows: { read: rows, inserted: rows } });
    expect(await storage(datasetId ?? '')).toBe('TABLE');
    expect((await countStored(importId)).rows).toBe(before + rows);
  });

  it('can be undone and redone in either form', async () => {
    const { slug, dataset, second } = await earlier('undone');
    const user = await owner();
    const before = await exported(slug);
    await undoImport(second, user);
    const undone = await exported(slug);
    expect(undone).toContain('a,007.50');
    await moveRows(never);
    expect(await storage(dataset.id)).toBe('TABLE');
    expect(await exported(slug)).toBe(undone);
    await redoImport(second, user);
    expect(await exported(slug)).toBe(before);
  });

  it('stay where they are when they do not arrive as they were, and keep no other dataset from moving', async () => {
    const { slug, dataset } = await earlier('changed on the way');
    const other = await earlier('another');
    const before = await exported(slug);
    const { number } = await db().dataset.findUniqueOrThrow({ where: { id: dataset.id } });
    await db().$executeRaw`select "ensureDatasetTable"(${dataset.id}::uuid, true)`;
    await db().$executeRawUnsafe(`create function "spoil"() returns trigger language plpgsql as
      $$ begin new."c0" := upper(new."c0"); return new; end $$`);
    await db().$executeRawUnsafe(
      `create trigger "spoil" before insert on "ds_${number}"."rows" for each row execute function "spoil"()`,
    );
    await expect(moveRows(never)).rejects.toThrow(/not the same in ds_/);
    expect(await storage(dataset.id)).toBe('SHARED');
    expect(await storage(other.dataset.id)).toBe('TABLE');
    expect(await exported(slug)).toBe(before);

    // The rows of the others are deleted all the same, and no more.
    await removeSharedRows(inAnHour());
    expect(await countStored(await numberOf(other.first))).toEqual({ rows: 2, changes: 2 });
    expect(await db().row.count()).toBe(4);
    expect(await exported(slug)).toBe(before);
    await db().$executeRawUnsafe('drop function "spoil" cascade');
    await moveRows(never);
    expect(await storage(dataset.id)).toBe('TABLE');
    expect(await exported(slug)).toBe(before);
  });
});
