import { AppError } from '@/lib/server/platform/errors';
import { listPartsAfter, partBytes, signPart, signUpload } from '@/lib/server/platform/storage/upload';
import type { User } from '@/lib/server/platform/user';
import { findOwnImport } from '../find-import';
import type { ViewedImport } from '../view';

interface OpenMultipart {
  it: ViewedImport;
  uploadId: string;
  partSize: number;
  partCount: number;
}

async function openMultipart(id: string, user: User): Promise<OpenMultipart> {
  const it = await findOwnImport(id, user);
  if (it.status !== 'UPLOADING') throw new AppError('conflict', 'The upload of this import has ended.');
  if (!it.uploadId || !it.partSize) throw new AppError('bad-request', 'This file goes up in one piece.');
  return {
    it,
    uploadId: it.uploadId,
    partSize: it.partSize,
    partCount: Math.ceil(Number(it.fileSize) / it.partSize),
  };
}

/** Signed addresses for some parts, each for one part of exactly its length. */
export async function signParts(id: string, partNumbers: number[], user: User) {
  const { it, uploadId, partSize, partCount } = await openMultipart(id, user);
  const parts = partNumbers.map(async (partNumber) => {
    if (partNumber > partCount) throw new AppError('bad-request', `This file has ${partCount} parts.`);
    const size = partBytes(Number(it.fileSize), partSize, partNumber);
    return { partNumber, size, url: await signPart(it.objectKey, uploadId, partNumber, size) };
  });
  return { parts: await Promise.all(parts) };
}

/**
 * How an interrupted upload goes on: a fresh address for a single PUT, or the parts that are up already.
 * @param after parts behind this number, as many as the store lists at a time
 */
export async function resumeUpload(id: string, after: number, user: User) {
  const it = await findOwnImport(id, user);
  if (it.status === 'UPLOADING' && !it.uploadId) {
    return { kind: 'single' as const, ...(await signUpload(it.objectKey, Number(it.fileSize))) };
  }
  const { uploadId, partSize, partCount } = await openMultipart(id, user);
  const { parts, next } = await listPartsAfter(it.objectKey, uploadId, after);
  const stored = parts.map(({ partNumber, size }) => ({ partNumber, size }));
  return { kind: 'multipart' as const, partSize, partCount, parts: stored, next };
}
