import type { SeenImport } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';

/** A later import that changed what an earlier one wrote, and how many of those rows. */
export interface LaterImport {
  id: number;
  rows: number;
}

/**
 * Which of the later imports wrote over rows that these ones wrote, and how many rows of these that are.
 * @param of ids of the earlier imports
 * @param later imports that were published after them
 */
export async function overwritesOf(of: number[], later: SeenImport[]): Promise<LaterImport[]> {
  if (later.length === 0) return [];
  const ids = later.map(({ id }) => id);
  return db().$queryRaw<LaterImport[]>`
    select f."importId" as id, count(*)::int as rows
    from "Effect" e
    join "Effect" f on f."placeImportId" = e."placeImportId" and f."placeRowNumber" = e."placeRowNumber"
      and f."kind" in ('RETURNED', 'UPDATED') and f."importId" = any(${ids})
    where e."importId" = any(${of}) and e."kind" in ('INSERTED', 'RETURNED', 'UPDATED')
      and f."publication" > e."publication"
    group by 1`;
}

/** Whether any of a later import's rows stands where one of these wrote: the same question, without counting. */
export async function isTouchedBy(of: number[], later: SeenImport): Promise<boolean> {
  const [found] = await db().$queryRaw<{ touched: boolean }[]>`
    select exists (
      select 1 from "Effect" e
      join "Effect" f on f."placeImportId" = e."placeImportId" and f."placeRowNumber" = e."placeRowNumber"
        and f."kind" in ('RETURNED', 'UPDATED') and f."importId" = ${later.id}
      where e."importId" = any(${of}) and e."kind" in ('INSERTED', 'RETURNED', 'UPDATED')
        and f."publication" > e."publication"
    ) as touched`;
  return found?.touched ?? false;
}

/**
 * An import and all later ones that are to go with it, so that nothing that is left was written over what is gone: those
 * that replaced the dataset, those that wrote over its rows, and those that wrote over theirs.
 * @param completed the dataset's completed imports
 * @returns in the order in which they were published
 */
export async function inOrder(first: SeenImport, completed: SeenImport[]): Promise<SeenImport[]> {
  const going = [first];
  const later = completed
    .filter((it) => it.publication > first.publication)
    .sort((a, b) => a.publication - b.publication);
  for (const it of later) {
    const ids = going.map(({ id }) => id);
    if (it.mode === 'REPLACE' || (await isTouchedBy(ids, it))) going.push(it);
  }
  return going;
}
