import { countRows } from '@/lib/server/datasets/versions/count-rows';
import { completedImports, type SeenImport, snapshotOf } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { inOrder, type LaterImport, overwritesOf } from './overwrites';

/** What stands in the way of undoing one import alone, as of one revision of its dataset. */
export interface UndoPlan {
  revision: number;
  keyed: boolean;
  completed: SeenImport[];
  subject: SeenImport;
  /** The import that replaced the dataset after it, so that nothing of it is seen. */
  replacedBy: SeenImport | null;
  /** Later imports that wrote over rows of it. */
  touches: LaterImport[];
}

/** Looks at what undoing an import meets. @returns null when it is not completed, or its dataset is gone */
export async function planUndo(importId: number, datasetId: string): Promise<UndoPlan | null> {
  const dataset = await db().dataset.findUnique({
    where: { id: datasetId },
    select: { revision: true, columns: { where: { keyPart: { not: null } }, select: { id: true } } },
  });
  const completed = await completedImports(datasetId);
  const subject = completed.find(({ id }) => id === importId);
  if (!dataset || !subject) return null;
  const keyed = dataset.columns.length > 0;
  const { imports } = snapshotOf(completed);
  const later = imports.filter((it) => it.publication > subject.publication);
  const replacedBy = imports.includes(subject)
    ? null
    : (later.find(({ mode }) => mode === 'REPLACE') ?? null);
  const touches = keyed && !replacedBy ? await overwritesOf([importId], later) : [];
  return { revision: dataset.revision, keyed, completed, subject, replacedBy, touches };
}

/** The imports that go when it is undone with all that changed it, in the order in which they were published. */
export const goingInOrder = ({ subject, completed }: UndoPlan) => inOrder(subject, completed);

/** How many rows readers see once these imports are undone. */
export function rowsWithout({ completed, keyed }: UndoPlan, gone: SeenImport[]): Promise<number> {
  return countRows(db(), snapshotOf(completed.filter((it) => !gone.includes(it))), keyed);
}
