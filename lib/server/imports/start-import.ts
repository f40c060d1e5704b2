import type { z } from 'zod';
import type { ImportModeName, ImportView, startImportInput } from '@/lib/shared/schema/imports';
import { type MappedColumn, storedInspection } from '@/lib/shared/schema/stored-import';
import { recordEvent } from '../audit/record-event';
import { chooseDataset } from '../datasets/choose-dataset';
import { headersHash } from '../datasets/columns/match-file';
import { db } from '../platform/db/client';
import { Prisma } from '../platform/db/generated/client';
import { jsonValue } from '../platform/db/json';
import { AppError } from '../platform/errors';
import { enqueue } from '../platform/queue/boss';
import type { User } from '../platform/user';
import { currentView, findOwnImport } from './find-import';
import { transition } from './transition';
import { importView } from './view';

/**
 * Confirms what becomes of the file's columns, and queues the import in the same transaction.
 * Said twice (or fifty times at once), one of them starts it and all answer the same.
 * @throws AppError `conflict` when the import is not waiting for this, `bad-request` for a mapping that cannot be
 */
export async function startImport(
  id: string,
  input: z.output<typeof startImportInput>,
  user: User,
): Promise<ImportView> {
  const it = await findOwnImport(id, user);
  if (it.status === 'UPLOADING' || it.status === 'INSPECTING') {
    throw new AppError('conflict', 'The file is not read yet: wait for its columns.');
  }
  if (it.status === 'CANCELLED' || it.status === 'FAILED')
    throw new AppError('conflict', 'This import has ended.');
  if (it.status !== 'MAPPING') return importView(it);

  const inspection = storedInspection.parse(it.inspection);
  assertPossible(input.columns, inspection.width);
  await db().$transaction(async (tx) => {
    const which = { id: it.id, status: 'MAPPING' } as const;
    const count = await transition(tx, which, 'QUEUED', { queuedAt: new Date() });
    if (count === 0) return;
    const dataset = await chooseDataset(tx, input.dataset, input.columns, input.key, it.userId, user);
    const mapping: MappedColumn[] = dataset.slots.flatMap((slot, i) => {
      const column = input.columns[i];
      return column ? [{ ...column, ...slot }] : [];
    });
    const started = await tx.import.update({
      where: { id: it.id },
      data: {
        datasetId: dataset.id,
        mapping: jsonValue(mapping),
        draft: Prisma.DbNull,
        headersHash: headersHash(inspection.columns.map(({ name }) => name)),
        layout: jsonValue(inspection.layout),
        options: { shortRows: input.shortRows },
        mode: chosenMode(input.mode, dataset.key),
        duplicates: input.duplicates,
        onRejection: input.onRejection,
      },
      select: { publicId: true, dataset: { select: { id: true, name: true } } },
    });
    const on = { id: started.publicId };
    await recordEvent(tx, { kind: 'IMPORT_STARTED', by: user, on, dataset: started.dataset });
    await enqueue(tx, 'stage', { importId: it.id }, it.userId);
  });
  return currentView(it);
}

/** @throws AppError `bad-request` for a mode that needs a key where there is none */
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

function assertPossible(columns: { index: number; name: string }[], width: number): void {
  const indexes = new Set<number>();
  const names = new Set<string>();
  for (const { index, name } of columns) {
    if (index >= width)
      throw new AppError(
        'bad-request',
        `The file has ${width} columns, so there is no column ${index + 1}: choose among those that it has.`,
      );
    if (indexes.has(index))
      throw new AppError('bad-request', `Column ${index + 1} of the file is used twice: use it once.`);
    const key = name.toLowerCase();
    if (names.has(key))
      throw new AppError('bad-request', `Two columns are named “${name}”. Rename or skip one of them.`);
    indexes.add(index);
    names.add(key);
  }
}
