import { countRows } from '@/lib/server/datasets/versions/count-rows';
import { sameSql } from '@/lib/server/datasets/versions/merge-sql';
import { snapshotOf } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import { env } from '@/lib/server/platform/env';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { UndoPreview } from '@/lib/shared/schema/undo';
import { findImport } from '../find-import';
import { fileNames, fileOfAnother } from './file-names';
import { goingInOrder, planUndo, rowsWithout, type UndoPlan } from './plan-undo';
import { assertMayUndo } from './undo-import';

/**
 * What undoing an import would do: what goes, what comes back, and what cannot since a later import changed it.
 * @throws AppError `conflict` when the import is not completed; `forbidden`
 */
export async function previewUndo(id: string, user: User): Promise<UndoPreview> {
  const it = await findImport(id, user);
  await assertMayUndo(it, user);
  const plan = it.datasetId ? await planUndo(it.id, it.datasetId) : null;
  if (!plan) throw new AppError('conflict', 'Only an import that completed can be undone.');
  const snapshot = snapshotOf(plan.completed);
  const rowsBefore = await countRows(db(), snapshot, plan.keyed);
  const rowsAfter = await rowsWithout(plan, [plan.subject]);
  const { current, restored, same, stay } = await fates(plan);
  // Seen now and afterwards with the same values: all but what this import shows. What is more afterwards came back.
  const kept = rowsBefore - current;
  const together = await goingInOrder(plan);
  const names = await fileNames(
    plan.completed.map((one) => one.id),
    user,
  );
  const named = ({ id: key, publicId }: { id: number; publicId: string }) => ({
    id: publicId,
    fileName: names.get(key) ?? fileOfAnother,
  });
  return {
    rowsBefore,
    rowsAfter,
    vanish: current - restored,
    comeBack: rowsAfter - kept,
    returns: rowsAfter - kept - restored,
    same,
    restored: restored - same,
    stay,
    changedBy: plan.completed
      .filter((one) => one === plan.replacedBy || plan.touches.some((touch) => touch.id === one.id))
      .sort((a, b) => a.publication - b.publication)
      .map((one) => ({
        ...named(one),
        mode: one.mode,
        rows: plan.touches.find((touch) => touch.id === one.id)?.rows ?? null,
      })),
    together: together.map(named),
    rowsAfterInOrder: await rowsWithout(plan, together),
    redoDays: env().KEEP_UNDONE_DAYS || null,
  };
}

/**
 * What readers see of the rows that the import wrote: how many are as it wrote them, how many of those would show
 * earlier values (of a replacement: how many of these are the same), and how many a later import changed.
 */
async function fates({
  keyed,
  subject,
  completed,
  replacedBy,
}: UndoPlan): Promise<{ current: number; restored: number; same: number; stay: number }> {
  if (!keyed) {
    return replacedBy
      ? { current: 0, restored: 0, same: 0, stay: subject.rowsInserted }
      : { current: subject.rowsInserted, restored: 0, same: 0, stay: 0 };
  }
  const before = snapshotOf(completed);
  const after = snapshotOf(completed.filter((it) => it !== subject));
  const later = before.imports.filter((it) => it.publication > subject.publication).map(({ id }) => id);
  const earlier = after.imports.filter((it) => it.publication < subject.publication).map(({ id }) => id);
  // Other imports write only what differs, and need no look at the values.
  const alike = subject.mode === 'REPLACE' ? sameAsBefore(earlier) : Prisma.sql`false`;
  const [found] = await db().$queryRaw<{ written: number; stay: number; restored: number; same: number }[]>`
    select count(*)::int as written, count(*) filter (where touched)::int as stay,
      count(*) filter (where not touched and shown)::int as restored,
      count(*) filter (where not touched and shown and ${alike})::int as same
    from (
      select e."importId", e."rowNumber", e."placeImportId", e."placeRowNumber",
        cardinality(${later}::int[]) > 0 and exists (
          select 1 from "Effect" f
          where f."placeImportId" = e."placeImportId" and f."placeRowNumber" = e."placeRowNumber"
            and f."kind" in ('RETURNED', 'UPDATED') and f."importId" = any(${later}::int[])) as touched,
        e."kind" <> 'INSERTED' and (
          e."placeImportId" = any(${earlier}::int[]) or exists (
            select 1 from "Effect" f
            where f."placeImportId" = e."placeImportId" and f."placeRowNumber" = e."placeRowNumber"
              and f."kind" in ('RETURNED', 'UPDATED') and f."importId" = any(${earlier}::int[]))) as shown
      from "Effect" e
      where e."importId" = ${subject.id} and e."kind" in ('INSERTED', 'RETURNED', 'UPDATED')
    ) fate`;
  const { written, stay, restored, same } = found ?? { written: 0, stay: 0, restored: 0, same: 0 };
  return replacedBy
    ? { current: 0, restored: 0, same: 0, stay: written }
    : { current: written - stay, restored, same, stay };
}

/** SQL for whether a row has the values that these imports left at its place. */
function sameAsBefore(imports: number[]): Prisma.Sql {
  const same = Prisma.raw(sameSql('n."values"::text', 'o."values"::text'));
  return Prisma.sql`exists (
    select 1 from "Row" n
    cross join lateral (
      select f."importId", f."rowNumber" from "Effect" f
      where f."placeImportId" = fate."placeImportId" and f."placeRowNumber" = fate."placeRowNumber"
        and f."kind" in ('RETURNED', 'UPDATED') and f."importId" = any(${imports}::int[])
      order by f."publication" desc limit 1
    ) f
    join "Row" o on o."importId" = f."importId" and o."rowNumber" = f."rowNumber"
    where n."importId" = fate."importId" and n."rowNumber" = fate."rowNumber" and ${same}
    union all
    select 1 from "Row" n
    join "Row" o on o."importId" = fate."placeImportId" and o."rowNumber" = fate."placeRowNumber"
    where n."importId" = fate."importId" and n."rowNumber" = fate."rowNumber"
      and o."importId" = any(${imports}::int[]) and ${same} and not exists (
        select 1 from "Effect" f
        where f."placeImportId" = fate."placeImportId" and f."placeRowNumber" = fate."placeRowNumber"
          and f."kind" in ('RETURNED', 'UPDATED') and f."importId" = any(${imports}::int[])))`;
}
