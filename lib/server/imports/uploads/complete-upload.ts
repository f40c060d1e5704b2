import { setTimeout as sleep } from 'node:timers/promises';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { headObject } from '@/lib/server/platform/storage/objects';
import { finishUpload, listParts, partBytes } from '@/lib/server/platform/storage/upload';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { currentView, findOwnImport } from '../find-import';
import { transition } from '../transition';
import { importView } from '../view';
import type { UploadedFile } from './begin-upload';

/**
 * Ends the upload: puts the parts together that the store holds, verifies size and ETag with the store, and queues the inspection
 * in the transaction that changes the status. Said twice, it answers the same and does it once.
 * @throws AppError `conflict` when the file is not there yet, `bad-request` when the parts or the size are wrong
 */
export async function completeUpload(id: string, user: User): Promise<ImportView> {
  const record = await findOwnImport(id, user);
  if (record.status === 'CANCELLED') throw new AppError('conflict', 'This import was cancelled.');
  if (record.status !== 'UPLOADING') return importView(record);
  const { etag } = await assertStored(record);
  await db().$transaction(async (tx) => {
    const count = await transition(tx, { id: record.id, status: 'UPLOADING' }, 'INSPECTING');
    if (count === 0) return;
    await endUpload(tx, record, etag);
    await enqueue(tx, 'inspect', { importId: record.id }, record.userId);
  });
  return currentView(record);
}

/**
 * Puts the parts together that the store holds, and verifies the size with it.
 * @returns the ETag of what is there
 * @throws AppError as {@link completeUpload}
 */
export async function assertStored(file: UploadedFile): Promise<{ etag: string }> {
  const { uploadId, partSize } = await db().upload.findUniqueOrThrow({
    where: { objectKey: file.objectKey },
  });
  if (uploadId) await putTogether(file, uploadId, partSize ?? Number(file.fileSize));
  const stored = await headObject(file.objectKey);
  if (!stored) throw new AppError('conflict', 'The file is not in the store yet: upload it first.');
  if (BigInt(stored.size) !== file.fileSize) {
    throw new AppError(
      'bad-request',
      `The stored file has ${stored.size} bytes, but ${file.fileSize} were announced. Upload it again.`,
    );
  }
  return stored;
}

/** Notes that a file is there whole. */
export async function endUpload(tx: Transaction, { objectKey }: UploadedFile, etag: string): Promise<void> {
  await tx.upload.update({
    where: { objectKey },
    data: { etag, uploadId: null, uploadedAt: new Date() },
  });
}

async function putTogether(record: UploadedFile, uploadId: string, partSize: number): Promise<void> {
  if (await headObject(record.objectKey)) return;
  const parts = await listParts(record.objectKey, uploadId).catch(async (error: unknown) => {
    // Another request may have put them together in the meantime: the upload id is gone then, the object there.
    if (await appears(record.objectKey)) return null;
    throw error;
  });
  if (!parts) return;
  const fileSize = Number(record.fileSize);
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
  const { objectKey } = record;
  const data = parts.map(({ partNumber, etag, size }) => ({ objectKey, partNumber, etag, size }));
  await db().$transaction(async (tx) => {
    // One request after the other: of several at once all would find nothing to remove, and then write the same.
    await tx.$queryRaw`select 1 from "Upload" where "objectKey" = ${objectKey} for update`;
    await tx.uploadedPart.deleteMany({ where: { objectKey } });
    await tx.uploadedPart.createMany({ data });
  });
  await finishUpload(record.objectKey, uploadId, parts).catch(async (error: unknown) => {
    if (!(await appears(record.objectKey))) throw error;
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
