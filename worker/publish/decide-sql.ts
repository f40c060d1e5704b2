import { z } from 'zod';
import { type KeyColumn, keysSql } from '@/lib/server/datasets/versions/key-sql';
import { mergedSql, sameSql } from '@/lib/server/datasets/versions/merge-sql';
import { EffectKind, type ImportMode } from '@/lib/server/platform/db/generated/enums';

/** Kinds of effects that wrote their row, as SQL. */
export const writtenKinds = `('INSERTED', 'RETURNED', 'UPDATED')`;

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

/**
 * The statement that decides what becomes of each row of an import, and writes it down.
 *
 * | parameter | is |
 * |---|---|
 * | $importId | the import |
 * | $fromKey, $toKey | which part of the keys: from one on, up to another; null: from the first on, up to the last |
 * | $datasetNumber | the dataset's number |
 * | $revision | that of the dataset with which this import will be published |
 * | $seen, $floor | the imports that readers see, and the revision below which they do not |
 * | $published | the imports that readers ever saw: they hold the places of keys |
 * | $duplicates | how a key that is twice in the file is taken: LAST, FIRST, REJECT |
 * | $mapped | whether the file fills each slot |
 *
 * Each look-up is a lateral query with a limit: PostgreSQL has no figures yet of rows that were staged just now, and
 * would choose between plans by chance. And “offset 0” has it decide once on a row, and not wherever that is used.
 * @param rows which rows of the file, where that is known to be the same part as the keys from $fromKey to $toKey
 * @param whole true when the file fills every column of the dataset, so that no row needs cells of an earlier one
 */
export function decideSql(
  mode: ImportMode,
  key: KeyColumn[],
  whole: boolean,
  lookingUp: LookingUp,
  rows: RowRange | null,
): string {
  const ofImport = rows
    ? `$importId::int and "rowNumber" > ${Number(rows.after)} and "rowNumber" <= ${Number(rows.upTo)}`
    : '$importId::int';
  const compares = lookingUp !== 'none' && (mode === 'UPSERT' || mode === 'UPDATE');
  // Beside all versions, the file's rows come along while they are sorted, rather than being fetched one by one.
  const along = compares && lookingUp === 'all';
  const own = along ? 'x.text' : 'n."values"::text';
  const text = whole
    ? own
    : mergedSql(along ? 'x.text::json' : 'n."values"', 'o."values"', '$mapped::boolean[]');
  const fetched = along
    ? `(select 1) n`
    : `"Row" n where o."values" is not null and n."importId" = $importId::int and n."rowNumber" = x.row`;
  const compared = compares
    ? `left join lateral (select "values", "values"::text as text from "Row" o
         where o."importId" = met."importId" and o."rowNumber" = met."rowNumber" limit 1) o on true
       left join lateral (select ${text} as text from ${fetched} limit 1) n on true`
    : '';
  const same = compares ? sameSql('n.text', 'o.text') : 'false';
  return `with decisions as (insert into "Effect" ("importId", "rowNumber", "kind", "datasetNumber", "key", "publication",
      "placeImportId", "placeRowNumber", "metImportId", "metRowNumber")
    select $importId::int, row, kind, $datasetNumber::int, case when written then key end, $revision::int,
      case when kind = 'INSERTED' then $importId::int when written then "placeImportId" end,
      case when kind = 'INSERTED' then row when written then "placeRowNumber" end,
      "metImportId", "metRowNumber"
    from (
      select *, kind in ${writtenKinds} as written
      from (
        select x.row, x.key, ${kindSql(mode, same)} as kind,
          latest."placeImportId", latest."placeRowNumber",
          case when x.key is null then null when not x.counts then $importId::int else met."importId" end as "metImportId",
          case when x.key is null then null when not x.counts then x.other else met."rowNumber" end as "metRowNumber"
        from (
          select *, coalesce(after, before) as other,
            key is not null and case $duplicates::text when 'LAST' then after is null when 'FIRST' then before is null
              else before is null and after is null end as counts
          from (
            select *, lag(row) over w as before, lead(row) over w as after
            from (${keysSql(key, ofImport, along)}) s
            where ($fromKey::text is null or key >= $fromKey::text collate "C")
              and ($toKey::text is null or key < $toKey::text collate "C" or (key is null and $fromKey::text is null))
            window w as (partition by key order by row)
          ) s
        ) x
        ${versionsSql(lookingUp)}
        ${compared}
        offset 0
      ) decided
      offset 0
    ) d
    returning "kind", "placeImportId")
    select "kind", "placeImportId", count(*)::int as "rows" from decisions group by 1, 2`;
}

/** How many rows met the same fate, and where those that were written stand: what {@link decideSql} answers. */
export const decisions = z.array(
  z.object({ kind: z.enum(EffectKind), placeImportId: z.number().nullable(), rows: z.number() }),
);
export type Decisions = z.infer<typeof decisions>;

/** How many rows were decided on in all. */
export const rowsOf = (made: Decisions) => made.reduce((sum, { rows }) => sum + rows, 0);

/**
 * The version of a key that a row meets (`met`), and the latest that anybody ever saw (`latest`), which knows the place
 * of the key. They are two where the latest was undone or replaced.
 */
function versionsSql(lookingUp: LookingUp): string {
  const version = `e."importId", e."rowNumber", e."placeImportId", e."placeRowNumber",
    e."importId" = any($seen::int[]) and e."publication" >= $floor::int as seen`;
  switch (lookingUp) {
    case 'none':
      return `cross join (select null::int as "placeImportId", null::int as "placeRowNumber"
          where ($seen::int[], $published::int[], $floor::int) is not null) latest
        cross join (select null::int as "importId", null::int as "rowNumber") met`;
    case 'each':
      return `left join lateral (
          select ${version} from "Effect" e
          where x.counts and e."datasetNumber" = $datasetNumber::int and e."key" = x.key and e."importId" = any($published::int[])
          order by e."publication" desc limit 1
        ) latest on true ${metSql}`;
    case 'all':
      return `left join (
          select distinct on (e."key") e."key", ${version} from "Effect" e
          where e."datasetNumber" = $datasetNumber::int and e."key" is not null and e."importId" = any($published::int[])
            and ($fromKey::text is null or e."key" >= $fromKey::text collate "C")
            and ($toKey::text is null or e."key" < $toKey::text collate "C")
          order by e."key", e."publication" desc
        ) latest on latest."key" = x.key and x.counts ${metSql}`;
    default:
      return lookingUp satisfies never;
  }
}

const metSql = `left join lateral (
    select e."importId", e."rowNumber" from "Effect" e
    where not latest.seen and e."datasetNumber" = $datasetNumber::int and e."key" = x.key
      and e."importId" = any($seen::int[]) and e."publication" >= $floor::int
    order by e."publication" desc limit 1
  ) earlier on true
  cross join lateral (
    select case when latest.seen then latest."importId" else earlier."importId" end as "importId",
      case when latest.seen then latest."rowNumber" else earlier."rowNumber" end as "rowNumber"
  ) met`;

/** A kind as a constant: a text that is made one only in the end is looked up for every row. */
const kind = (name: EffectKind) => `'${name}'::"EffectKind"`;

/** What becomes of a row, as SQL. */
function kindSql(mode: ImportMode, same: string): string {
  const inserted = `(case when latest."placeImportId" is null then ${kind('INSERTED')} else ${kind('RETURNED')} end)`;
  const lost = `when x.key is null then ${kind('REJECTED')}
    when not x.counts then (case $duplicates::text when 'REJECT' then ${kind('REJECTED')} else ${kind('DUPLICATE')} end)`;
  const updated = `(case when ${same} then ${kind('UNCHANGED')} else ${kind('UPDATED')} end)`;
  const there = `met."importId" is not null`;
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
