import { z } from 'zod';
import {
  comparedRows,
  comparedSql,
  type StoredColumn,
  sameBytesSql,
} from '@/lib/server/datasets/storage/cell-sql';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { type KeyColumn, keysSql } from '@/lib/server/datasets/versions/key-sql';
import { isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import { type ImportMode, RowChangeKind } from '@/lib/server/platform/db/generated/enums';

/** Kinds of row changes that wrote their row, as SQL. */
export const writtenKinds = `('INSERTED', 'RESTORED', 'UPDATED')`;

/** Rows of a file by their numbers. */
export interface RowRange {
  after: number;
  upTo: number;
}

/** How the versions that a dataset has are looked at. */
export type LookingUp =
  /** Not at all: nobody ever saw a row of the dataset. */
  | 'none'
  /** Key by key, which costs the same however many versions there are: about 2 µs a row of the file. */
  | 'each'
  /** All of them, in the order of their keys beside the file's: a fifth of that for each version. */
  | 'all';

/** The dataset that rows are decided on for. */
export interface DecidedDataset {
  number: number;
  key: KeyColumn[];
  /** The columns that the file fills, and those that it lacks. */
  mapped: StoredColumn[];
  others: StoredColumn[];
}

/**
 * The statement that decides what becomes of each row of an import, and writes it down.
 *
 * | parameter | is |
 * |---|---|
 * | $importId | the import |
 * | $fromKey, $toKey | which part of the keys: from one on, up to another; null: from the first on, up to the last |
 * | $revision | that of the dataset with which this import will be published |
 * | $seen, $replacedBefore | the imports that readers see, and the revision below which they do not |
 * | $published | the imports that readers ever saw: they hold the origins of keys |
 * | $duplicates | how a key that is twice in the file is taken: LAST, FIRST, REJECT |
 *
 * Each look-up is a lateral query with a limit: PostgreSQL has no figures yet of rows that were staged just now, and
 * would choose between plans by chance. And “offset 0” has it decide once on a row, and not wherever that is used.
 * @param rows which rows of the file, where that is known to be the same part as the keys from $fromKey to $toKey
 */
export function decideSql(
  mode: ImportMode,
  dataset: DecidedDataset,
  lookingUp: LookingUp,
  rows: RowRange | null,
): string {
  const { number, key } = dataset;
  const changes = inSchema(number, 'row_changes');
  const ofImport = (alias: string) =>
    rows
      ? `$importId::int and ${alias}."_row" > ${Number(rows.after)} and ${alias}."_row" <= ${Number(rows.upTo)}`
      : '$importId::int';
  const compares = lookingUp !== 'none' && (mode === 'UPSERT' || mode === 'UPDATE');
  const { joins, same } = compares ? comparison(dataset, lookingUp === 'all', ofImport) : noComparison;
  return `with made (${writtenColumns}) as ${asPlanned()} (
    select $importId::int, row, kind, case when written then key end, $revision::int,
      case when kind = 'INSERTED' then $importId::int when written then "originImportId" end,
      case when kind = 'INSERTED' then row when written then "originRowNumber" end,
      "matchedImportId", "matchedRowNumber"
    from (
      select *, kind in ${writtenKinds} as written
      from (
        select x.row, x.key, ${kindSql(mode, same)} as kind,
          latest."originImportId", latest."originRowNumber",
          case when x.key is null then null when not x.counts then $importId::int else matched."importId" end as "matchedImportId",
          case when x.key is null then null when not x.counts then x.other else matched."rowNumber" end as "matchedRowNumber"
        from (
          select *, coalesce(after, before) as other,
            key is not null and case $duplicates::text when 'LAST' then after is null when 'FIRST' then before is null
              else before is null and after is null end as counts
          from (
            select *, lag(row) over w as before, lead(row) over w as after
            from (${keysSql(key, inSchema(number, 'rows'), ofImport('r'))}) s
            where ($fromKey::text is null or key >= $fromKey::text collate "C")
              and ($toKey::text is null or key < $toKey::text collate "C" or (key is null and $fromKey::text is null))
            window w as (partition by key order by row)
          ) s
        ) x
        ${versionsSql(lookingUp, changes)}
        ${joins}
        offset 0
      ) decided
      offset 0
    ) d
  ), decisions as (
    insert into ${changes} (${writtenColumns}) select * from made returning "kind", "originImportId"
  )
  select "kind", "originImportId", count(*)::int as "rows" from decisions group by 1, 2`;
}

const writtenColumns = `"importId", "rowNumber", "kind", "key", "publishedRevision",
  "originImportId", "originRowNumber", "matchedImportId", "matchedRowNumber"`;

/**
 * Citus makes wrong SQL of an INSERT … SELECT with parameters where both are tables of one distributed schema (seen in
 * 13.2: “syntax error at or near "NOT"”). So there the rows are decided on first, and written then.
 */
const asPlanned = () => (isDistributed() ? 'materialized' : 'not materialized');

/** How a row is compared with the version that it matched. */
interface Comparison {
  joins: string;
  same: string;
}

const noComparison: Comparison = { joins: '', same: 'false' };

/**
 * Compares the cells that the file has. A row in which they are the same stays as it is.
 * @param all beside all versions, both rows are read in the order of their table, which takes a quarter of fetching them one
 * by one
 */
function comparison(
  { number, mapped, others }: DecidedDataset,
  all: boolean,
  ofImport: (alias: string) => string,
): Comparison {
  const rows = inSchema(number, 'rows');
  if (all) {
    const joins = `left join ${rows} n on n."_import" = ${ofImport('n')} and n."_row" = x.row
      left join ${rows} o on o."_import" = any($seen::int[]) and o."_import" = matched."importId" and o."_row" = matched."rowNumber"`;
    const cells = (alias: string) => comparedSql(mapped, others, alias);
    return { joins, same: sameBytesSql(cells('n'), cells('o')) };
  }
  const compared = comparedRows(mapped, others);
  const joins = `left join lateral (select ${compared.select('o')} from ${rows} o
      where o."_import" = matched."importId" and o."_row" = matched."rowNumber" limit 1) o on true
    left join lateral (select ${compared.select('n')} from ${rows} n
      where matched."rowNumber" is not null and n."_import" = $importId::int and n."_row" = x.row limit 1) n on true`;
  return { joins, same: compared.same('n', 'o') };
}

/** How many rows have the same outcome, by the origin of those that were written: what {@link decideSql} answers. */
export const decisions = z.array(
  z.object({ kind: z.enum(RowChangeKind), originImportId: z.number().nullable(), rows: z.number() }),
);
export type Decisions = z.infer<typeof decisions>;

/** How many rows were decided on in all. */
export const rowsOf = (made: Decisions) => made.reduce((sum, { rows }) => sum + rows, 0);

/**
 * The version of a key that a row meets (`matched`), and the latest that anybody ever saw (`latest`), which knows the origin
 * of the key. They are two where the latest was undone or replaced.
 */
function versionsSql(lookingUp: LookingUp, changes: string): string {
  const version = `e."importId", e."rowNumber", e."originImportId", e."originRowNumber",
    e."importId" = any($seen::int[]) and e."publishedRevision" >= $replacedBefore::int as seen`;
  switch (lookingUp) {
    case 'none':
      return `cross join (select null::int as "originImportId", null::int as "originRowNumber"
          where ($seen::int[], $published::int[], $replacedBefore::int) is not null) latest
        cross join (select null::int as "importId", null::int as "rowNumber") matched`;
    case 'each':
      return `left join lateral (
          select ${version} from ${changes} e
          where x.counts and e."key" = x.key and e."importId" = any($published::int[])
          order by e."publishedRevision" desc limit 1
        ) latest on true ${matchedSql(changes)}`;
    case 'all':
      return `left join (
          select distinct on (e."key") e."key", ${version} from ${changes} e
          where e."key" is not null and e."importId" = any($published::int[])
            and ($fromKey::text is null or e."key" >= $fromKey::text collate "C")
            and ($toKey::text is null or e."key" < $toKey::text collate "C")
          order by e."key", e."publishedRevision" desc
        ) latest on latest."key" = x.key and x.counts ${matchedSql(changes)}`;
    default:
      return lookingUp satisfies never;
  }
}

const matchedSql = (changes: string) => `left join lateral (
    select e."importId", e."rowNumber" from ${changes} e
    where not latest.seen and e."key" = x.key
      and e."importId" = any($seen::int[]) and e."publishedRevision" >= $replacedBefore::int
    order by e."publishedRevision" desc limit 1
  ) earlier on true
  cross join lateral (
    select case when latest.seen then latest."importId" else earlier."importId" end as "importId",
      case when latest.seen then latest."rowNumber" else earlier."rowNumber" end as "rowNumber"
  ) matched`;

/** A kind as a constant: a text that is made one only in the end is looked up for every row. */
const kind = (name: RowChangeKind) => `'${name}'::"RowChangeKind"`;

/** What becomes of a row, as SQL. */
function kindSql(mode: ImportMode, same: string): string {
  const inserted = `(case when latest."originImportId" is null then ${kind('INSERTED')} else ${kind('RESTORED')} end)`;
  const lost = `when x.key is null then ${kind('REJECTED')}
    when not x.counts then (case $duplicates::text when 'REJECT' then ${kind('REJECTED')} else ${kind('DUPLICATE')} end)`;
  const updated = `(case when ${same} then ${kind('UNCHANGED')} else ${kind('UPDATED')} end)`;
  const there = `matched."importId" is not null`;
  switch (mode) {
    case 'APPEND':
      return `(case ${lost} when ${there} then ${kind('REJECTED')} else ${inserted} end)`;
    case 'UPSERT':
      return `(case ${lost} when ${there} then ${updated} else ${inserted} end)`;
    case 'INSERT':
      return `(case ${lost} when ${there} then ${kind('EXISTING')} else ${inserted} end)`;
    case 'UPDATE':
      return `(case ${lost} when ${there} then ${updated} else ${kind('MISSING')} end)`;
    case 'REPLACE':
      return `(case ${lost} else ${inserted} end)`;
    default:
      return mode satisfies never;
  }
}
