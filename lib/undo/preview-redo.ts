import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { AppError } from '../errors';
import { findImport } from '../imports/find-import';
import { countRows } from '../versions/count-rows';
import { completedImports, readSeen, sightOf } from '../versions/sight';
import type { RedoPreview } from './contract';
import { fileNames, fileOfAnother } from './file-names';
import { refuseDeletedRows } from './refuse-deleted-rows';
import { touchesOf } from './touches';
import { refuseWithoutRight } from './undo-import';
import { undoneTogether } from './undone-together';

/**
 * What redoing an undone import would do, alone and with all that was undone together with it.
 * @throws AppError `conflict` when it is not undone, `gone` when its rows are not kept any more; `forbidden`
 */
export async function previewRedo(id: string, user: User): Promise<RedoPreview> {
  const it = await findImport(id, user);
  await refuseWithoutRight(it, user);
  if (it.status !== 'UNDONE' || !it.datasetId)
    throw new AppError('conflict', 'Only an undone import can be redone.');
  refuseDeletedRows(it);
  const completed = await completedImports(it.datasetId);
  const keyed = (await db().column.count({ where: { datasetId: it.datasetId, keyPart: { not: null } } })) > 0;
  const together = await readSeen(await undoneTogether(it));
  const subject = (await readSeen([it.id]))[0];
  if (!subject) throw new AppError('conflict', 'Only an undone import can be redone.');
  const rowsWith = (more: typeof together) => countRows(db(), sightOf([...completed, ...more]), keyed);
  const later = sightOf(completed).imports.filter(({ publication }) => publication > subject.publication);
  const replacedBy = sightOf([...completed, subject]).imports.includes(subject)
    ? undefined
    : later.find(({ mode }) => mode === 'REPLACE');
  const touches = keyed && !replacedBy ? await touchesOf([it.id], later) : [];
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
