import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { sameSql } from '@/lib/server/datasets/versions/same-sql';
import { snapshotOf } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import type { UndoPlan } from './plan-undo';

/**
 * What readers see of the rows that the import wrote: how many are as it wrote them, how many of those would show
 * earlier values (of a replacement: how many of these are the same), and how many a later import changed.
 */
export async function fatesOfRows({
  keyed,
  table,
  subject,
  completed,
  replacedBy,
}: UndoPlan): Promise<{ current: number; shown: number; unchanged: number; kept: number }> {
  if (!keyed) {
    return replacedBy
      ? { current: 0, shown: 0, unchanged: 0, kept: subject.rowsInserted }
      : { current: subject.rowsInserted, shown: 0, unchanged: 0, kept: 0 };
  }
  const before = snapshotOf(completed);
  const after = snapshotOf(completed.filter((record) => record !== subject));
  const later = before.imports
    .filter((record) => record.publishedRevision > subject.publishedRevision)
    .map(({ id }) => id);
  const earlier = after.imports
    .filter((record) => record.publishedRevision < subject.publishedRevision)
    .map(({ id }) => id);
  // Other imports write only what differs, and need no look at the values.
  const alike = subject.mode === 'REPLACE' ? sameAsBefore(table, earlier) : Prisma.sql`false`;
  const changes = Prisma.raw(table.changes);
  const [found] = await db().$queryRaw<{ written: number; kept: number; shown: number; unchanged: number }[]>`
    select count(*)::int as written, count(*) filter (where touched)::int as kept,
      count(*) filter (where not touched and shown)::int as shown,
      count(*) filter (where not touched and shown and ${alike})::int as unchanged
    from (
      select e."importId", e."rowNumber", e."originImportId", e."originRowNumber",
        cardinality(${later}::int[]) > 0 and exists (
          select 1 from ${changes} f
          where f."originImportId" = e."originImportId" and f."originRowNumber" = e."originRowNumber"
            and f."kind" in ('RESTORED', 'UPDATED') and f."importId" = any(${later}::int[])) as touched,
        e."kind" <> 'INSERTED' and (
          e."originImportId" = any(${earlier}::int[]) or exists (
            select 1 from ${changes} f
            where f."originImportId" = e."originImportId" and f."originRowNumber" = e."originRowNumber"
              and f."kind" in ('RESTORED', 'UPDATED') and f."importId" = any(${earlier}::int[]))) as shown
      from ${changes} e
      where e."importId" = ${subject.id} and e."kind" in ('INSERTED', 'RESTORED', 'UPDATED')
    ) fate`;
  const { written, kept, shown, unchanged } = found ?? { written: 0, kept: 0, shown: 0, unchanged: 0 };
  return replacedBy
    ? { current: 0, shown: 0, unchanged: 0, kept: written }
    : { current: written - kept, shown, unchanged, kept };
}

/** SQL for whether a row has the values that these imports left at its place. */
function sameAsBefore(table: DatasetTable, imports: number[]): Prisma.Sql {
  const [rows, changes] = [Prisma.raw(table.canonical), Prisma.raw(table.changes)];
  // “offset 0” has the text of each row made once, and not wherever it is used.
  return Prisma.sql`exists (select 1 from (
    select n."values"::text as now, o."values"::text as before from ${rows} n
    cross join lateral (
      select f."importId", f."rowNumber" from ${changes} f
      where f."originImportId" = fate."originImportId" and f."originRowNumber" = fate."originRowNumber"
        and f."kind" in ('RESTORED', 'UPDATED') and f."importId" = any(${imports}::int[])
      order by f."publishedRevision" desc limit 1
    ) f
    join ${rows} o on o."importId" = f."importId" and o."rowNumber" = f."rowNumber"
    where n."importId" = fate."importId" and n."rowNumber" = fate."rowNumber"
    union all
    select n."values"::text, o."values"::text from ${rows} n
    join ${rows} o on o."importId" = fate."originImportId" and o."rowNumber" = fate."originRowNumber"
    where n."importId" = fate."importId" and n."rowNumber" = fate."rowNumber"
      and o."importId" = any(${imports}::int[]) and not exists (
        select 1 from ${changes} f
        where f."originImportId" = fate."originImportId" and f."originRowNumber" = fate."originRowNumber"
          and f."kind" in ('RESTORED', 'UPDATED') and f."importId" = any(${imports}::int[]))
    offset 0) t where ${Prisma.raw(sameSql('now', 'before'))})`;
}
