import { randomUUID } from 'node:crypto';
import type { User } from '../auth/require-user';
import { env } from '../env';
import { AppError } from '../errors';
import { formatBytes } from '../format-bytes';
import { refuseBeyondQuota, withinQuota } from '../limits/upload-quota';
import { abortUpload, openUpload, partSizeFor, signPut, singlePutBytes } from '../storage/upload';
import type { CreatedImport, CreateImportInput } from './contract';
import { importView, viewed } from './view';

/**
 * Makes an import and the way for its file: one signed PUT up to 16 MiB, a multipart upload above.
 * The object's key is made here and never from the file's name.
 * @throws AppError `bad-request` for an empty file, `too-large` above MAX_FILE_BYTES and
 *   beyond the quota, `too-many-requests` when too many uploads are open
 */
export async function createImport(input: CreateImportInput, user: User): Promise<CreatedImport> {
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
  await refuseBeyondQuota(input.fileSize, user);
  const objectKey = `imports/${randomUUID()}`;
  const multipart = input.fileSize > singlePutBytes;
  const partSize = multipart ? partSizeFor(input.fileSize) : null;
  const uploadId = multipart ? await openUpload(objectKey) : null;
  const data = {
    userId: user.id,
    fileName: displayName(input.fileName),
    fileSize: input.fileSize,
    objectKey,
    uploadId,
    partSize,
  };
  const made = await withinQuota(input.fileSize, user, (tx) =>
    tx.import.create({ data, include: viewed }),
  ).catch(async (error: unknown) => {
    if (uploadId) await abortUpload(objectKey, uploadId);
    throw error;
  });
  return {
    import: importView(made),
    upload: partSize
      ? { kind: 'multipart', partSize, partCount: Math.ceil(input.fileSize / partSize) }
      : { kind: 'single', url: await signPut(objectKey, input.fileSize) },
  };
}

/** The name as it is shown: no control characters (Postgres refuses NUL), at most 255 characters. */
function displayName(name: string): string {
  const clean = name.replace(/\p{Cc}+/gu, ' ').trim();
  return clean.length <= 255 ? clean || 'file' : `${clean.slice(0, 200)}…${clean.slice(-50)}`;
}
