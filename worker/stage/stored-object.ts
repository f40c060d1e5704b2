import { db } from '@/lib/server/platform/db/client';
import type { StoredFile } from './verify-bytes';

/** Where the bytes of a file are, and in which parts they came. */
export async function storedObject({ objectKey, fileSize, fileName }: StoredFile) {
  const { etag, partSize } = await db().upload.findUniqueOrThrow({ where: { objectKey } });
  return { object: { key: objectKey, etag: etag ?? '', size: Number(fileSize), name: fileName }, partSize };
}
