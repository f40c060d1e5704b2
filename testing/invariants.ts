import { db } from '@/lib/server/platform/db/client';

/**
 * What is always true of datasets, whatever happens at once: each says of itself how many rows its view shows, and no
 * import that somebody deleted is seen.
 * @returns what is not true; empty: nothing
 */
export async function datasetFaults(): Promise<string[]> {
  const datasets = await db().dataset.findMany({
    where: { deletedAt: null, columns: { some: {} } },
    select: { id: true, slug: true, rows: true },
  });
  const found: string[] = [];
  for (const { id, slug, rows } of datasets) {
    const [seen] = await db().$queryRawUnsafe<{ rows: number }[]>(
      `select count(*)::int as rows from datasets."${slug}"`,
    );
    if (seen?.rows !== rows)
      found.push(`${slug} says that it has ${rows} rows, and its view shows ${seen?.rows}`);
    const deleted = await db().import.count({
      where: { datasetId: id, status: 'COMPLETED', deletedAt: { not: null } },
    });
    if (deleted > 0) found.push(`${deleted} imports into ${slug} are deleted and seen`);
  }
  return found;
}
