import type { Keeping } from '@/lib/server/http/idempotency/answer-once';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { type SignedUpload, signUpload } from '@/lib/server/platform/storage/upload';
import type { CreatedImport } from '@/lib/shared/schema/imports';

type Kept = Pick<CreatedImport, 'import'> & {
  upload: Exclude<CreatedImport['upload'], { kind: 'single' }> | { kind: 'single' };
};

/**
 * How the answer to an import’s beginning is kept: an address that is signed is a secret, so it lies in no table, and
 * whoever repeats the request gets one that is signed anew.
 */
export const withoutAddress: Keeping<CreatedImport, Kept> = {
  keep: ({ upload, ...answer }) => ({
    ...answer,
    upload: upload.kind === 'single' ? { kind: upload.kind } : upload,
  }),
  restore: async ({ upload, ...answer }) => ({
    ...answer,
    upload: upload.kind === 'single' ? { ...upload, ...(await addressOf(answer.import.id)) } : upload,
  }),
};

/** @throws AppError `conflict` when nothing may be uploaded any more: there must be no address after that */
async function addressOf(publicId: string): Promise<SignedUpload> {
  const it = await db().import.findUnique({ where: { publicId, status: 'UPLOADING', deletedAt: null } });
  if (!it) {
    throw new AppError(
      'conflict',
      `This request was answered before, and its upload has ended. Ask for the import itself: GET /api/imports/${publicId}.`,
    );
  }
  return signUpload(it.objectKey, Number(it.fileSize));
}
