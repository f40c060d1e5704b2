import { describe, expect, it } from 'vitest';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { createImport } from '@/lib/server/imports/create-import';
import { getImport } from '@/lib/server/imports/get-import';
import { signParts } from '@/lib/server/imports/uploads/upload-parts';
import { db } from '@/lib/server/platform/db/client';
import type { ImportStatus } from '@/lib/server/platform/db/generated/enums';
import { jobsOf } from '@/lib/server/platform/queue/boss';
import { headObject } from '@/lib/server/platform/storage/objects';
import { MiB } from '@/lib/shared/bytes';
import { countRows } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { confirm, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { purgeImport } from '../jobs/purge';
import { sweep } from './sweep';

openDatabase();

const day = 24 * 3600_000;

async function queued(): Promise<{ id: string; importId: number }> {
  const user = await owner();
  const id = await upload(Buffer.from('a,b\n1,2\n3,4\n'), 'orphan.csv', user);
  await confirm(await runInspection(id, user), user);
  const { id: importId } = await db().import.findUniqueOrThrow({ where: { publicId: id } });
  return { id, importId };
}

/** What is left in the queue when a job of this import failed for good so often. */
async function loseJobs(importId: number, failed: number): Promise<void> {
  await db().$executeRaw`delete from queue.job where (data->>'importId')::int = ${importId}`;
  for (let i = 0; i < failed; i++) {
    await db().$executeRaw`
      insert into queue.job (name, data, state, completed_on)
      values ('stage', jsonb_build_object('importId', ${importId}::int), 'failed', now())`;
  }
}

async function setStatus(importId: number, status: ImportStatus): Promise<void> {
  await db().import.update({ where: { id: importId }, data: { status } });
}

describe('the sweep', () => {
  it('leaves an import alone whose job is waiting', async () => {
    const { importId } = await queued();
    await sweep();
    const [{ count } = { count: 0 }] = await db().$queryRaw<{ count: number }[]>`
      select count(*)::int as count from queue.job where name = 'stage' and (data->>'importId')::int = ${importId}`;
    expect(count).toBe(1);
  });

  it.each(['QUEUED', 'STAGING', 'PUBLISHING'] as const)(
    'queues a lost import again that is %s',
    async (status) => {
      const { importId } = await queued();
      await setStatus(importId, status);
      await loseJobs(importId, 1);
      expect((await jobsOf('stage', { importId })).live).toBe(false);
      await sweep();
      expect(await jobsOf('stage', { importId })).toEqual({ live: true, failed: 1 });
    },
  );

  it('queues a lost inspection again', async () => {
    const user = await owner();
    const id = await upload(Buffer.from('a\n1\n'), 'unread.csv', user);
    const { id: importId } = await db().import.findUniqueOrThrow({ where: { publicId: id } });
    await loseJobs(importId, 0);
    await sweep();
    expect((await jobsOf('inspect', { importId })).live).toBe(true);
  });

  it('fails an import that took its worker down again and again', async () => {
    const { id, importId } = await queued();
    await setStatus(importId, 'STAGING');
    await loseJobs(importId, 2);
    await sweep();
    const view = await getImport(id, await owner());
    expect(view).toMatchObject({ status: 'FAILED', failure: { reason: 'INTERNAL' } });
    expect((await jobsOf('purge', { importId })).live).toBe(true);
  });

  it('fails uploads that were given up a day ago, and removes what came of them', async () => {
    const user = await owner();
    const made = await createImport({ fileName: 'half.csv', fileSize: 4 }, user);
    if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
    await fetch(made.upload.url, { method: 'PUT', body: 'a\n1\n', headers: made.upload.headers });
    const large = await createImport({ fileName: 'large.csv', fileSize: 20 * MiB }, user);
    await signParts(large.import.id, [1], user);
    const { objectKey } = await db().import.findUniqueOrThrow({ where: { publicId: made.import.id } });
    expect(await headObject(objectKey)).not.toBeNull();

    await sweep(new Date(Date.now() + day - 60_000));
    expect((await getImport(made.import.id, user)).status).toBe('UPLOADING');
    await sweep(new Date(Date.now() + day + 60_000));
    for (const { id } of [made.import, large.import]) {
      expect(await getImport(id, user)).toMatchObject({
        status: 'FAILED',
        failure: { reason: 'UPLOAD_ABANDONED' },
      });
    }
    expect(await headObject(objectKey)).toBeNull();
  });

  it('removes a file that came after its import was cancelled, by an address signed before', async () => {
    const user = await owner();
    const made = await createImport({ fileName: 'late.csv', fileSize: 4 }, user);
    if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
    await cancelImport(made.import.id, user);
    const { id, objectKey } = await db().import.findUniqueOrThrow({ where: { publicId: made.import.id } });
    await purgeImport(id);
    await fetch(made.upload.url, { method: 'PUT', body: 'a\n1\n', headers: made.upload.headers });
    await sweep(new Date(Date.now() + 10 * 60_000));
    expect(await headObject(objectKey)).not.toBeNull();
    await sweep(new Date(Date.now() + 20 * 60_000));
    expect(await headObject(objectKey)).toBeNull();
  });

  it('has rows purged that a failed import left behind', async () => {
    const { id, importId } = await queued();
    await runStage(id, await owner());
    await setStatus(importId, 'FAILED');
    expect(await countRows(importId)).toBe(2);
    await sweep();
    expect((await jobsOf('purge', { importId })).live).toBe(true);
    await purgeImport(importId);
    expect(await countRows(importId)).toBe(0);
  });

  it('is done by one worker at a time', async () => {
    const { importId } = await queued();
    await loseJobs(importId, 0);
    await Promise.all([sweep(), sweep(), sweep()]);
    const [{ count } = { count: 0 }] = await db().$queryRaw<{ count: number }[]>`
      select count(*)::int as count from queue.job where name = 'stage' and (data->>'importId')::int = ${importId}`;
    expect(count).toBe(1);
  });
});

describe('purging', () => {
  it('takes rows far apart', async () => {
    const { importId } = await queued();
    const numbers = [2, 49_999, 50_001, 50_002, 1_048_576];
    const { dataset } = await db().import.findUniqueOrThrow({
      where: { id: importId },
      include: { dataset: true },
    });
    await db().$executeRawUnsafe(
      `insert into "ds_${dataset?.number}"."rows" ("_import", "_row") select $1::int, unnest($2::int[])`,
      importId,
      numbers,
    );
    await db().row.createMany({ data: numbers.map((rowNumber) => ({ importId, rowNumber, values: [] })) });
    expect(await countRows(importId)).toBe(10);
    await setStatus(importId, 'CANCELLED');
    await purgeImport(importId);
    expect(await countRows(importId)).toBe(0);
  });
});
