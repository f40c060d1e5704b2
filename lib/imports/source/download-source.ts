import { recordEvent } from '../../audit/record-event';
import type { User } from '../../auth/require-user';
import { db } from '../../db/client';
import { signDownload } from '../../storage/objects';
import { findOwnImport } from '../find-import';
import { refuseDeletedFile } from './deleted-file';

/**
 * An address from which a browser gets the file as it was uploaded, for five minutes.
 * @throws AppError `not-found`, `gone`
 */
export async function downloadSource(id: string, user: User): Promise<string> {
  const it = await findOwnImport(id, user);
  refuseDeletedFile(it);
  const on = { id: it.publicId };
  await recordEvent(db(), { kind: 'SOURCE_DOWNLOADED', by: user, on, dataset: it.dataset });
  return signDownload(it.objectKey, it.fileName);
}
