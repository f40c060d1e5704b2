import { z } from 'zod';
import { isKeyed } from '@/lib/server/datasets/key';
import { readFromTable } from '@/lib/server/datasets/storage/read-from-table';
import { db } from '@/lib/server/platform/db/client';
import { storedReplacement } from '@/lib/shared/schema/review/stored-replacement';

const decided = z.array(z.object({ revision: z.number() }));

/**
 * True of an import that waits in REVIEW and replaces its dataset, or goes into one with a key, if the dataset changed
 * since its rows were decided on, or rows of it were edited. Row changes carry the revision that they were decided for:
 * the revision after the one that was looked at.
 */
export async function isOutdated(record: {
  id: number;
  status: string;
  datasetId: string | null;
  review: { needsResolving: boolean } | null;
  replaces: unknown;
}): Promise<boolean> {
  if (record.status !== 'REVIEW' || !record.datasetId) return false;
  if (record.review?.needsResolving) return true;
  if (record.replaces !== null) {
    const { revision } = storedReplacement.parse(record.replaces);
    return (await db().dataset.count({ where: { id: record.datasetId, revision } })) === 0;
  }
  const dataset = await db().dataset.findUnique({
    where: { id: record.datasetId },
    select: { revision: true, columns: { select: { keyPart: true } } },
  });
  if (!dataset || !isKeyed(dataset.columns)) return false;
  const found = await readFromTable(record.datasetId, ({ changes }) =>
    db().$queryRawUnsafe(
      `select "publishedRevision" as revision from ${changes} e where "importId" = $1::int limit 1`,
      record.id,
    ),
  );
  const [change] = decided.parse(found);
  return change !== undefined && dataset.revision + 1 !== change.revision;
}
