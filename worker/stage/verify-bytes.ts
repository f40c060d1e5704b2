import type { UploadedFile } from '@/lib/server/imports/uploads/begin-upload';
import { db } from '@/lib/server/platform/db/client';
import { headObject } from '@/lib/server/platform/storage/objects';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { Digest } from '../read/source/digest';

/** A file by its name and its place in the store. */
export interface StoredFile extends UploadedFile {
  fileName: string;
}

/**
 * What was read must be what was uploaded: the ETags of the parts are the digests of the uploaded bytes.
 * @throws ImportFailure FILE_CHANGED
 */
export async function verifyBytes(record: StoredFile, digest: Digest): Promise<void> {
  const uploaded = await uploadedDigests(record);
  const read = digest.md5s();
  if (uploaded && !(uploaded.length === read.length && agree(read, uploaded))) throw changed(record);
}

/**
 * The same of what was read of a file that turned out to be damaged: if the store damaged it, that is the reason to
 * give, whatever the damage looks like to a reader.
 * @throws ImportFailure FILE_CHANGED
 */
export async function verifyBytesSoFar(record: StoredFile, digest: Digest): Promise<void> {
  const uploaded = await uploadedDigests(record);
  if (uploaded && !agree(await digest.md5sSoFar(), uploaded)) throw changed(record);
}

/** The MD5 of every part as it was uploaded, or null where the store's ETags say nothing of the content. */
async function uploadedDigests(record: StoredFile): Promise<string[] | null> {
  const { objectKey } = record;
  const [head, upload] = await Promise.all([
    headObject(objectKey),
    db().upload.findUniqueOrThrow({
      where: { objectKey },
      include: { parts: { orderBy: { partNumber: 'asc' } } },
    }),
  ]);
  if (!head || head.etag !== upload.etag) {
    throw new ImportFailure(
      'FILE_CHANGED',
      `The stored file of ${record.fileName} was replaced or removed while it was read.`,
    );
  }
  if (!head.etagIsDigest) return null;
  if (upload.partSize === null) return [head.etag.replaceAll('"', '')];
  return upload.parts.map(({ etag }) => etag.replaceAll('"', ''));
}

const agree = (read: string[], uploaded: string[]) => read.every((md5, i) => md5 === uploaded[i]);

function changed(record: StoredFile): ImportFailure {
  return new ImportFailure(
    'FILE_CHANGED',
    `The bytes of ${record.fileName} in the store are not the ones that were uploaded.`,
  );
}
