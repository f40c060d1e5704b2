import type { Keeping } from '@/lib/server/http/idempotency/answer-once';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { signUpload } from '@/lib/server/platform/storage/upload';
import { apiPrefix } from '@/lib/shared/api/prefix';
import type { UploadWay } from '@/lib/shared/schema/file/upload';
import type { CreatedImport } from '@/lib/shared/schema/import/import';
import type { CreatedCorrection } from '@/lib/shared/schema/review/correction';
import type { UploadedFile } from '../uploads/begin-upload';

type Kept<A extends { upload: UploadWay }> = Omit<A, 'upload'> & {
  upload: Exclude<UploadWay, { kind: 'single' }> | { kind: 'single' };
};

/**
 * How the answer to an upload’s beginning is kept: an address that is signed is a secret, so it lies in no table, and
 * whoever repeats the request gets one that is signed anew.
 * @param fileOf the file that is still waited for
 * @param place where to ask how it is now
 * @param whole the answer with the way for its file
 */
function withoutAddress<A extends { upload: UploadWay }>(
  fileOf: (answer: Kept<A>) => Promise<UploadedFile | null>,
  place: (answer: Kept<A>) => string,
  whole: (answer: Kept<A>, upload: UploadWay) => A,
): Keeping<A, Kept<A>> {
  return {
    keep: ({ upload, ...answer }) => ({
      ...answer,
      upload: upload.kind === 'single' ? { kind: upload.kind } : upload,
    }),
    restore: async (kept) => {
      const { upload } = kept;
      if (upload.kind !== 'single') return whole(kept, upload);
      const file = await fileOf(kept);
      if (!file) {
        throw new AppError(
          'conflict',
          `This request was answered before, and its upload has ended. Ask for the import itself: GET ${place(kept)}.`,
        );
      }
      return whole(kept, { ...upload, ...(await signUpload(file.objectKey, Number(file.fileSize))) });
    },
  };
}

/** How the answer to an import’s beginning is kept. */
export const importWithoutAddress = withoutAddress<CreatedImport>(
  ({ import: { id } }) =>
    db().import.findUnique({ where: { publicId: id, status: 'UPLOADING', deletedAt: null } }),
  ({ import: { id } }) => `${apiPrefix}/imports/${id}`,
  (kept, upload) => ({ ...kept, upload }),
);

/** How the answer to the beginning of a file of corrected rows is kept. */
export const correctionWithoutAddress = (importId: string) =>
  withoutAddress<CreatedCorrection>(
    ({ correction: { id } }) =>
      db().correctionFile.findUnique({
        where: { publicId: id, status: 'UPLOADING', import: { publicId: importId, deletedAt: null } },
      }),
    () => `${apiPrefix}/imports/${importId}`,
    (kept, upload) => ({ ...kept, upload }),
  );
