import { readFromTable } from '@/lib/server/datasets/storage/read-from-table';
import { env } from '@/lib/server/platform/env';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { RedoPreview, UndoPreview } from '@/lib/shared/schema/import/undo';
import { findImport } from '../find-import';
import { assertRowsKept } from './assert-rows-kept';
import { fatesOfRows } from './fates-of-rows';
import { fileNames, fileOfAnother } from './file-names';
import { importsTurned, overwritesBy, planUndo, rowsAfter, type UndoPlan } from './plan-undo';
import { assertMayUndo } from './undo-import';

/**
 * What undoing an import would do: what goes, what comes back, and what cannot since a later import changed it.
 * @throws AppError `conflict` when the import is not completed; `forbidden`
 */
export async function previewUndo(id: string, user: User): Promise<UndoPreview> {
  const record = await findImport(id, user);
  await assertMayUndo(record, user);
  const { datasetId } = record;
  const preview = datasetId ? await readFromTable(datasetId, () => undoOf(record.id, datasetId, user)) : null;
  if (!preview) throw new AppError('conflict', 'Only an import that completed can be undone.');
  return preview;
}

async function undoOf(importId: number, datasetId: string, user: User): Promise<UndoPreview | null> {
  const plan = await planUndo('UNDO', importId, datasetId);
  if (!plan) return null;
  const { changedBy, ...effects } = await effectsOf(plan, user);
  const { current, shown, unchanged, kept } = await fatesOfRows(plan);
  // Seen now and afterwards with the same values: all but what this import shows. What is more afterwards came back.
  const others = effects.rowsBefore - current;
  return {
    ...effects,
    removed: current - shown,
    earlier: effects.rowsAfter - others,
    restored: effects.rowsAfter - others - shown,
    unchanged,
    reverted: shown - unchanged,
    kept,
    changedBy,
    redoDays: env().KEEP_UNDONE_DAYS || null,
  };
}

/**
 * What redoing an undone import would do, alone and with all that was undone together with it.
 * @throws AppError `conflict` when it is not undone, `gone` when its rows are not kept any more; `forbidden`
 */
export async function previewRedo(id: string, user: User): Promise<RedoPreview> {
  const record = await findImport(id, user);
  await assertMayUndo(record, user);
  const { datasetId } = record;
  if (record.status === 'UNDONE') assertRowsKept(record);
  const preview =
    record.status === 'UNDONE' && datasetId
      ? await readFromTable(datasetId, () => redoOf(record.id, datasetId, user))
      : null;
  if (!preview) throw new AppError('conflict', 'Only an undone import can be redone.');
  return preview;
}

async function redoOf(importId: number, datasetId: string, user: User): Promise<RedoPreview | null> {
  const plan = await planUndo('REDO', importId, datasetId);
  if (!plan) return null;
  const { changedBy, ...effects } = await effectsOf(plan, user);
  const [replaced] = changedBy.filter(({ rows }) => rows === null);
  return {
    ...effects,
    replacedBy: replaced ? { id: replaced.id, fileName: replaced.fileName } : null,
    changedBy: changedBy.flatMap(({ id: key, fileName, rows }) =>
      rows === null ? [] : [{ id: key, fileName, rows }],
    ),
  };
}

/** What both directions have in common. */
type Effects = Pick<UndoPreview, 'rowsBefore' | 'rowsAfter' | 'changedBy' | 'together' | 'rowsAfterInOrder'>;

async function effectsOf(plan: UndoPlan, user: User): Promise<Effects> {
  const { completed, subject, replacedBy } = plan;
  const together = await importsTurned(plan, 'IN_ORDER');
  const overwritten = new Map((await overwritesBy(plan)).map(({ id, rows }) => [id, rows]));
  const names = await fileNames(
    [...completed, ...together].map(({ id }) => id),
    user,
  );
  const named = ({ id, publicId }: { id: number; publicId: string }) => ({
    id: publicId,
    fileName: names.get(id) ?? fileOfAnother,
  });
  return {
    rowsBefore: await rowsAfter(plan, []),
    rowsAfter: await rowsAfter(plan, [subject]),
    changedBy: completed
      .filter((record) => record === replacedBy || overwritten.has(record.id))
      .sort((a, b) => a.publishedRevision - b.publishedRevision)
      .map((record) => ({ ...named(record), mode: record.mode, rows: overwritten.get(record.id) ?? null })),
    together: together.map(named),
    rowsAfterInOrder: await rowsAfter(plan, together),
  };
}
