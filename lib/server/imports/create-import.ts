import { randomUUID } from 'node:crypto';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { CreatedImport, CreateImportInput } from '@/lib/shared/schema/imports';
import { recordEvent } from '../audit/record-event';
import { db } from '../platform/db/client';
import { env } from '../platform/env';
import { AppError } from '../platform/errors';
import { assertWithinQuota, withinQuota } from '../platform/limits/upload-quota';
import { abortUpload, openUpload, partSizeFor, signUpload, singlePutBytes } from '../platform/storage/upload';
import type { User } from '../platform/user';
import { type FoundImport, importView, viewed } from './view';

/**
 * Makes an import and the way for its file: one signed PUT up to 16 MiB, a multipart upload above.
 * The object's key is made here and never from the file's name.
 * @param id its public id, where an earlier attempt at the same request may have made it already
 * @param corrects the import whose rejected rows the file brings again
 * @throws AppError `bad-request` for an empty file, `too-large` above MAX_FILE_BYTES and
 *   beyond the quota, `too-many-requests` when too many uploads are open
 */
export async function createImport(
  input: CreateImportInput,
  user: User,
  id?: string,
  corrects?: string,
): Promise<CreatedImport> {
  const before = await madeBefore(id);
  if (before) return created(before);
  if (input.fileSize === 0) {
    throw new AppError(
      'bad-request',
      `The file is empty: ${displayName(input.fileName)} has 0 bytes. Check that you chose the right file and that it was saved.`,
    );
  }
  if (input.fileSize > env().MAX_FILE_BYTES) {
    throw new AppError(
      'too-large',
      `The file has ${formatBytes(input.fileSize)}, and this server takes files of up to ${formatBytes(env().MAX_FILE_BYTES)} (MAX_FILE_BYTES).`,
    );
  }
  await assertWithinQuota(input.fileSize, user);
  const objectKey = `imports/${randomUUID()}`;
  const multipart = input.fileSize > singlePutBytes;
  const partSize = multipart ? partSizeFor(input.fileSize) : null;
  const uploadId = multipart ? await openUpload(objectKey) : null;
  const data = {
    publicId: id,
    corrects,
    userId: user.id,
    fileName: displayName(input.fileName),
    fileSize: input.fileSize,
    objectKey,
    uploadId,
    partSize,
  };
  const made = await withinQuota(input.fileSize, user, async (tx) => {
    const it = await tx.import.create({ data, include: viewed });
    const facts = { bytes: input.fileSize };
    await recordEvent(tx, { kind: 'IMPORT_CREATED', by: user, on: { id: it.publicId }, facts });
    return it;
  }).catch(async (error: unknown) => {
    if (uploadId) await abortUpload(objectKey, uploadId);
    const meanwhile = await madeBefore(id);
    if (!meanwhile) throw error;
    return meanwhile;
  });
  return created(made);
}

async function madeBefore(id: string | undefined): Promise<FoundImport | null> {
  return id === undefined ? null : db().import.findUnique({ where: { publicId: id }, include: viewed });
}

async function created(it: FoundImport): Promise<CreatedImport> {
  const size = Number(it.fileSize);
  return {
    import: importView(it),
    upload: it.partSize
      ? { kind: 'multipart', partSize: it.partSize, partCount: Math.ceil(size / it.partSize) }
      : { kind: 'single', ...(await signUpload(it.objectKey, size)) },
  };
}

/** The name as it is shown: no control characters, at most 255 characters. */
function displayName(name: string): string {
  const clean = name.replace(/\p{Cc}+/gu, ' ').trim();
  return clean.length <= 255 ? clean || 'file' : `${clean.slice(0, 200)}…${clean.slice(-50)}`;
}
