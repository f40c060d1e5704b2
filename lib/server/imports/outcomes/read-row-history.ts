import { z } from 'zod';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { readFromTable } from '@/lib/server/datasets/storage/read-from-table';
import { currentSnapshot } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import { readByBlocks, readInIndexOrder } from '@/lib/server/platform/db/index-order';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { largestInteger } from '@/lib/shared/largest-integer';
import type { RowHistory } from '@/lib/shared/schema/dataset/row';
import { fileNames } from '../undo/file-names';

/** A row by what its `importId` and `row` say. */
const rowKey = z.object({ importId: z.uuid(), row: z.coerce.number().int().min(1).max(largestInteger) });

const found = z.array(
  z.object({
    importId: z.number(),
    rowNumber: z.number(),
    publicId: z.string(),
    status: z.string(),
    by: z.string(),
    at: z.date(),
    values: z.array(z.string().nullable()),
  }),
);

/**
 * Everything that was ever written at the place of one row, by whom and when: from a row, or a cell, to the files and
 * the row numbers that it came from.
 * @throws AppError `not-found` for a dataset that one may not see, or a row that is not one of it
 */
export async function readRowHistory(
  slug: string,
  wanted: z.input<typeof rowKey>,
  user: User,
): Promise<RowHistory> {
  const dataset = await findDataset(slug, user);
  const key = rowKey.safeParse(wanted).data;
  const published = key
    ? await db().import.findFirst({
        where: { publicId: key.importId, datasetId: dataset.id, publishedRevision: { not: null } },
        select: { id: true },
      })
    : null;
  const isKeyed = dataset.key.length > 0;
  const rows =
    published && key
      ? await readFromTable(dataset.id, async (table) =>
          found.parse(await versionsOf(table, isKeyed, published.id, key.row)),
        )
      : [];
  if (rows.length === 0) throw new AppError('not-found', 'This dataset has no such row.');
  const names = await fileNames(
    rows.map(({ importId }) => importId),
    user,
  );
  const seen = new Set((await currentSnapshot(dataset.id)).imports.map(({ id }) => id));
  const shown = rows.findLast(({ importId }) => seen.has(importId));
  return {
    columns: dataset.columns.map(({ name }) => name),
    versions: rows.map((version) => ({
      importId: version.publicId,
      fileName: names.get(version.importId) ?? null,
      row: version.rowNumber,
      by: version.by,
      at: version.at.toISOString(),
      cells: dataset.columns.map(({ slot }) => version.values[slot] ?? null),
      state:
        version === shown
          ? 'SHOWN'
          : version.status === 'UNDONE'
            ? 'UNDONE'
            : seen.has(version.importId)
              ? 'OVERWRITTEN'
              : 'REPLACED',
    })),
  };
}

/** The versions at the place of a row, in their order. Where a dataset has no key, a row is its own and only one. */
function versionsOf(table: DatasetTable, isKeyed: boolean, importId: number, row: number): Promise<unknown> {
  const own = Prisma.sql`select ${importId}::int as "importId", ${row}::int as "rowNumber"`;
  const versions = isKeyed ? versionsSql(table, importId, row) : own;
  return (table.isOwn && !isKeyed ? readByBlocks : readInIndexOrder)(db().$queryRaw`
    select i."id" as "importId", v."rowNumber", i."publicId"::text as "publicId", i."status"::text as status,
      u."name" as by, coalesce(i."finishedAt", i."createdAt") as at, r."values"
    from (${versions}) v
    join "Import" i on i."id" = v."importId" and i."publishedRevision" is not null and i."deletedAt" is null
    join "User" u on u."id" = i."userId"
    join ${Prisma.raw(table.canonical)} r on r."importId" = v."importId" and r."rowNumber" = v."rowNumber"
    order by i."publishedRevision"`);
}

/** SQL of the places where the versions of a row are, in a dataset with a key. */
function versionsSql({ changes: table }: DatasetTable, importId: number, row: number): Prisma.Sql {
  const changes = Prisma.raw(table);
  return Prisma.sql`
    with origin as (
      select coalesce(max(e."originImportId"), ${importId}::int) as "importId",
        coalesce(max(e."originRowNumber"), ${row}::int) as "rowNumber"
      from ${changes} e
      where e."importId" = ${importId} and e."rowNumber" = ${row} and e."kind" in ('INSERTED', 'RESTORED', 'UPDATED')
    ), versions as (
      select p."importId", p."rowNumber" from origin p
      union
      select e."importId", e."rowNumber" from origin p
      join ${changes} e on e."originImportId" = p."importId" and e."originRowNumber" = p."rowNumber"
        and e."kind" in ('RESTORED', 'UPDATED')
    )
    select v."importId", v."rowNumber" from versions v
    where not exists (
      select 1 from ${changes} e where e."importId" = v."importId" and e."rowNumber" = v."rowNumber"
        and e."kind" in ('UNCHANGED', 'DUPLICATE', 'EXISTING', 'MISSING', 'REJECTED'))`;
}
