import { recordEvent } from '../../audit/record-event';
import type { User } from '../../auth/require-user';
import { db } from '../../db/client';
import { AppError } from '../../errors';
import { headObject, signDownload } from '../../storage/objects';
import { findOwnImport } from '../find-import';
import { refuseDeletedFile } from './deleted-file';

/**
 * An address from which a browser gets the file as it was uploaded, for five minutes.
 * @throws AppError `not-found`, `gone`, `conflict` when somebody replaced it after its upload ended
 */
export async function downloadSource(id: string, user: User): Promise<string> {
  const it = await findOwnImport(id, user);
  refuseDeletedFile(it);
  await refuseReplaced(it);
  const on = { id: it.publicId };
  await recordEvent(db(), { kind: 'SOURCE_DOWNLOADED', by: user, on, dataset: it.dataset });
  return signDownload(it.objectKey, it.fileName);
}

/** What is given out as the file of an import is the file that its receipt speaks of, or nothing. */
async function refuseReplaced({
  objectKey,
  etag,
}: {
  objectKey: string;
  etag: string | null;
}): Promise<void> {
  const stored = await headObject(objectKey);
  if (!stored) throw new AppError('gone', 'The store does not hold this file.');
  if (etag === null || stored.etag === etag) return;
  throw new AppError(
    'conflict',
    'The file in the store is not the one that was uploaded: somebody replaced it after the upload had ended. It is not given out.',
  );
}
