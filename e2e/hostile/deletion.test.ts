import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { User } from '@/lib/auth/require-user';
import { db } from '@/lib/db/client';
import { deleteDataset } from '@/lib/deletion/delete-dataset';
import { deleteImport } from '@/lib/deletion/delete-import';
import { headObject } from '@/lib/storage/objects';
import { type Laboratory, openLaboratory } from '../faults/laboratory';
import { owner } from '../setup/people';
import { confirm, runInspection, upload } from '../setup/run-import';

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
    while ((await db().row.count({ where: { importId } })) === 0) await sleep(20);
    expect((await now(id)).status).toBe('STAGING');
    const { slug } = await db().dataset.findUniqueOrThrow({ where: { id: datasetId ?? '' } });
    await (what === 'dataset' ? deleteDataset(slug, user) : deleteImport(id, user));
    expect((await now(id)).status).toBe('CANCELLED');
    while ((await now(next)).status !== 'COMPLETED') await sleep(50);
    // Emptied; the mark goes once no signed address is good any more.
    while ((await now(id)).fileDeletedAt === null) await sleep(50);
    expect(await db().row.count({ where: { importId } })).toBe(0);
    expect(await headObject(objectKey)).toBeNull();
    expect((await now(id)).status).toBe('CANCELLED');
  },
  120_000,
);
