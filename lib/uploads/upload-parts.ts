import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';
import { findOwnImport } from '../imports/find-import';
import type { ViewedImport } from '../imports/view';
import { listParts, partBytes, type StoredPart, signPart, signPut } from '../storage/upload';

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

/** Notes parts that went up: a store without ListParts cannot tell after a reload. */
export async function recordParts(id: string, parts: { partNumber: number; etag: string }[], user: User) {
  const { it, partSize } = await openMultipart(id, user);
  await db().$transaction(
    parts.map(({ partNumber, etag }) => {
      const size = partBytes(Number(it.fileSize), partSize, partNumber);
      return db().uploadedPart.upsert({
        where: { importId_partNumber: { importId: it.id, partNumber } },
        create: { importId: it.id, partNumber, etag, size },
        update: { etag },
      });
    }),
  );
  return { ok: true };
}

/** The parts that are up: what the store says, or what the server was told where the store cannot say. */
export async function uploadedParts(
  it: { id: number; objectKey: string },
  uploadId: string,
): Promise<StoredPart[]> {
  const listed = await listParts(it.objectKey, uploadId);
  if (listed) return listed;
  return db().uploadedPart.findMany({
    where: { importId: it.id },
    orderBy: { partNumber: 'asc' },
    select: { partNumber: true, etag: true, size: true },
  });
}

/** How an interrupted upload goes on: a fresh address for a single PUT, or the parts that are up already. */
export async function resumeUpload(id: string, user: User) {
  const it = await findOwnImport(id, user);
  if (it.status === 'UPLOADING' && !it.uploadId) {
    return { kind: 'single' as const, url: await signPut(it.objectKey, Number(it.fileSize)) };
  }
  const { uploadId, partSize, partCount } = await openMultipart(id, user);
  return { kind: 'multipart' as const, partSize, partCount, parts: await uploadedParts(it, uploadId) };
}
