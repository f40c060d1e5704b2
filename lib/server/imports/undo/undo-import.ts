import { datasetsWith, visibleImports } from '@/lib/server/datasets/rights';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { UndoExtent, UndoInput } from '@/lib/shared/schema/import/undo';
import { currentView, findImport } from '../find-import';
import type { FoundImport } from '../view';
import { assertRowsKept } from './assert-rows-kept';
import { fileNames, fileOfAnother } from './file-names';
import { type Direction, importsTurned, overwritesBy, planUndo, type UndoPlan } from './plan-undo';
import { setUndone } from './set-undone';

/** Others may publish or undo while this is being looked at: it is looked at again. */
const tries = 5;

/**
 * Takes an import back: from the moment this commits readers see none of its rows, and earlier values where it had
 * changed some, however many there are, since all of that follows from the status of imports.
 * @param extent what to do where later imports changed its rows; there the person has to choose
 * @throws AppError `conflict` when it did not complete, or there is a choice to make; `forbidden`
 */
export function undoImport(id: string, user: User, { extent }: UndoInput = {}): Promise<ImportView> {
  return turn('UNDO', id, user, extent);
}

/**
 * Takes an undo back: the rows are there again, below what was written later.
 * @param extent `IN_ORDER`: with all imports that were undone together with it
 * @throws AppError `conflict` when it is not undone, `gone` when its rows are not kept any more; `forbidden`
 */
export function redoImport(id: string, user: User, { extent }: UndoInput = {}): Promise<ImportView> {
  return turn('REDO', id, user, extent ?? 'ALONE');
}

const outcomes = {
  UNDO: { status: 'UNDONE', refusal: 'Only an import that completed can be undone.' },
  REDO: { status: 'COMPLETED', refusal: 'Only an undone import can be redone.' },
} as const;

async function turn(
  direction: Direction,
  id: string,
  user: User,
  extent: UndoExtent | undefined,
): Promise<ImportView> {
  const { status, refusal } = outcomes[direction];
  const record = await findImport(id, user);
  await assertMayUndo(record, user);
  if (direction === 'REDO') assertRowsKept(record);
  for (let i = 0; i < tries; i++) {
    const plan = record.datasetId ? await planUndo(direction, record.id, record.datasetId) : null;
    if (!plan) break;
    if (!extent) await assertNothingToChoose(plan, user);
    const ids = (await importsTurned(plan, extent ?? 'ALONE')).map((turned) => turned.id);
    await assertOwnOnly(ids, user);
    if (await setUndone(record, ids, status, plan, user)) break;
  }
  const now = await currentView(record);
  if (now.status !== status) throw new AppError('conflict', refusal);
  return now;
}

/** @throws AppError `conflict` where later imports changed what the import wrote: the person has to say what becomes of it */
async function assertNothingToChoose(plan: UndoPlan, user: User): Promise<void> {
  const { replacedBy, later } = plan;
  const overwriting = new Set((await overwritesBy(plan)).map(({ id }) => id));
  const changing = later
    .filter((record) => record === replacedBy || overwriting.has(record.id))
    .sort((a, b) => b.publishedRevision - a.publishedRevision);
  const last = changing[0];
  if (!last) return;
  const file = (await fileNames([last.id], user)).get(last.id) ?? fileOfAnother;
  const others = changing.length > 1 ? ` and ${changing.length - 1} more` : '';
  throw new AppError(
    'conflict',
    `Later imports changed what this one wrote (${file}${others}). Choose: undo only what they left untouched (extent ALONE), or undo them as well, the last one first (extent IN_ORDER).`,
  );
}

/** @throws AppError `forbidden`: the person's own import, but into a dataset whose rights were taken back since. */
export async function assertMayUndo(record: FoundImport, user: User): Promise<void> {
  if (!record.datasetId) return;
  const may = await db().dataset.findFirst({
    where: { id: record.datasetId, ...datasetsWith('IMPORT', user) },
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
