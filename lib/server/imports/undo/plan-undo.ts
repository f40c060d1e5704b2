import { isKeyed } from '@/lib/server/datasets/key';
import { type DatasetTable, datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { countRows } from '@/lib/server/datasets/versions/count-rows';
import {
  completedImports,
  readVisibleImports,
  snapshotOf,
  type VisibleImport,
} from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import type { UndoExtent } from '@/lib/shared/schema/import/undo';
import { inOrder, type LaterImport, overwritesOf } from './overwrites';
import { undoneTogether } from './undone-together';

/** Undoing an import, or taking its undo back. */
export type Direction = 'UNDO' | 'REDO';

/** What undoing or redoing one import meets, as of one revision of its dataset. */
export interface UndoPlan {
  direction: Direction;
  revision: number;
  keyed: boolean;
  /** Where its rows are. */
  table: DatasetTable;
  /** The dataset's completed imports. */
  completed: VisibleImport[];
  subject: VisibleImport;
  /** Imports that readers see, or would see with it, and that were published after it. */
  later: VisibleImport[];
  /** The import that replaced the dataset after it, so that nothing of it is seen. */
  replacedBy: VisibleImport | null;
}

/**
 * Looks at what undoing or redoing an import meets.
 * @returns null when there is no such import of the dataset, when it is not completed (to undo it), or when the dataset
 *   is gone
 */
export async function planUndo(
  direction: Direction,
  importId: number,
  datasetId: string,
): Promise<UndoPlan | null> {
  const dataset = await db().dataset.findUnique({
    where: { id: datasetId },
    select: { revision: true, number: true, rowStorage: true, columns: { select: { keyPart: true } } },
  });
  const completed = await completedImports(datasetId);
  const subject =
    direction === 'UNDO'
      ? completed.find(({ id }) => id === importId)
      : (await readVisibleImports([importId]))[0];
  if (!dataset || !subject) return null;
  const { imports } = snapshotOf(direction === 'UNDO' ? completed : [...completed, subject]);
  const later = imports.filter((record) => record.publishedRevision > subject.publishedRevision);
  const replacedBy = imports.includes(subject)
    ? null
    : (later.find(({ mode }) => mode === 'REPLACE') ?? null);
  const keyed = isKeyed(dataset.columns);
  const table = datasetTable(dataset);
  return { direction, revision: dataset.revision, keyed, table, completed, subject, later, replacedBy };
}

/** The later imports that wrote over rows of the subject. */
export async function overwritesBy({
  keyed,
  table,
  subject,
  later,
  replacedBy,
}: UndoPlan): Promise<LaterImport[]> {
  return keyed && !replacedBy ? await overwritesOf(table, [subject.id], later) : [];
}

/**
 * The imports that are undone or redone: `IN_ORDER` with all that changed what the subject wrote, in the order in which
 * they were published, or with all that were undone together with it.
 */
export async function importsTurned(plan: UndoPlan, extent: UndoExtent): Promise<VisibleImport[]> {
  const { direction, keyed, table, subject, completed } = plan;
  if (extent === 'ALONE') return [subject];
  return direction === 'UNDO'
    ? await inOrder(keyed ? table : null, subject, completed)
    : await readVisibleImports(await undoneTogether(subject));
}

/** How many rows readers see once these imports are undone or redone. */
export function rowsAfter(
  { direction, completed, keyed, table }: UndoPlan,
  turned: VisibleImport[],
): Promise<number> {
  const standing =
    direction === 'UNDO' ? completed.filter((record) => !turned.includes(record)) : [...completed, ...turned];
  return countRows(db(), table, snapshotOf(standing), keyed);
}
