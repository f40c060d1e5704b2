import { z } from 'zod';
import { isKeyed } from '@/lib/server/datasets/key';
import { datasetsWith, visibleImports } from '@/lib/server/datasets/rights';
import type { DatasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { readFromTable } from '@/lib/server/datasets/storage/read-from-table';
import { listRemoved } from '@/lib/server/datasets/versions/list-removed';
import { type AddedRows, readAddedRows } from '@/lib/server/datasets/versions/read-added-rows';
import { sameSql } from '@/lib/server/datasets/versions/same-sql';
import { currentSnapshot, snapshotBefore } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import { RowChangeKind } from '@/lib/server/platform/db/generated/enums';
import { readInIndexOrder } from '@/lib/server/platform/db/index-order';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { largestInteger } from '@/lib/shared/largest-integer';
import {
  type Outcome,
  type OutcomePage,
  outcomeNames,
  type Replaced,
  replacedNames,
} from '@/lib/shared/schema/import/outcome';
import { findImport } from '../find-import';
import { assertRowsKept } from '../undo/assert-rows-kept';

/** The lines of the tally whose rows are listed here; rejections have their own list. */
const outcomes = {
  inserted: ['INSERTED', 'RESTORED'],
  updated: ['UPDATED'],
  unchanged: ['UNCHANGED'],
  skipped: ['DUPLICATE', 'EXISTING', 'MISSING'],
  added: ['INSERTED', 'RESTORED'],
  changed: ['INSERTED', 'RESTORED'],
  kept: ['INSERTED', 'RESTORED'],
} as const satisfies Record<Outcome | Exclude<Replaced, 'removed'>, readonly RowChangeKind[]>;
type Entry = keyof typeof outcomes;

/** The lines of the tally for a replacement: all its rows are written again, and listed by what that changes. */
const asReplaced: Partial<Record<Entry, Entry>> = {
  inserted: 'added',
  updated: 'changed',
  unchanged: 'kept',
};

export const outcomesQuery = z.object({
  outcome: z
    .enum([...outcomeNames, ...replacedNames])
    .default('inserted')
    .describe(
      'The last four: of an import that replaces a dataset with a key, in REVIEW and once it is published. For `removed`, `after` is how many rows come before the page.',
    ),
  column: z
    .string()
    .max(200)
    .optional()
    .describe('Of updated rows, only those in which this column of the dataset changes.'),
  after: z.coerce.number().int().min(0).max(largestInteger).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const cells = z.array(z.string().nullable());
const found = z.array(
  z.object({
    row: z.number(),
    kind: z.enum(RowChangeKind),
    values: cells,
    before: cells.nullable(),
    matchedId: z.string().nullable(),
    matchedRow: z.number().nullable(),
  }),
);

/**
 * One page of the rows behind a line of an import's tally, with the rows that they matched in the dataset. Of an import that
 * waits in REVIEW it is what publishing would do, as far as the dataset is still what it was decided against.
 * @throws AppError `conflict` before that is known, `gone` when its rows are not kept any more, `forbidden` for who may not see the dataset, `bad-request` for a
 *   column that it does not have
 */
export async function listOutcomes(
  id: string,
  { outcome, column, after, limit }: z.infer<typeof outcomesQuery>,
  user: User,
): Promise<OutcomePage> {
  const record = await findImport(id, user);
  if ((record.publishedRevision === null && record.status !== 'REVIEW') || !record.datasetId) {
    throw new AppError('conflict', 'Rows can be listed once all of them are read and checked.');
  }
  assertRowsKept(record);
  const dataset = await db().dataset.findFirst({
    where: { id: record.datasetId, ...datasetsWith('VIEW', user) },
    include: { columns: { orderBy: { position: 'asc' } } },
  });
  if (!dataset) throw new AppError('forbidden', 'You may not see this dataset any more.');
  const filtered = column === undefined ? null : dataset.columns.find(({ name }) => name === column);
  if (filtered === undefined) throw new AppError('bad-request', `The dataset has no column “${column}”.`);
  const keyed = isKeyed(dataset.columns);
  const replaces = keyed && record.replaces !== null;
  if (!replaces && replacedNames.some((name) => name === outcome))
    throw new AppError('bad-request', 'This import did not replace the rows of a dataset with a key.');
  const page = { after, limit };
  if (outcome === 'removed') return pageOf(dataset, await removedRows(record, dataset, page), user);
  const entry = (replaces && asReplaced[outcome]) || outcome;
  const listed = await readFromTable(dataset.id, async (table): Promise<z.infer<typeof found>> => {
    if (keyed) return found.parse(await rowChangesOf(table, record.id, entry, filtered?.slot ?? null, page));
    return outcome === 'inserted' ? addedRows(table, record, page) : [];
  });
  const next = listed.length === limit ? (listed.at(-1)?.row ?? null) : null;
  return pageOf(dataset, { rows: listed, next }, user);
}

type FoundRow = Omit<z.infer<typeof found>[number], 'kind'> & { kind: OutcomePage['rows'][number]['kind'] };

/** Rows as they are listed: their cells in the order of the dataset's columns. */
async function pageOf(
  { columns }: { columns: { name: string; slot: number }[] },
  { rows, next }: { rows: FoundRow[]; next: number | null },
  user: User,
): Promise<OutcomePage> {
  const inOrder = (values: (string | null)[]) => columns.map(({ slot }) => values[slot] ?? null);
  const files = await visibleFiles(
    rows.map(({ matchedId }) => matchedId),
    user,
  );
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map(({ row, kind, values, before, matchedId, matchedRow }) => ({
      row,
      kind,
      cells: inOrder(values),
      before: before && inOrder(before),
      matched:
        matchedId !== null && matchedRow !== null
          ? { importId: matchedId, fileName: files.get(matchedId) ?? null, row: matchedRow }
          : null,
    })),
    next,
  };
}

interface Page {
  after: number;
  limit: number;
}

/** The rows of the dataset that the import removes; once it is published, of those that readers saw until then. */
async function removedRows(
  record: { id: number; publishedRevision: number | null },
  dataset: { id: string },
  { after, limit }: Page,
): Promise<{ rows: FoundRow[]; next: number | null }> {
  const snapshot =
    record.publishedRevision === null
      ? await currentSnapshot(dataset.id)
      : await snapshotBefore(dataset.id, record.publishedRevision);
  const removed = await readFromTable(dataset.id, (table) =>
    listRemoved(record.id, table, snapshot, after, limit),
  );
  return {
    rows: removed.map(({ row, values, matchedId }) => ({
      row,
      kind: 'REMOVED',
      values,
      before: null,
      matchedId,
      matchedRow: row,
    })),
    next: removed.length === limit ? after + limit : null,
  };
}

/** The names of the files of imports. A dataset's rows are for all who may view it; what others called their files is not. */
async function visibleFiles(ids: (string | null)[], user: User): Promise<Map<string, string>> {
  const visible = await db().import.findMany({
    where: { publicId: { in: ids.flatMap((record) => record ?? []) }, AND: [visibleImports(user)] },
    select: { publicId: true, fileName: true },
  });
  return new Map(visible.map(({ publicId, fileName }) => [publicId, fileName]));
}

async function addedRows(
  table: DatasetTable,
  record: AddedRows,
  { after, limit }: Page,
): Promise<z.infer<typeof found>> {
  const rows = await readAddedRows(table, record, after, limit);
  return rows.map(({ rowNumber, values }) => ({
    row: rowNumber,
    kind: 'INSERTED',
    values,
    before: null,
    matchedId: null,
    matchedRow: null,
  }));
}

/** Kind by kind, since the primary key has the kind before the row number. */
function rowChangesOf(
  table: DatasetTable,
  importId: number,
  entry: Entry,
  changedSlot: number | null,
  { after, limit }: Page,
): Promise<unknown> {
  const replaced = replacedNames.find((name) => name === entry) ?? null;
  const [rows, changes] = [Prisma.raw(table.canonical), Prisma.raw(table.changes)];
  return readInIndexOrder(db().$queryRaw`
    select e."rowNumber" as row, e."kind"::text as kind, r."values", case when e."matchedImportId" <> ${importId} then b."values" end as before,
      m."publicId"::text as "matchedId", e."matchedRowNumber" as "matchedRow"
    from (
      select e.* from unnest(${[...outcomes[entry]]}::text[]) k(kind) cross join lateral (
        select * from ${changes} e
        where e."importId" = ${importId} and e."kind" = k.kind::"RowChangeKind" and e."rowNumber" > ${after}
          ${replacedSql(rows, replaced)}
          and (${changedSlot}::int is null or (
            select r."values" ->> ${changedSlot}::int from ${rows} r
            where r."importId" = e."importId" and r."rowNumber" = e."rowNumber") is distinct from (
            select b."values" ->> ${changedSlot}::int from ${rows} b
            where b."importId" = e."matchedImportId" and b."rowNumber" = e."matchedRowNumber"))
        order by e."rowNumber" limit ${limit}
      ) e
      order by e."rowNumber" limit ${limit}
    ) e
    cross join lateral (
      select r."values" from ${rows} r where r."importId" = e."importId" and r."rowNumber" = e."rowNumber" limit 1
    ) r
    left join lateral (
      select b."values" from ${rows} b where b."importId" = e."matchedImportId" and b."rowNumber" = e."matchedRowNumber" limit 1
    ) b on true
    left join "Import" m on m."id" = e."matchedImportId"
    order by e."rowNumber"`);
}

/** Of the rows of an import that replaces a dataset, those that the dataset lacks, or has otherwise, or alike. */
function replacedSql(rows: Prisma.Sql, replaced: Replaced | null): Prisma.Sql {
  if (replaced === null || replaced === 'removed') return Prisma.empty;
  if (replaced === 'added') return Prisma.sql`and e."matchedImportId" is null`;
  // “offset 0” has the text of each row made once, and not wherever it is used.
  const alike = Prisma.sql`exists (
    select 1 from (
      select r."values"::text as now, b."values"::text as before from ${rows} r, ${rows} b
      where r."importId" = e."importId" and r."rowNumber" = e."rowNumber"
        and b."importId" = e."matchedImportId" and b."rowNumber" = e."matchedRowNumber" offset 0
    ) t where ${Prisma.raw(sameSql('now', 'before'))})`;
  return replaced === 'kept'
    ? Prisma.sql`and e."matchedImportId" is not null and ${alike}`
    : Prisma.sql`and e."matchedImportId" is not null and not ${alike}`;
}
