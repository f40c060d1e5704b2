import { z } from 'zod';
import type { Transaction } from '@/lib/server/platform/db/client';
import { firstSlotInMore } from '../cell-sql';
import { datasetTable, inSchema } from '../dataset-table';

/** Statements that bring rows of one import from the shared tables to those of its dataset. */
export interface MoveSql {
  /** Columns that a row may have. */
  width: number;
  /** Each moves rows. Parameters of all: the import, and the first and the last row number. */
  inserts: string[];
  /** Pairs of statements that have to answer the same: how many rows there are, and a sum of what is in them. */
  comparisons: { shared: string; own: string }[];
}

const cells = z.array(z.object({ slot: z.number(), cast: z.string(), printed: z.string().nullable() }));

/**
 * @param dataset its schema has to be there, and whatever its columns need
 * @param isCareful a text that cannot be cast is kept as it is, and its typed value is empty
 */
export async function moveSql(
  tx: Transaction,
  dataset: { id: string; number: number },
  isCareful: boolean,
): Promise<MoveSql> {
  const found = cells.parse(
    await tx.$queryRaw`
      select t."slot", format(
          case when ${isCareful} then format('case when "isCastable"(%L, s.texts[%s]) then %%s end', t."type", t."slot" + 1) else '%s' end,
          "castCell"(t."type", format('s.texts[%s]', t."slot" + 1))) as cast,
        case when "sqlType"(t."type") <> 'text' then "canonicalCell"(t."type", t."slot") end as printed
      from "tableSlots"(${dataset.id}::uuid) t order by t."slot"`,
  );
  const { number } = dataset;
  const { canonical, changes } = datasetTable({ number, rowStorage: 'TABLE' });
  const [there] = await tx.$queryRaw<{ keyed: boolean; width: number }[]>`
    select to_regclass(${changes}) is not null as keyed,
      (select count(*)::int from "Column" where "datasetId" = ${dataset.id}::uuid) as width`;
  const isKeyed = there?.keyed === true;
  return {
    width: there?.width ?? 0,
    inserts: [
      insertRows(inSchema(number, 'rows'), found),
      ...(isKeyed
        ? [`insert into ${changes} (${changeColumns}) select ${changeColumns} ${inRange('"RowChange"')}`]
        : []),
    ],
    comparisons: [
      { shared: sumOfRows('"Row"'), own: sumOfRows(canonical) },
      { shared: sumOfChanges('"RowChange"'), own: isKeyed ? sumOfChanges(changes) : noChanges },
    ],
  };
}

/** The primary key of row changes has the kind before the row number. */
const inRange = (table: string) => `from ${table} where "importId" = $1 and "rowNumber" between $2 and $3
  ${table === '"Row"' || table.endsWith('"canonical"') ? '' : 'and "kind" = any (enum_range(null::"RowChangeKind"))'}`;

const changeColumns = [
  'importId',
  'rowNumber',
  'kind',
  'key',
  'publishedRevision',
  'originImportId',
  'originRowNumber',
  'matchedImportId',
  'matchedRowNumber',
]
  .map((name) => `"${name}"`)
  .join(', ');

/**
 * A row's texts are cast, and what a typed value would not print as it was is kept beside it. Step by step, since an
 * expression is worked out again wherever it is used: taking 250 texts out of one JSON array of 1,600 reads it 250 times.
 */
function insertRows(table: string, columns: z.output<typeof cells>): string {
  const exact = columns.filter(({ printed }) => printed !== null);
  const texts = `select "importId", "rowNumber", array(select json_array_elements_text("values")) as texts
    ${inRange('"Row"')} order by "rowNumber" offset 0`;
  const typed = `select s.*, null::jsonb as "_exact",
      case when cardinality(s.texts) > ${firstSlotInMore} then to_jsonb(s.texts[${firstSlotInMore + 1}:]) end as "_more"
      ${columns.map(({ slot, cast }) => `, ${cast} as "c${slot}"`).join('')}
    from (${texts}) s offset 0`;
  const kept = `select r.*, array[${exact
    .map(
      ({ slot, printed }) =>
        `case when ${printed} is distinct from r.texts[${slot + 1}] then r.texts[${slot + 1}] end`,
    )
    .join(', ')}]::text[] as kept from (${typed}) r offset 0`;
  const names = columns.map(({ slot }) => `, "c${slot}"`).join('');
  return `insert into ${table} ("_import", "_row", "_more", "_exact"${names})
    select "importId", "rowNumber", "_more",
      case when array_remove(kept, null) <> '{}' then
        jsonb_strip_nulls(jsonb_object('{${exact.map(({ slot }) => slot).join()}}'::text[], kept)) end${names}
    from (${kept}) k`;
}

/** Empty cells at the end do not count: a column that was added later is missing in one form and empty in the other. */
const sumOfRows = (table: string) => `
  select count(*)::int as rows, sum((
    select hashtextextended(
      coalesce(array_to_json((array_agg(v order by o))[1:max(o) filter (where v is not null)])::text, ''), "rowNumber")
    from json_array_elements_text("values") with ordinality e (v, o)))::text as sum ${inRange(table)}`;

const sumOfChanges = (table: string) => `
  select count(*)::int as rows, sum(hashtextextended(row(${changeColumns})::text, "rowNumber"))::text as sum ${inRange(table)}`;

const noChanges = `select 0 as rows, null as sum from (select $1::int, $2::int, $3::int) nothing`;
