import { z } from 'zod';
import { canonicalCellSql } from '@/lib/server/datasets/storage/cell-sql';
import { db } from '@/lib/server/platform/db/client';
import { bySortedIndexSql } from '@/lib/server/platform/db/index-order';
import { AppError } from '@/lib/server/platform/errors';
import { isQueryCancelled } from '@/lib/server/platform/outage';
import type { RowPage } from '@/lib/shared/schema/dataset/row';
import type { RowQuery } from '@/lib/shared/schema/dataset/row-query';
import type { Snapshot } from '../../versions/snapshot';
import { parseCursor, type SortedPlace, writeCursor } from './cursor';
import { type Condition, filterSql, type NamedColumn, Parameters, searchSql } from './filter-sql';
import { isSortable, sortKeySql } from './sort-key';
import { visibleSql } from './visible-sql';

/** What a query is asked of. */
export interface QueriedDataset {
  number: number;
  keyed: boolean;
  /** In the order of the dataset. */
  columns: NamedColumn[];
  /** Slots of columns that the table does not have yet: they are empty. */
  lacking: Set<number>;
}

/** A query as it is run: the column that decides in which order rows are found, and whether it has an index. */
export interface QueryPlan {
  /** Null: in the order of the imports. */
  sortedBy: NamedColumn | null;
  descends: boolean;
  /** Columns whose index would find or sort the rows. */
  wanted: NamedColumn[];
}

/** Longer than this no page holds a connection: an answer is there within five seconds. */
const longestMilliseconds = 4_500;

const found = z.array(
  z.object({
    importId: z.number(),
    rowNumber: z.number(),
    key: z.string().nullable(),
    cells: z.array(z.string().nullable()),
  }),
);
type FoundRow = z.infer<typeof found>[number];

/** By which column rows are sorted, and of which columns an index would help. @throws AppError `bad-request` */
export function planQuery({ columns, lacking }: QueriedDataset, query: RowQuery): QueryPlan {
  const { sort, filter = [] } = query;
  const conditions = filter.map((one) => filterSql(one, columns, new Parameters()));
  const helped = conditions.filter(({ isIndexed }) => isIndexed).map(({ column }) => column);
  const sortedBy = sort === undefined ? (helped[0] ?? null) : namedColumn(columns, sort);
  if (sortedBy && !isSortable(sortedBy.type))
    throw new AppError('bad-request', `“${sortedBy.name}” is JSON, which has no order.`);
  const asked = [...conditions.map(({ column }) => column), ...(sortedBy ? [sortedBy] : [])];
  const absent = asked.find(({ slot }) => lacking.has(slot));
  if (absent) {
    throw new AppError(
      'unavailable',
      `“${absent.name}” is being added to the dataset, which waits for somebody who reads it. Try again in a minute.`,
      undefined,
      30,
    );
  }
  const wanted = [...new Set([...(sortedBy ? [sortedBy] : []), ...helped])];
  return { sortedBy, descends: sort !== undefined && query.order === 'desc', wanted };
}

function namedColumn(columns: NamedColumn[], wanted: string): NamedColumn {
  const column = columns.find(({ name }) => name === wanted);
  if (!column) throw new AppError('bad-request', `The dataset has no column “${wanted}”.`);
  return column;
}

/**
 * One page of the rows that a query finds, in its order. Rows with equal values stand as they were imported, or the other
 * way round where the order descends, so that each comes once however many pages there are.
 * @param indexed whether the columns that decide have their index: then PostgreSQL is to use it, whatever it believes
 * @throws AppError `bad-request`; `unavailable` when it took longer than 5 seconds
 */
export async function readQueriedPage(
  dataset: QueriedDataset,
  snapshot: Snapshot,
  query: RowQuery & { after?: string | undefined; limit: number },
  { plan, indexed, tooSlow }: { plan: QueryPlan; indexed: boolean; tooSlow: string },
): Promise<RowPage> {
  const order = `${plan.sortedBy?.slot ?? 'imports'} ${plan.descends ? 'desc' : 'asc'}`;
  const after = query.after === undefined ? null : parseCursor(query.after, order);
  const rows: FoundRow[] = [];
  const until = Date.now() + longestMilliseconds;
  for (const part of partsOf(plan, after)) {
    if (rows.length >= query.limit) break;
    const { sql, values } = pageSql(dataset, snapshot, query, plan, part, query.limit - rows.length);
    rows.push(...(await run(sql, values, { indexed, tooSlow, until })));
  }
  const publicIds = new Map(snapshot.imports.map(({ id, publicId }) => [id, publicId]));
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map(({ importId, rowNumber, cells }) => ({
      importId: publicIds.get(importId) ?? '',
      row: rowNumber,
      cells,
    })),
    next: last ? writeCursor({ ...last, order }) : null,
  };
}

/** A stretch of the order that one scan of an index reads: the rows with a value, or those without. */
interface PagePart {
  empty: boolean;
  after: SortedPlace | null;
}

/** Empty cells come last, whichever way the others are sorted. */
function partsOf({ sortedBy }: QueryPlan, after: SortedPlace | null): PagePart[] {
  if (!sortedBy) return [{ empty: false, after }];
  if (after !== null && after.key === null) return [{ empty: true, after }];
  return [
    { empty: false, after },
    { empty: true, after: null },
  ];
}

function pageSql(
  { number, keyed, columns, lacking }: QueriedDataset,
  snapshot: Snapshot,
  query: RowQuery,
  { sortedBy, descends }: QueryPlan,
  { empty, after }: PagePart,
  limit: number,
): { sql: string; values: unknown[] } {
  const parameters = new Parameters();
  const conditions = (query.filter ?? []).map((one): Condition => filterSql(one, columns, parameters));
  const asked = conditions.map(({ sql }) => `(${sql})`);
  if (query.search !== undefined)
    asked.push(
      searchSql(
        query.search,
        columns.filter(({ slot }) => !lacking.has(slot)),
        parameters,
      ),
    );
  const sorted = sortedBy ? sortKeySql(sortedBy) : null;
  const key = sorted && !empty ? sorted.key : null;
  if (sorted) asked.push(`${sorted.key} is ${empty ? '' : 'not '}null`);
  const way = descends && !empty ? 'desc' : 'asc';
  const place = ['r."_import"', 'r."_row"'];
  // Also where it is null: the index is in this order.
  const order = sorted === null ? place : [sorted.key, ...place];
  const compared = key === null ? place : order;
  if (after !== null) {
    const ends = [after.importId, after.rowNumber].map((end) => `${parameters.add(end)}::int`);
    if (key !== null) ends.unshift(castKey(parameters.add(after.key), sorted?.sqlType ?? 'text'));
    asked.push(`(${compared.join(', ')}) ${way === 'desc' ? '<' : '>'} (${ends.join(', ')})`);
  }
  const cells = columns.map((column) => (lacking.has(column.slot) ? 'null' : canonicalCellSql(column, 'r')));
  const sql = `select r."_import" as "importId", r."_row" as "rowNumber", ${key === null ? 'null' : `(${key})::text`} as key,
      array_to_json(array[${cells.join(', ')}]::text[]) as cells
    from ${visibleSql(number, keyed, snapshot)}${asked.map((condition) => ` and ${condition}`).join('')}
    order by ${order.map((by) => `${by} ${way}`).join(', ')} limit ${Number(limit)}`;
  return { sql, values: parameters.values };
}

const castKey = (parameter: string, sqlType: string) =>
  sqlType === 'text' ? `${parameter}::text collate "C"` : `${parameter}::text::${sqlType}`;

async function run(
  sql: string,
  values: unknown[],
  { indexed, tooSlow, until }: { indexed: boolean; tooSlow: string; until: number },
): Promise<FoundRow[]> {
  const milliseconds = Math.max(1, until - Date.now());
  try {
    const rows = await db().$transaction([
      db().$executeRaw`select set_config('statement_timeout', ${`${milliseconds}ms`}, true)`,
      ...(indexed ? [db().$executeRawUnsafe(bySortedIndexSql)] : []),
      db().$queryRawUnsafe(sql, ...values),
    ]);
    return found.parse(rows.at(-1));
  } catch (error) {
    if (isQueryCancelled(error)) throw new AppError('unavailable', tooSlow, { cause: error }, 30);
    throw error;
  }
}
