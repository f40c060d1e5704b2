import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { listPartsAfter, partBytes, signPart, signUpload } from '@/lib/server/platform/storage/upload';
import type { User } from '@/lib/server/platform/user';
import { findOwnImport } from '../find-import';
import type { UploadedFile } from './begin-upload';

/** A file that goes up, or went up. */
export interface GoingUp extends UploadedFile {
  status: string;
}

/** Signed addresses for some parts of an import's file. @throws as {@link signPartsOf} */
export async function signParts(id: string, partNumbers: number[], user: User) {
  return signPartsOf(await findOwnImport(id, user), partNumbers);
}

/** How the interrupted upload of an import's file goes on. @throws as {@link resume} */
export async function resumeUpload(id: string, after: number, user: User) {
  return resume(await findOwnImport(id, user), after);
}

/**
 * Signed addresses for some parts, each for one part of exactly its length.
 * @throws AppError `conflict` when the upload has ended, `bad-request` for a file or a part that there is not
 */
export async function signPartsOf(file: GoingUp, partNumbers: number[]) {
  const { uploadId, partSize, partCount } = await openMultipart(file);
  const parts = partNumbers.map(async (partNumber) => {
    if (partNumber > partCount) throw new AppError('bad-request', `This file has ${partCount} parts.`);
    const size = partBytes(Number(file.fileSize), partSize, partNumber);
    return { partNumber, size, url: await signPart(file.objectKey, uploadId, partNumber, size) };
  });
  return { parts: await Promise.all(parts) };
}

/**
 * How an interrupted upload goes on: a fresh address for a single PUT, or the parts that are up already.
 * @param after parts behind this number, as many as the store lists at a time
 * @throws AppError `conflict` when the upload has ended
 */
export async function resume(file: GoingUp, after: number) {
  const { objectKey, fileSize, status } = file;
  const { uploadId: open } = await db().upload.findUniqueOrThrow({ where: { objectKey } });
  if (status === 'UPLOADING' && !open) {
    return { kind: 'single' as const, ...(await signUpload(objectKey, Number(fileSize))) };
  }
  const { uploadId, partSize, partCount } = await openMultipart(file);
  const { parts, next } = await listPartsAfter(objectKey, uploadId, after);
  const stored = parts.map(({ partNumber, size }) => ({ partNumber, size }));
  return { kind: 'multipart' as const, partSize, partCount, parts: stored, next };
}

async function openMultipart({ objectKey, fileSize, status }: GoingUp) {
  if (status !== 'UPLOADING') throw new AppError('conflict', 'The upload of this import has ended.');
  const { uploadId, partSize } = await db().upload.findUniqueOrThrow({ where: { objectKey } });
  if (!uploadId || !partSize) throw new AppError('bad-request', 'This file goes up in one piece.');
  return { uploadId, partSize, partCount: Math.ceil(Number(fileSize) / partSize) };
}
