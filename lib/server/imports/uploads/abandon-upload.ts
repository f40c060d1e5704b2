import { db } from '@/lib/server/platform/db/client';
import { abortUpload } from '@/lib/server/platform/storage/upload';

/** Gives up the parts of a multipart upload that is still open. */
export async function abandonUpload({ objectKey }: { objectKey: string }): Promise<void> {
  const upload = await db().upload.findUnique({ where: { objectKey } });
  if (upload?.uploadId) await abortUpload(objectKey, upload.uploadId);
}
