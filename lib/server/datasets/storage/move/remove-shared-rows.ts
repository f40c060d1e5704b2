import { retryViews } from '@/lib/server/datasets/retry-views';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import { log } from '@/lib/server/platform/log';
import { isOutage } from '@/lib/server/platform/outage';
import { purgeSharedRows } from './purge-shared-rows';

/** So long nobody who began to read rows where they were finds them gone: an export of many rows takes minutes. */
const keptMilliseconds = 3600_000;

const shared = { rowStorage: 'SHARED', deletedAt: null } satisfies Prisma.DatasetWhereInput;

/** Whether there are rows to be moved, or to be removed from where they were. */
export async function isMoveWanted(now: Date): Promise<boolean> {
  if ((await db().dataset.count({ where: shared })) > 0) return true;
  return (await isAnythingShared()) && !(await isLatelyMoved(now));
}

async function isAnythingShared(): Promise<boolean> {
  const [found] = await db().$queryRaw<{ is: boolean }[]>`
    select exists (select 1 from "Row") or exists (select 1 from "RowChange") as is`;
  return found?.is === true;
}

async function isLatelyMoved(now: Date): Promise<boolean> {
  const movedAt = { gt: new Date(now.getTime() - keptMilliseconds) };
  return (await db().dataset.count({ where: { movedAt } })) > 0;
}

/**
 * Removes rows from the shared tables that were moved an hour ago or more. When no dataset is left there, at once, and the
 * disk has the space again; while some cannot be moved, those of the others, whose space PostgreSQL uses for new rows.
 */
export async function removeSharedRows(now = new Date()): Promise<void> {
  if (await isLatelyMoved(now)) return;
  await retryViews();
  if ((await db().dataset.count({ where: shared })) === 0) return emptySharedTables();
  const moved = await db().$queryRaw<{ id: number }[]>`
    select i."id" from "Import" i join "Dataset" d on d."id" = i."datasetId"
    where d."rowStorage" = 'TABLE' and not exists (
        select 1 from pg_depend p join pg_rewrite w on w."oid" = p."objid"
        where p."classid" = 'pg_rewrite'::regclass and p."refobjid" in ('"Row"'::regclass, '"RowChange"'::regclass)
          and w."ev_class" = to_regclass(format('"datasets".%I', d."slug")))
      and (exists (select 1 from "Row" r where r."importId" = i."id")
        or exists (select 1 from "RowChange" c where c."importId" = i."id")) order by 1`;
  for (const { id } of moved) await purgeSharedRows(id);
}

/** Truncates both tables, unless somebody needs them still, or reads them now: then it is tried again later. */
async function emptySharedTables(): Promise<void> {
  try {
    const isDone = await db().$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('lock_timeout', '5s', true)`;
      await tx.$executeRaw`lock table "Row", "RowChange" in access exclusive mode`;
      // A view that could not be made anew shows rows from there.
      const [needed] = await tx.$queryRaw<{ is: boolean }[]>`
        select exists (select 1 from "Dataset" where "rowStorage" = 'SHARED' and "deletedAt" is null)
          or exists (select 1 from pg_depend where "classid" = 'pg_rewrite'::regclass and "refclassid" = 'pg_class'::regclass
            and "refobjid" in ('"Row"'::regclass, '"RowChange"'::regclass)) as is`;
      if (needed?.is !== false) return false;
      await tx.$executeRaw`truncate "Row", "RowChange"`;
      return true;
    });
    if (isDone) log().info('the tables that all datasets shared are empty: every dataset has its own');
  } catch (error) {
    if (!isOutage(error)) throw error;
    log().info({ err: error }, 'the tables that all datasets shared are being read: they are emptied later');
  }
}
