import { datasetsWith, visibleImports } from '@/lib/server/datasets/rights';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/imports';
import type { UndoInput } from '@/lib/shared/schema/undo';
import { currentView, findImport } from '../find-import';
import type { FoundImport } from '../view';
import { assertRowsKept } from './assert-rows-kept';
import { fileNames, fileOfAnother } from './file-names';
import { goingInOrder, planUndo, type UndoPlan } from './plan-undo';
import { setUndone } from './set-undone';
import { undoneTogether } from './undone-together';

/** Others may publish or undo while this is being looked at: it is looked at again. */
const tries = 5;

/**
 * Takes an import back: from the moment this commits readers see none of its rows, and earlier values where it had
 * changed some, however many there are, since all of that follows from the status of imports.
 * @param extent what to do where later imports changed its rows; there the person has to choose
 * @throws AppError `conflict` when it did not complete, or there is a choice to make; `forbidden`
 */
export async function undoImport(id: string, user: User, { extent }: UndoInput = {}): Promise<ImportView> {
  const it = await findImport(id, user);
  await assertMayUndo(it, user);
  for (let i = 0; i < tries; i++) {
    const plan = it.datasetId ? await planUndo(it.id, it.datasetId) : null;
    if (!plan) break;
    const choice = extent ?? (isChanged(plan) ? undefined : 'ALONE');
    if (!choice) throw new AppError('conflict', await whatToChoose(plan, user));
    const going = choice === 'IN_ORDER' ? await goingInOrder(plan) : [plan.subject];
    const ids = going.map((one) => one.id);
    await assertOwnOnly(ids, user);
    if (await setUndone(it, ids, 'UNDONE', plan.revision, user)) break;
  }
  const now = await currentView(it);
  if (now.status !== 'UNDONE') throw new AppError('conflict', 'Only an import that completed can be undone.');
  return now;
}

/**
 * Takes an undo back: the rows are there again, below what was written later.
 * @param extent `IN_ORDER`: with all imports that were undone together with it
 * @throws AppError `conflict` when it is not undone, `gone` when its rows are not kept any more; `forbidden`
 */
export async function redoImport(id: string, user: User, { extent }: UndoInput = {}): Promise<ImportView> {
  const it = await findImport(id, user);
  await assertMayUndo(it, user);
  assertRowsKept(it);
  for (let i = 0; i < tries && it.datasetId; i++) {
    const dataset = await db().dataset.findUniqueOrThrow({
      where: { id: it.datasetId },
      select: { revision: true },
    });
    const ids = extent === 'IN_ORDER' ? await undoneTogether(it) : [it.id];
    await assertOwnOnly(ids, user);
    if (await setUndone(it, ids, 'COMPLETED', dataset.revision, user)) break;
  }
  const now = await currentView(it);
  if (now.status !== 'COMPLETED') throw new AppError('conflict', 'Only an undone import can be redone.');
  return now;
}

const isChanged = ({ replacedBy, touches }: UndoPlan) => replacedBy !== null || touches.length > 0;

async function whatToChoose({ completed, replacedBy, touches }: UndoPlan, user: User): Promise<string> {
  const changing = completed.filter((it) => it === replacedBy || touches.some((touch) => touch.id === it.id));
  const last = changing.sort((a, b) => b.publication - a.publication)[0];
  const names = await fileNames(last ? [last.id] : [], user);
  const file = (last && names.get(last.id)) ?? fileOfAnother;
  const others = changing.length > 1 ? ` and ${changing.length - 1} more` : '';
  return `Later imports changed what this one wrote (${file}${others}). Choose: undo only what they left untouched (extent ALONE), or undo them as well, the last one first (extent IN_ORDER).`;
}

/** @throws AppError `forbidden`: the person's own import, but into a dataset whose rights were taken back since. */
export async function assertMayUndo(it: FoundImport, user: User): Promise<void> {
  if (!it.datasetId) return;
  const may = await db().dataset.findFirst({
    where: { id: it.datasetId, ...datasetsWith('IMPORT', user) },
    select: { id: true },
  });
  if (!may) throw new AppError('forbidden', 'You may not change this dataset any more.');
}

/** Imports of others go only by who may undo each of them. */
async function assertOwnOnly(ids: number[], user: User): Promise<void> {
  const mine = await db().import.count({ where: { id: { in: ids }, AND: [visibleImports(user)] } });
  if (mine < ids.length) {
    throw new AppError(
      'forbidden',
      'Imports of other people would have to go with it. Ask somebody who manages the dataset.',
    );
  }
}
