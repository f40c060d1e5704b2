import { afterEach, describe, expect, it } from 'vitest';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { createCorrection } from '@/lib/server/imports/corrections/create-correction';
import { cancelCorrection } from '@/lib/server/imports/corrections/end-correction';
import { completeCorrection, resumeCorrection } from '@/lib/server/imports/corrections/upload-correction';
import { deleteImport } from '@/lib/server/imports/deletion/delete-import';
import { findImport } from '@/lib/server/imports/find-import';
import { getImport } from '@/lib/server/imports/get-import';
import { Changes } from '@/lib/server/imports/progress/changes';
import { db } from '@/lib/server/platform/db/client';
import { jobsOf } from '@/lib/server/platform/queue/boss';
import { headObject } from '@/lib/server/platform/storage/objects';
import { MiB } from '@/lib/shared/bytes';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser, owner } from '@/testing/people';
import { runImport, runReception, runStage, sendCorrection } from '@/worker/testing/run-import';
import { purgeImport } from '../jobs/purge';
import { sweep } from '../sweep/sweep';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);
const hour = 3600_000;
let made = 0;

const review = async () =>
  runImport(bytes('n\n1\nx\n'), {
    dataset: { name: `Correction files ${++made}` },
    columns: [{ index: 0, name: 'n', type: 'INTEGER' }],
    onRejection: 'REVIEW',
    user: await owner(),
  });

const corrected = (id: string) => bytes(`Sluice import,Sluice row,n\n${id},3,2\n`);
const stored = (publicId: string) => db().correctionFile.findUniqueOrThrow({ where: { publicId } });

/** One that is up, and that the worker has not looked at. */
async function sent(importId: string): Promise<string> {
  const user = await owner();
  const content = corrected(importId);
  const opened = await createCorrection(importId, { fileName: 'a.csv', fileSize: content.length }, user);
  return sendCorrection(importId, opened, content, user);
}

describe('a file of corrected rows', () => {
  it('is told of as a change of its import, from its upload on', async () => {
    const record = await review();
    const changes = new Changes();
    await changes.mark();
    const before = BigInt((await getImport(record.id, await owner())).sequence);
    const id = await sent(record.id);
    expect(await changes.look()).toContain(record.id);
    const now = await getImport(record.id, await owner());
    expect(now).toMatchObject({ status: 'REVIEW', correction: { id, status: 'INSPECTING' } });
    expect(BigInt(now.sequence)).toBeGreaterThan(before);
    expect(await runReception(id)).toMatchObject({ status: 'RECEIVED' });
    expect(await runStage(record.id, await owner())).toMatchObject({
      status: 'REVIEW',
      rows: { inserted: 2, rejected: 0 },
      correction: { id, status: 'RECEIVED', file: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
  });

  it('is made once for one request that comes twice, and belongs to who may correct its import', async () => {
    const user = await owner();
    const record = await review();
    const id = crypto.randomUUID();
    const begin = () => createCorrection(record.id, { fileName: 'a.csv', fileSize: 20 * MiB }, user, id);
    const [first, second] = [await begin(), await begin()];
    expect(second).toEqual(first);
    expect(first).toMatchObject({ correction: { id }, upload: { kind: 'multipart' } });
    expect(await resumeCorrection(record.id, id, 0, user)).toMatchObject({ kind: 'multipart', parts: [] });
    const eve = await makeUser('MEMBER', 'Eve');
    await expect(resumeCorrection(record.id, id, 0, eve)).rejects.toThrow('no such import');
    const other = await review();
    await expect(resumeCorrection(other.id, id, 0, user)).rejects.toThrow('no such file of corrected rows');
    await cancelCorrection(record.id, id, user);
  });

  it('is cancelled until its import has it, and its bytes go at once', async () => {
    const user = await owner();
    const record = await review();
    const id = await sent(record.id);
    const { objectKey } = await stored(id);
    expect(await headObject(objectKey)).not.toBeNull();
    for (let i = 0; i < 2; i++)
      expect(await cancelCorrection(record.id, id, user)).toMatchObject({ status: 'CANCELLED' });
    expect(await headObject(objectKey)).toBeNull();
    await expect(completeCorrection(record.id, id, user)).rejects.toThrow('was cancelled');
    expect(await runReception(id)).toMatchObject({ status: 'CANCELLED' });
    expect(await getImport(record.id, user)).toMatchObject({ status: 'REVIEW', rows: record.rows });
    const taken = await sent(record.id);
    await runReception(taken);
    await expect(cancelCorrection(record.id, taken, user)).rejects.toThrow('can no longer be cancelled');
  });

  it('fails with a reason when its import was published meanwhile', async () => {
    const record = await review();
    const id = await sent(record.id);
    await cancelImport(record.id, await owner());
    expect(await runReception(id)).toMatchObject({
      status: 'FAILED',
      failureReason: 'NOT_A_CORRECTION',
      failureMessage: expect.stringContaining('is not waiting for review any more'),
    });
  });

  it('is given up when its upload was abandoned, and gets the job that the queue lost', async () => {
    const user = await owner();
    const record = await review();
    const open = await createCorrection(record.id, { fileName: 'a.csv', fileSize: 20 * MiB }, user);
    const old = await stored(open.correction.id);
    await db().correctionFile.update({
      where: { id: old.id },
      data: { createdAt: new Date(Date.now() - 25 * hour) },
    });
    const up = await stored(await sent(record.id));
    await db().$executeRaw`delete from queue.job where name = 'receive'`;
    await sweep();
    expect(await stored(open.correction.id)).toMatchObject({
      status: 'FAILED',
      failureReason: 'UPLOAD_ABANDONED',
    });
    expect((await jobsOf('receive', { correctionFileId: up.id })).live).toBe(true);
  });

  it('goes with its import: the file when that is cancelled, and all of it when that is deleted', async () => {
    const user = await owner();
    const record = await review();
    const { id: importId } = await findImport(record.id, user);
    const file = await stored(await sent(record.id));
    await runReception(file.publicId);
    await runStage(record.id, user);
    await cancelImport(record.id, user);
    await purgeImport(importId);
    expect(await headObject(file.objectKey)).toBeNull();
    expect(await stored(file.publicId)).toMatchObject({ fileDeletedAt: expect.any(Date) });
    await deleteImport(record.id, user);
    await db().import.update({ where: { id: importId }, data: { deletedAt: new Date(0) } });
    await purgeImport(importId);
    expect(await db().correctionFile.count({ where: { importId } })).toBe(0);
    expect(await db().upload.count({ where: { objectKey: file.objectKey } })).toBe(0);
  });

  it('keeps an import that is deleted until no address is good any more by which it could still come', async () => {
    const user = await owner();
    const record = await review();
    const { id: importId } = await findImport(record.id, user);
    await db().upload.updateMany({
      where: { import: { id: importId } },
      data: { uploadedAt: new Date(0) },
    });
    await createCorrection(record.id, { fileName: 'a.csv', fileSize: 20 * MiB }, user);
    await deleteImport(record.id, user);
    await purgeImport(importId);
    expect(await db().import.count({ where: { id: importId } })).toBe(1);
    await db().import.update({ where: { id: importId }, data: { deletedAt: new Date(0) } });
    await purgeImport(importId);
    expect(await db().import.count({ where: { id: importId } })).toBe(0);
  });
});
