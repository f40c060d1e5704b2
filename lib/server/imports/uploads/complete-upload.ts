import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { headObject } from '@/lib/server/platform/storage/objects';
import { finishUpload, listParts, partBytes } from '@/lib/server/platform/storage/upload';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/imports';
import { currentView, findOwnImport } from '../find-import';
import { transition } from '../transition';
import { importView, type ViewedImport } from '../view';

/**
 * Ends the upload: puts the parts together that the store holds, verifies size and ETag with the store, and queues the inspection
 * in the transaction that changes the status. Said twice, it answers the same and does it once.
 * @throws AppError `conflict` when the file is not there yet, `bad-request` when the parts or the size are wrong
 */
export async function completeUpload(id: string, user: User): Promise<ImportView> {
  const it = await findOwnImport(id, user);
  if (it.status === 'CANCELLED') throw new AppError('conflict', 'This import was cancelled.');
  if (it.status !== 'UPLOADING') return importView(it);
  if (it.uploadId) await putTogether(it, it.uploadId);

  const stored = await headObject(it.objectKey);
  if (!stored) throw new AppError('conflict', 'The file is not in the store yet: upload it first.');
  if (BigInt(stored.size) !== it.fileSize) {
    throw new AppError(
      'bad-request',
      `The stored file has ${stored.size} bytes, but ${it.fileSize} were announced. Upload it again.`,
    );
  }
  await db().$transaction(async (tx) => {
    const count = await transition(tx, { id: it.id, status: 'UPLOADING' }, 'INSPECTING', {
      etag: stored.etag,
      uploadId: null,
      uploadedAt: new Date(),
    });
    if (count === 1) await enqueue(tx, 'inspect', { importId: it.id }, it.userId);
  });
  return currentView(it);
}

async function putTogether(it: ViewedImport, uploadId: string): Promise<void> {
  if (await headObject(it.objectKey)) return;
  const parts = await listParts(it.objectKey, uploadId).catch(async (error: unknown) => {
    // Another request may have put them together in the meantime: the upload id is gone then, the object there.
    if (await appears(it.objectKey)) return null;
    throw error;
  });
  if (!parts) return;
  const [fileSize, partSize] = [Number(it.fileSize), it.partSize ?? Number(it.fileSize)];
  const expected = Math.ceil(fileSize / partSize);
  if (parts.length !== expected) {
    throw new AppError(
      'conflict',
      `${parts.length} of ${expected} parts are uploaded: upload the others first.`,
    );
  }
  for (const [i, { partNumber, size }] of parts.entries()) {
    const announced = partBytes(fileSize, partSize, i + 1);
    if (partNumber === i + 1 && size === announced) continue;
    throw new AppError(
      'conflict',
      `Part ${i + 1} of ${expected} is not up in its ${announced} bytes: upload it again.`,
    );
  }
  // Kept for the worker, which checks what it reads against them part by part; before they are put together, so that
  // a crash in between loses nothing.
  const data = parts.map(({ partNumber, etag, size }) => ({ importId: it.id, partNumber, etag, size }));
  await db().$transaction(async (tx) => {
    // One request after the other: of several at once all would find nothing to remove, and then write the same.
    await tx.$queryRaw`select 1 from "Import" where "id" = ${it.id} for update`;
    await tx.uploadedPart.deleteMany({ where: { importId: it.id } });
    await tx.uploadedPart.createMany({ data });
  });
  await finishUpload(it.objectKey, uploadId, parts).catch(async (error: unknown) => {
    if (!(await appears(it.objectKey))) throw error;
  });
}

/** Whether the object is there, or another request that puts its parts together in this moment brings it. */
async function appears(key: string): Promise<boolean> {
  for (let tries = 1; tries <= 10; tries++) {
    if (await headObject(key)) return true;
    await sleep(50 * tries);
  }
  return false;
}
