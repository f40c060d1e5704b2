import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { deleteDataset } from '@/lib/server/imports/deletion/delete-dataset';
import { deleteImport } from '@/lib/server/imports/deletion/delete-import';
import { db } from '@/lib/server/platform/db/client';
import { headObject } from '@/lib/server/platform/storage/objects';
import type { User } from '@/lib/server/platform/user';
import { countRows } from '@/testing/count-rows';
import { owner } from '@/testing/people';
import { confirm, runInspection, upload } from '@/worker/testing/run-import';
import { type Laboratory, openLaboratory } from '../faults/laboratory';

let lab: Laboratory;
let user: User;

beforeAll(async () => {
  lab = await openLaboratory();
  user = await owner();
});
afterEach(() => lab.reset());
afterAll(() => lab.close());

async function queueImport(rows: number, name: string): Promise<string> {
  const lines = Array.from({ length: rows }, (_, i) => `${i},word ${i}`).join('\n');
  const id = await upload(Buffer.from(`n,word\n${lines}\n`), `${name}.csv`, user);
  await confirm(await runInspection(id, user), user, { dataset: { name } });
  return id;
}

const now = (publicId: string) => db().import.findUniqueOrThrow({ where: { publicId } });

it.each(['dataset', 'import'] as const)(
  '#68 %s deleted while a worker runs it: rows and file go, and the worker goes on with the next',
  async (what) => {
    const id = await queueImport(2_000_000, `doomed ${what}`);
    const next = await queueImport(10, `after ${what}`);
    await lab.work({ WORKER_CONCURRENCY: '1' });
    const { id: importId, objectKey, datasetId } = await now(id);
    while ((await countRows(importId)) === 0) await sleep(20);
    expect((await now(id)).status).toBe('STAGING');
    const { slug } = await db().dataset.findUniqueOrThrow({ where: { id: datasetId ?? '' } });
    await (what === 'dataset' ? deleteDataset(slug, user) : deleteImport(id, user));
    expect((await now(id)).status).toBe('CANCELLED');
    while ((await now(next)).status !== 'COMPLETED') await sleep(50);
    // Emptied; the mark goes once no signed address is good any more.
    while ((await now(id)).fileDeletedAt === null) await sleep(50);
    expect(await countRows(importId)).toBe(0);
    expect(await headObject(objectKey)).toBeNull();
    expect((await now(id)).status).toBe('CANCELLED');
  },
  120_000,
);

it('#68 a worker killed while it removes a dataset: another finishes, and the log says it once', async () => {
  const id = await queueImport(1_000_000, 'killed over');
  const worker = await lab.work();
  while ((await now(id)).status !== 'COMPLETED') await sleep(50);
  worker.kill('SIGKILL');
  await worker.exited;
  const { id: importId, objectKey, datasetId } = await now(id);
  const { slug } = await db().dataset.findUniqueOrThrow({ where: { id: datasetId ?? '' } });
  // No address that was signed for it is good any more.
  await db().upload.update({ where: { objectKey }, data: { uploadedAt: new Date(0) } });
  // As long as somebody reads it, it is emptied row by row.
  const { number } = await db().dataset.findUniqueOrThrow({ where: { id: datasetId ?? '' } });
  const killed = Promise.withResolvers<void>();
  const reading = db().$transaction(
    async (tx) => {
      await tx.$queryRawUnsafe(`select 1 from "ds_${number}"."rows" limit 1`);
      await killed.promise;
    },
    { timeout: 120_000 },
  );
  await deleteDataset(slug, user);
  const rows = () => countRows(importId);
  let left = await rows();
  expect(left).toBe(1_000_000);
  const doomed = await lab.work();
  while ((await rows()) === left) await sleep(5);
  doomed.kill('SIGKILL');
  await doomed.exited;
  killed.resolve();
  await reading;
  left = await rows();
  // There is something left to do for the next, once the queue has noticed that the other is gone.
  expect(left).toBeGreaterThan(0);
  await lab.work();
  while ((await db().dataset.count({ where: { id: datasetId ?? '' } })) > 0) await sleep(50);
  expect(await rows()).toBe(0);
  expect(await db().import.count({ where: { id: importId } })).toBe(0);
  expect(await headObject(objectKey)).toBeNull();
  const events = await db().auditEvent.findMany({
    where: { datasetId, kind: { in: ['DATASET_DELETED', 'IMPORT_PURGED', 'DATASET_PURGED'] } },
    orderBy: { id: 'asc' },
  });
  expect(events.map(({ kind }) => kind)).toEqual(['DATASET_DELETED', 'IMPORT_PURGED', 'DATASET_PURGED']);
}, 180_000);
