import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { headObject, signDownload } from '@/lib/server/platform/storage/objects';
import type { User } from '@/lib/server/platform/user';
import { findOwnImport } from '../find-import';
import { assertFileKept } from './assert-file-kept';

/**
 * An address from which a browser gets the file as it was uploaded, for five minutes.
 * @throws AppError `not-found`, `gone`, `conflict` when somebody replaced it after its upload ended
 */
export async function downloadSource(id: string, user: User): Promise<string> {
  const record = await findOwnImport(id, user);
  assertFileKept(record);
  await refuseReplaced(record);
  const on = { id: record.publicId };
  await recordEvent(db(), { kind: 'SOURCE_DOWNLOADED', by: user, on, dataset: record.dataset });
  return signDownload(record.objectKey, record.fileName);
}

/** What is given out as the file of an import is the file that its receipt speaks of, or nothing. */
async function refuseReplaced({ objectKey }: { objectKey: string }): Promise<void> {
  const { etag } = await db().upload.findUniqueOrThrow({ where: { objectKey } });
  const stored = await headObject(objectKey);
  if (!stored) throw new AppError('gone', 'The store does not hold this file.');
  if (etag === null || stored.etag === etag) return;
  throw new AppError(
    'conflict',
    'The file in the store is not the one that was uploaded: somebody replaced it after the upload had ended. It is not given out.',
  );
}
