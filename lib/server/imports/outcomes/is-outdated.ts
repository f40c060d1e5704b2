import { db } from '@/lib/server/platform/db/client';
import { storedReplacement } from '@/lib/shared/schema/stored-replacement';

/**
 * True of an import that waits in REVIEW and replaces its dataset, or goes into one with a key, if the dataset changed
 * since its rows were decided on, or rows of it were edited. Effects carry the publication that they were decided for:
 * the revision after the one that was looked at.
 */
export async function isOutdated(it: {
  id: number;
  status: string;
  datasetId: string | null;
  toDecide: boolean;
  replaces: unknown;
}): Promise<boolean> {
  if (it.status !== 'REVIEW' || !it.datasetId) return false;
  if (it.toDecide) return true;
  if (it.replaces !== null) {
    const { revision } = storedReplacement.parse(it.replaces);
    return (await db().dataset.count({ where: { id: it.datasetId, revision } })) === 0;
  }
  const effect = await db().effect.findFirst({ where: { importId: it.id }, select: { publication: true } });
  if (!effect) return false;
  const dataset = await db().dataset.findUnique({ where: { id: it.datasetId }, select: { revision: true } });
  return dataset !== null && dataset.revision + 1 !== effect.publication;
}
