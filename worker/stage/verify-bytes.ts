import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { headObject } from '@/lib/server/platform/storage/objects';
import { ImportFailure } from '@/lib/shared/schema/failure';
import type { Digest } from '../read/source/digest';

/**
 * What was read must be what was uploaded: the ETags of the parts are the digests of the uploaded bytes.
 * @throws ImportFailure FILE_CHANGED
 */
export async function verifyBytes(it: Import, digest: Digest): Promise<void> {
  const uploaded = await uploadedDigests(it);
  const read = digest.md5s();
  if (uploaded && !(uploaded.length === read.length && agree(read, uploaded))) throw changed(it);
}

/**
 * The same of what was read of a file that turned out to be damaged: if the store damaged it, that is the reason to
 * give, whatever the damage looks like to a reader.
 * @throws ImportFailure FILE_CHANGED
 */
export async function verifyBytesSoFar(it: Import, digest: Digest): Promise<void> {
  const uploaded = await uploadedDigests(it);
  if (uploaded && !agree(await digest.md5sSoFar(), uploaded)) throw changed(it);
}

/** The MD5 of every part as it was uploaded, or null where the store's ETags say nothing of the content. */
async function uploadedDigests(it: Import): Promise<string[] | null> {
  const head = await headObject(it.objectKey);
  if (!head || head.etag !== it.etag) {
    throw new ImportFailure(
      'FILE_CHANGED',
      `The stored file of ${it.fileName} was replaced or removed while it was read.`,
    );
  }
  if (!head.etagIsDigest) return null;
  if (it.partSize === null) return [head.etag.replaceAll('"', '')];
  const parts = await db().uploadedPart.findMany({
    where: { importId: it.id },
    orderBy: { partNumber: 'asc' },
  });
  return parts.map(({ etag }) => etag.replaceAll('"', ''));
}

const agree = (read: string[], uploaded: string[]) => read.every((md5, i) => md5 === uploaded[i]);

function changed(it: Import): ImportFailure {
  return new ImportFailure(
    'FILE_CHANGED',
    `The bytes of ${it.fileName} in the store are not the ones that were uploaded.`,
  );
}
