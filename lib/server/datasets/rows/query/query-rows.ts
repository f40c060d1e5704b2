import { z } from 'zod';
import { lackingSlots } from '@/lib/server/datasets/storage/lacking-slots';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { RowPage } from '@/lib/shared/schema/dataset/row';
import { type RowQuery, rowQuery } from '@/lib/shared/schema/dataset/row-query';
import { type WantedIndex, wantIndexes } from '../../indexes/want-indexes';
import { snapshotAt } from '../../versions/snapshot';
import { readRowPage, rowsQuery } from '../read-rows';
import { planQuery, type QueriedDataset, type QueryPlan, readQueriedPage } from './read-queried-page';

/** A page of rows, in any order and with conditions. */
export const queryRowsQuery = rowsQuery.extend({
  ...rowQuery.shape,
  after: z.string().max(8_000).optional(),
});

/**
 * One page of a dataset's rows: sorted, filtered, searched, or simply all of them in their order. Of a large dataset the
 * columns that decide get an index, which is made in the background; until it is there a page may take seconds.
 * @throws AppError `bad-request`; `unavailable` when a page takes longer than 5 seconds, with what to do
 */
export async function queryRows(
  dataset: DatasetView,
  query: z.output<typeof queryRowsQuery>,
): Promise<RowPage> {
  const { sort, filter = [], search } = query;
  if (sort === undefined && filter.length === 0 && search === undefined) return readRowPage(dataset, query);
  const { number, rowStorage } = await db().dataset.findUniqueOrThrow({
    where: { id: dataset.id },
    select: { number: true, rowStorage: true },
  });
  if (rowStorage !== 'TABLE') {
    throw new AppError(
      'unavailable',
      'Sluice was updated and is still moving the rows of this dataset. They can be sorted and filtered when that is done.',
      undefined,
      60,
    );
  }
  const queried: QueriedDataset = {
    number,
    keyed: dataset.key.length > 0,
    columns: dataset.columns,
    lacking: await lackingSlots(dataset.id),
  };
  const plan = planQuery(queried, query);
  const ids = new Map(dataset.columns.map((column) => [column.name, column]));
  const indexes = await wantIndexes(
    { number, rows: dataset.rows },
    plan.wanted.flatMap(({ name }) => ids.get(name) ?? []),
  );
  const page = await readQueriedPage(queried, await snapshotAt(dataset.id, query.at), query, {
    plan,
    indexed: isIndexed(plan, indexes),
    tooSlow: tooSlow(dataset, query, indexes),
  });
  const indexing = indexes
    .filter(({ ready }) => !ready)
    .map(({ column, percent }) => ({ column: column.name, percent }));
  return indexing.length > 0 ? { ...page, indexing } : page;
}

/** Whether the column that decides on the order, or else one of those that find the rows, has its index. */
function isIndexed({ sortedBy }: QueryPlan, indexes: WantedIndex[]): boolean {
  const ready = indexes.filter((index) => index.ready);
  return sortedBy ? ready.some(({ column }) => column.name === sortedBy.name) : ready.length > 0;
}

/** What to say when a page took too long. */
function tooSlow({ rows }: DatasetView, { search, filter = [] }: RowQuery, indexes: WantedIndex[]): string {
  const count = rows.toLocaleString('en');
  const making = indexes.filter(({ ready }) => !ready);
  if (making.length > 0) {
    const names = making.map(({ column, percent }) => `“${column.name}” (${percent} % done)`).join(' and ');
    return `This takes too long for ${count} rows. It will be fast once an index of ${names} is ready, which is being made now. Try again in a minute.`;
  }
  if (search !== undefined || filter.some(({ op }) => op === 'contains'))
    return `Looking for a text in all of ${count} rows takes too long. Filter by another column as well, or by how the text begins.`;
  return `This takes too long for ${count} rows. Filter by fewer columns at once, or sort by the column that you filter by.`;
}
