import { hasKey } from '@/lib/server/datasets/key';
import { countRows } from '@/lib/server/datasets/versions/count-rows';
import { completedImports, readSeen, snapshotOf } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { RedoPreview } from '@/lib/shared/schema/undo';
import { findImport } from '../find-import';
import { assertRowsKept } from './assert-rows-kept';
import { fileNames, fileOfAnother } from './file-names';
import { overwritesOf } from './overwrites';
import { assertMayUndo } from './undo-import';
import { undoneTogether } from './undone-together';

/**
 * What redoing an undone import would do, alone and with all that was undone together with it.
 * @throws AppError `conflict` when it is not undone, `gone` when its rows are not kept any more; `forbidden`
 */
export async function previewRedo(id: string, user: User): Promise<RedoPreview> {
  const it = await findImport(id, user);
  await assertMayUndo(it, user);
  if (it.status !== 'UNDONE' || !it.datasetId)
    throw new AppError('conflict', 'Only an undone import can be redone.');
  assertRowsKept(it);
  const completed = await completedImports(it.datasetId);
  const keyed = await hasKey(db(), it.datasetId);
  const together = await readSeen(await undoneTogether(it));
  const subject = (await readSeen([it.id]))[0];
  if (!subject) throw new AppError('conflict', 'Only an undone import can be redone.');
  const rowsWith = (more: typeof together) => countRows(db(), snapshotOf([...completed, ...more]), keyed);
  const later = snapshotOf(completed).imports.filter(({ publication }) => publication > subject.publication);
  const replacedBy = snapshotOf([...completed, subject]).imports.includes(subject)
    ? undefined
    : later.find(({ mode }) => mode === 'REPLACE');
  const touches = keyed && !replacedBy ? await overwritesOf([it.id], later) : [];
  const names = await fileNames(
    [...completed, ...together].map((one) => one.id),
    user,
  );
  const named = (one: { id: number; publicId: string }) => ({
    id: one.publicId,
    fileName: names.get(one.id) ?? fileOfAnother,
  });
  return {
    rowsBefore: await rowsWith([]),
    rowsAfter: await rowsWith([subject]),
    replacedBy: replacedBy ? named(replacedBy) : null,
    changedBy: later.flatMap((one) => {
      const rows = touches.find((touch) => touch.id === one.id)?.rows;
      return rows === undefined ? [] : [{ ...named(one), rows }];
    }),
    together: together.map(named),
    rowsAfterInOrder: await rowsWith(together),
  };
}
