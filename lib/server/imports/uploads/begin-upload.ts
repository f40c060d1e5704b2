import { randomUUID } from 'node:crypto';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { AppError } from '@/lib/server/platform/errors';
import { assertWithinQuota, withinQuota } from '@/lib/server/platform/limits/upload-quota';
import {
  abortUpload,
  openUpload,
  partSizeFor,
  signUpload,
  singlePutBytes,
} from '@/lib/server/platform/storage/upload';
import type { User } from '@/lib/server/platform/user';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { NewFileInput, UploadWay } from '@/lib/shared/schema/file/upload';

/** What goes up: the file of an import, or one of corrected rows. */
export interface UploadedFile {
  objectKey: string;
  fileSize: bigint;
}

/**
 * Makes the way for a file: one signed PUT up to 16 MiB, a multipart upload above. The object's key is made here and
 * never from the file's name.
 * @param before what an earlier attempt at the same request made already, if it did
 * @param make writes down what the file is of, in the transaction that found room for it
 * @throws AppError `bad-request` for an empty file, `too-large` above MAX_FILE_BYTES and beyond the quota,
 *   `too-many-requests` when too many uploads are open
 */
export async function beginUpload<T extends UploadedFile>(
  input: NewFileInput,
  user: User,
  before: () => Promise<T | null>,
  make: (tx: Transaction, file: { fileName: string; fileSize: number; objectKey: string }) => Promise<T>,
): Promise<T> {
  const there = await before();
  if (there) return there;
  const { fileSize } = input;
  const fileName = displayName(input.fileName);
  if (fileSize === 0) {
    throw new AppError(
      'bad-request',
      `The file is empty: ${fileName} has 0 bytes. Check that you chose the right file and that it was saved.`,
    );
  }
  if (fileSize > env().MAX_FILE_BYTES) {
    throw new AppError(
      'too-large',
      `The file has ${formatBytes(fileSize)}, and this server takes files of up to ${formatBytes(env().MAX_FILE_BYTES)} (MAX_FILE_BYTES).`,
    );
  }
  await assertWithinQuota(fileSize, user);
  const objectKey = `imports/${randomUUID()}`;
  const multipart = fileSize > singlePutBytes;
  const partSize = multipart ? partSizeFor(fileSize) : null;
  const uploadId = multipart ? await openUpload(objectKey) : null;
  return withinQuota(fileSize, user, async (tx) => {
    await tx.upload.create({ data: { objectKey, uploadId, partSize } });
    return make(tx, { fileName, fileSize, objectKey });
  }).catch(async (error: unknown) => {
    if (uploadId) await abortUpload(objectKey, uploadId);
    const meanwhile = await before();
    if (!meanwhile) throw error;
    return meanwhile;
  });
}

/** How a file goes up that waits for it. */
export async function uploadWay({ objectKey, fileSize }: UploadedFile): Promise<UploadWay> {
  const { partSize } = await db().upload.findUniqueOrThrow({ where: { objectKey } });
  const size = Number(fileSize);
  return partSize
    ? { kind: 'multipart', partSize, partCount: Math.ceil(size / partSize) }
    : { kind: 'single', ...(await signUpload(objectKey, size)) };
}

/** The name as it is shown: no control characters, at most 255 characters. */
function displayName(name: string): string {
  const clean = name.replace(/\p{Cc}+/gu, ' ').trim();
  return clean.length <= 255 ? clean || 'file' : `${clean.slice(0, 200)}…${clean.slice(-50)}`;
}
