import type { z } from 'zod';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { ImportModeName, startImportInput } from '@/lib/shared/schema/import/start';
import { type MappedColumn, storedInspection } from '@/lib/shared/schema/import/stored-import';
import { recordEvent } from '../audit/record-event';
import { headersHash } from '../datasets/columns/match-file';
import { addColumns } from '../datasets/resolve/add-columns';
import { assertMatched } from '../datasets/resolve/assert-matched';
import { resolveDataset } from '../datasets/resolve/resolve-dataset';
import { setKey } from '../datasets/resolve/set-key';
import { db } from '../platform/db/client';
import { Prisma } from '../platform/db/generated/client';
import { jsonValue } from '../platform/db/json';
import { AppError } from '../platform/errors';
import { enqueue } from '../platform/queue/boss';
import type { User } from '../platform/user';
import { currentView, findOwnImport } from './find-import';
import { possibleColumns } from './possible-columns';
import { transition } from './transition';
import { importView } from './view';

/**
 * Confirms the column mapping and queues the import in the same transaction.
 * Safe to repeat: of many calls at once, one starts the import and all return the same answer.
 * @throws AppError `conflict` when the import is not waiting for this, `bad-request` for a mapping that cannot be
 */
export async function startImport(
  id: string,
  input: z.output<typeof startImportInput>,
  user: User,
): Promise<ImportView> {
  const record = await findOwnImport(id, user);
  if (record.status === 'UPLOADING' || record.status === 'INSPECTING') {
    throw new AppError('conflict', 'The file is not read yet: wait for its columns.');
  }
  if (record.status === 'CANCELLED' || record.status === 'FAILED')
    throw new AppError('conflict', 'This import has ended.');
  if (record.status !== 'MAPPING') return importView(record);

  const inspection = storedInspection.parse(record.inspection);
  const columns = possibleColumns(input.columns, inspection);
  await db().$transaction(async (tx) => {
    const which = { id: record.id, status: 'MAPPING' } as const;
    const count = await transition(tx, which, 'QUEUED', { queuedAt: new Date() });
    if (count === 0) return;
    const dataset = await resolveDataset(tx, input.dataset, record.userId, user);
    const slots = await addColumns(tx, dataset, columns, user);
    const key = await setKey(tx, dataset, input.key, user);
    assertMatched(dataset.columns, key, columns);
    const mapping: MappedColumn[] = slots.flatMap((slot, i) => {
      const column = columns[i];
      return column ? [{ ...column, ...slot }] : [];
    });
    const started = await tx.import.update({
      where: { id: record.id },
      data: {
        datasetId: dataset.id,
        mapping: jsonValue(mapping),
        draft: Prisma.DbNull,
        headersHash: headersHash(inspection.columns.map(({ name }) => name)),
        layout: jsonValue(inspection.layout),
        options: { shortRows: input.shortRows },
        mode: chosenMode(input.mode, key),
        duplicates: input.duplicates,
        onRejection: input.onRejection,
      },
      select: { publicId: true, dataset: { select: { id: true, name: true } } },
    });
    const on = { id: started.publicId };
    await recordEvent(tx, { kind: 'IMPORT_STARTED', by: user, on, dataset: started.dataset });
    await enqueue(tx, 'stage', { importId: record.id }, record.userId);
  });
  return currentView(record);
}

/** @throws AppError `bad-request` for a mode that needs a key when the dataset has none */
function chosenMode(mode: ImportModeName | undefined, key: string[]): ImportModeName {
  if (!mode) return key.length > 0 ? 'UPSERT' : 'APPEND';
  if (key.length === 0 && mode !== 'APPEND' && mode !== 'REPLACE') {
    throw new AppError(
      'bad-request',
      'This dataset has no key, so rows can only be added, or all of them replaced.',
    );
  }
  return mode;
}
