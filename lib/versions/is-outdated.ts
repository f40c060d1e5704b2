import { db } from '../db/client';

/**
 * True of an import into a dataset with a key that waits in REVIEW, if the dataset changed since its rows were decided
 * on, or rows of it were edited. Effects carry the publication that they were decided for: the revision after the one that was looked at.
 */
export async function isOutdated(it: {
  id: number;
  status: string;
  datasetId: string | null;
  toDecide: boolean;
}): Promise<boolean> {
  if (it.status !== 'REVIEW' || !it.datasetId) return false;
  if (it.toDecide) return true;
  const effect = await db().effect.findFirst({ where: { importId: it.id }, select: { publication: true } });
  if (!effect) return false;
  const dataset = await db().dataset.findUnique({ where: { id: it.datasetId }, select: { revision: true } });
  return dataset !== null && dataset.revision + 1 !== effect.publication;
}
