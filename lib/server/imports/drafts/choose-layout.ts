import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { User } from '@/lib/server/platform/user';
import type { LayoutChoicesInput } from '@/lib/shared/schema/file/layout';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { currentView, findOwnImport } from '../find-import';
import { transition } from '../transition';

/**
 * Reads the head of the file again the way the person says (sheet, header row, encoding, delimiter); or, while it goes
 * up, has it read so from the first. Choices add up: what was chosen before stays unless it is chosen anew. Only the
 * header row is that of a sheet, and found anew in another one.
 */
export async function chooseLayout(id: string, choices: LayoutChoicesInput, user: User): Promise<ImportView> {
  const record = await findOwnImport(id, user);
  const before =
    typeof record.choices === 'object' && record.choices !== null && !Array.isArray(record.choices)
      ? record.choices
      : {};
  const { headerRow, headerRows, ...others } = { headerRow: undefined, headerRows: undefined, ...before };
  const isHeaderKept = choices.sheet === undefined && choices.headerRow === undefined;
  const kept = {
    ...others,
    ...(isHeaderKept && headerRow !== undefined ? { headerRow } : {}),
    ...(isHeaderKept && headerRows !== undefined ? { headerRows } : {}),
  };
  const data = { choices: { ...kept, ...choices } };
  await db().$transaction(async (tx) => {
    const early = await tx.import.updateMany({ where: { id: record.id, status: 'UPLOADING' }, data });
    if (early.count === 1) return;
    const count = await transition(tx, { id: record.id, status: 'MAPPING' }, 'INSPECTING', data);
    if (count === 0)
      throw new AppError(
        'conflict',
        'The file is just being read, or the import was started or has ended: how it is read cannot be changed now. Reload the page to see where it is.',
      );
    await enqueue(tx, 'inspect', { importId: record.id }, record.userId);
  });
  return currentView(record);
}
