import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import type { VisibleImport } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';

/** A later import that changed what an earlier one wrote, and how many of those rows. */
export interface LaterImport {
  id: number;
  rows: number;
}

/**
 * Which of the later imports wrote over rows that these ones wrote, and how many rows of these that are.
 * @param table that of their dataset, which has a key
 * @param of ids of the earlier imports
 * @param later imports that were published after them
 */
export async function overwritesOf(
  table: DatasetTable,
  of: number[],
  later: VisibleImport[],
): Promise<LaterImport[]> {
  if (later.length === 0) return [];
  const ids = later.map(({ id }) => id);
  const changes = Prisma.raw(table.changes);
  return db().$queryRaw<LaterImport[]>`
    select f."importId" as id, count(*)::int as rows
    from ${changes} e
    join ${changes} f on f."originImportId" = e."originImportId" and f."originRowNumber" = e."originRowNumber"
      and f."kind" in ('RESTORED', 'UPDATED') and f."importId" = any(${ids})
    where e."importId" = any(${of}) and e."kind" in ('INSERTED', 'RESTORED', 'UPDATED')
      and f."publishedRevision" > e."publishedRevision"
    group by 1`;
}

/** Whether any of a later import's rows stands where one of these wrote: the same question, without counting. */
export async function isOverwrittenBy(
  table: DatasetTable,
  of: number[],
  later: VisibleImport,
): Promise<boolean> {
  const changes = Prisma.raw(table.changes);
  const [found] = await db().$queryRaw<{ touched: boolean }[]>`
    select exists (
      select 1 from ${changes} e
      join ${changes} f on f."originImportId" = e."originImportId" and f."originRowNumber" = e."originRowNumber"
        and f."kind" in ('RESTORED', 'UPDATED') and f."importId" = ${later.id}
      where e."importId" = any(${of}) and e."kind" in ('INSERTED', 'RESTORED', 'UPDATED')
        and f."publishedRevision" > e."publishedRevision"
    ) as touched`;
  return found?.touched ?? false;
}

/**
 * An import and all later ones that are to go with it, so that nothing that is left was written over what is gone: those
 * that replaced the dataset, those that wrote over its rows, and those that wrote over theirs.
 * @param table that of the dataset; null where it has no key, so that no row was ever written over
 * @param completed the dataset's completed imports
 * @returns in the order in which they were published
 */
export async function inOrder(
  table: DatasetTable | null,
  first: VisibleImport,
  completed: VisibleImport[],
): Promise<VisibleImport[]> {
  const going = [first];
  const later = completed
    .filter((record) => record.publishedRevision > first.publishedRevision)
    .sort((a, b) => a.publishedRevision - b.publishedRevision);
  for (const record of later) {
    const ids = going.map(({ id }) => id);
    if (record.mode === 'REPLACE' || (table && (await isOverwrittenBy(table, ids, record))))
      going.push(record);
  }
  return going;
}
