import type { NewFileInput } from '@/lib/shared/schema/file/upload';
import type { CreatedImport } from '@/lib/shared/schema/import/import';
import { recordEvent } from '../audit/record-event';
import { db } from '../platform/db/client';
import type { User } from '../platform/user';
import { beginUpload, uploadWay } from './uploads/begin-upload';
import { importView, viewed } from './view';

/**
 * Makes an import and the way for its file.
 * @param id its public id, where an earlier attempt at the same request may have made it already
 * @throws AppError as {@link beginUpload}
 */
export async function createImport(input: NewFileInput, user: User, id?: string): Promise<CreatedImport> {
  const made = await beginUpload(
    input,
    user,
    async () =>
      id === undefined ? null : db().import.findUnique({ where: { publicId: id }, include: viewed }),
    async (tx, file) => {
      const record = await tx.import.create({
        data: { publicId: id, userId: user.id, ...file },
        include: viewed,
      });
      const facts = { bytes: file.fileSize };
      await recordEvent(tx, { kind: 'IMPORT_CREATED', by: user, on: { id: record.publicId }, facts });
      return record;
    },
  );
  return { import: importView(made), upload: await uploadWay(made) };
}
