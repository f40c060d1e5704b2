import { randomUUID } from 'node:crypto';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { env } from '../env';
import { AppError } from '../errors';
import { openUpload, partSizeFor, signPut, singlePutBytes } from '../storage/upload';
import type { CreatedImport, CreateImportInput } from './contract';
import { importView, viewed } from './view';

/**
 * Makes an import and the way for its file: one signed PUT up to 16 MiB, a multipart upload above.
 * The object's key is made here and never from the file's name.
 * @throws AppError `bad-request` for an empty file, `too-large` above MAX_FILE_BYTES
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
      `The file is larger than this server takes (${env().MAX_FILE_BYTES} bytes).`,
    );
  }
  const objectKey = `imports/${randomUUID()}`;
  const multipart = input.fileSize > singlePutBytes;
  const partSize = multipart ? partSizeFor(input.fileSize) : null;
  const uploadId = multipart ? await openUpload(objectKey) : null;
  const made = await db().import.create({
    data: {
      userId: user.id,
      fileName: displayName(input.fileName),
      fileSize: input.fileSize,
      objectKey,
      uploadId,
      partSize,
    },
    include: viewed,
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
