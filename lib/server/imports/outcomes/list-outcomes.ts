import { z } from 'zod';
import { datasetsWith, visibleImports } from '@/lib/server/datasets/rights';
import { listRemoved } from '@/lib/server/datasets/versions/list-removed';
import { sameSql } from '@/lib/server/datasets/versions/merge-sql';
import { currentSnapshot, seeBefore } from '@/lib/server/datasets/versions/snapshot';
import { db } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import { EffectKind } from '@/lib/server/platform/db/generated/enums';
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
} from '@/lib/shared/schema/rows';
import { findImport } from '../find-import';
import { assertRowsKept } from '../undo/assert-rows-kept';

/** The entries of the account whose rows can be listed here; rejections have a list of their own. */
const outcomes = {
  inserted: ['INSERTED', 'RETURNED'],
  updated: ['UPDATED'],
  unchanged: ['UNCHANGED'],
  skipped: ['DUPLICATE', 'EXISTING', 'MISSING'],
  added: ['INSERTED', 'RETURNED'],
  changed: ['INSERTED', 'RETURNED'],
  kept: ['INSERTED', 'RETURNED'],
} as const satisfies Record<Outcome | Exclude<Replaced, 'removed'>, readonly EffectKind[]>;

/** The entries of the account of a replacement: all its rows are written anew, and are told by what that changes. */
const asReplaced: Partial<Record<Exclude<Outcome | Replaced, 'removed'>, Exclude<Replaced, 'removed'>>> = {
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
    kind: z.enum(EffectKind),
    values: cells,
    before: cells.nullable(),
    metId: z.string().nullable(),
    metRow: z.number().nullable(),
  }),
);

/**
 * One page of the rows behind an entry of an import's account, with what they met in the dataset. Of an import that
 * waits in REVIEW it is what publishing would do, as far as the dataset is still what it was decided against.
 * @throws AppError `conflict` before that is known, `gone` when its rows are not kept any more, `forbidden` for who may not see the dataset, `bad-request` for a
 *   column that it does not have
 */
export async function listOutcomes(
  id: string,
  { outcome, column, after, limit }: z.infer<typeof outcomesQuery>,
  user: User,
): Promise<OutcomePage> {
  const it = await findImport(id, user);
  if ((it.publication === null && it.status !== 'REVIEW') || !it.datasetId) {
    throw new AppError('conflict', 'Rows can be listed once all of them are read and checked.');
  }
  assertRowsKept(it);
  const dataset = await db().dataset.findFirst({
    where: { id: it.datasetId, ...datasetsWith('VIEW', user) },
    include: { columns: { orderBy: { position: 'asc' } } },
  });
  if (!dataset) throw new AppError('forbidden', 'You may not see this dataset any more.');
  const filtered = column === undefined ? null : dataset.columns.find(({ name }) => name === column);
  if (filtered === undefined) throw new AppError('bad-request', `The dataset has no column “${column}”.`);
  const inOrder = (values: (string | null)[]) => dataset.columns.map(({ slot }) => values[slot] ?? null);
  const keyed = dataset.columns.some(({ keyPart }) => keyPart !== null);
  const asked = replacedNames.find((name) => name === outcome);
  if (asked && !(keyed && it.replaces !== null))
    throw new AppError('bad-request', 'This import did not replace the rows of a dataset with a key.');
  if (outcome === 'removed') return removedPage();
  const entry = (keyed && it.replaces !== null && asReplaced[outcome]) || outcome;
  const replaced = replacedNames.find((name) => name === entry) ?? null;
  const rows = found.parse(
    keyed
      ? await effectsOf(it.id, [...outcomes[entry]], after, limit, filtered?.slot ?? null, replaced ?? null)
      : outcome === 'inserted'
        ? await addedRows(it.id, after, limit)
        : [],
  );
  const files = await visibleFiles(
    rows.map(({ metId }) => metId),
    user,
  );
  return {
    columns: dataset.columns.map(({ name }) => name),
    rows: rows.map(({ row, kind, values, before, metId, metRow }) => ({
      row,
      kind,
      cells: inOrder(values),
      before: before && inOrder(before),
      met:
        metId !== null && metRow !== null
          ? { importId: metId, fileName: files.get(metId) ?? null, row: metRow }
          : null,
    })),
    next: rows.length === limit ? (rows.at(-1)?.row ?? null) : null,
  };

  async function removedPage(): Promise<OutcomePage> {
    const { id: datasetId, number, columns } = dataset ?? { id: '', number: 0, columns: [] };
    // Once it is published, those that readers saw until then.
    const snapshot =
      it.publication === null ? await currentSnapshot(datasetId) : await seeBefore(datasetId, it.publication);
    const removed = await listRemoved(it.id, number, snapshot, after, limit);
    const named = await visibleFiles(
      removed.map(({ metId }) => metId),
      user,
    );
    return {
      columns: columns.map(({ name }) => name),
      rows: removed.map(({ row, values, metId }) => ({
        row,
        kind: 'REMOVED',
        cells: inOrder(values),
        before: null,
        met: { importId: metId, fileName: named.get(metId) ?? null, row },
      })),
      next: removed.length === limit ? after + limit : null,
    };
  }
}

/** The names of the files of imports. A dataset's rows are for all who may view it; what others called their files is not. */
async function visibleFiles(ids: (string | null)[], user: User): Promise<Map<string, string>> {
  const visible = await db().import.findMany({
    where: { publicId: { in: ids.flatMap((one) => one ?? []) }, AND: [visibleImports(user)] },
    select: { publicId: true, fileName: true },
  });
  return new Map(visible.map(({ publicId, fileName }) => [publicId, fileName]));
}

function addedRows(importId: number, after: number, limit: number): Promise<unknown> {
  return readInIndexOrder(db().$queryRaw`
    select "rowNumber" as row, 'INSERTED' as kind, "values", null as before, null as "metId",
      null as "metRow"
    from "Row" where "importId" = ${importId} and "rowNumber" > ${after} order by "rowNumber" limit ${limit}`);
}

/** Kind by kind, since the primary key has the kind before the row number. */
function effectsOf(
  importId: number,
  kinds: EffectKind[],
  after: number,
  limit: number,
  changedSlot: number | null,
  replaced: Replaced | null,
): Promise<unknown> {
  return readInIndexOrder(db().$queryRaw`
    select e."rowNumber" as row, e."kind"::text as kind, r."values", case when e."metImportId" <> ${importId} then b."values" end as before,
      m."publicId"::text as "metId", e."metRowNumber" as "metRow"
    from (
      select e.* from unnest(${kinds}::text[]) k(kind) cross join lateral (
        select * from "Effect" e
        where e."importId" = ${importId} and e."kind" = k.kind::"EffectKind" and e."rowNumber" > ${after}
          ${replacedSql(replaced)}
          and (${changedSlot}::int is null or (
            select r."values" ->> ${changedSlot}::int from "Row" r
            where r."importId" = e."importId" and r."rowNumber" = e."rowNumber") is distinct from (
            select b."values" ->> ${changedSlot}::int from "Row" b
            where b."importId" = e."metImportId" and b."rowNumber" = e."metRowNumber"))
        order by e."rowNumber" limit ${limit}
      ) e
      order by e."rowNumber" limit ${limit}
    ) e
    cross join lateral (
      select r."values" from "Row" r where r."importId" = e."importId" and r."rowNumber" = e."rowNumber" limit 1
    ) r
    left join lateral (
      select b."values" from "Row" b where b."importId" = e."metImportId" and b."rowNumber" = e."metRowNumber" limit 1
    ) b on true
    left join "Import" m on m."id" = e."metImportId"
    order by e."rowNumber"`);
}

/** Of the rows of an import that replaces a dataset, those that the dataset lacks, or has otherwise, or alike. */
function replacedSql(replaced: Replaced | null): Prisma.Sql {
  if (replaced === null || replaced === 'removed') return Prisma.empty;
  if (replaced === 'added') return Prisma.sql`and e."metImportId" is null`;
  const same = Prisma.raw(sameSql('r."values"::text', 'b."values"::text'));
  const alike = Prisma.sql`exists (
    select 1 from "Row" r, "Row" b
    where r."importId" = e."importId" and r."rowNumber" = e."rowNumber"
      and b."importId" = e."metImportId" and b."rowNumber" = e."metRowNumber" and ${same})`;
  return replaced === 'kept'
    ? Prisma.sql`and e."metImportId" is not null and ${alike}`
    : Prisma.sql`and e."metImportId" is not null and not ${alike}`;
}
