import { db } from '@/lib/server/platform/db/client';
import { enqueue, jobsOf } from '@/lib/server/platform/queue/boss';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { isIndexable } from '../rows/query/sort-key';
import { indexProgress } from './index-progress';

/** Fewer rows are sorted as fast as they are found. */
export const indexedFrom = 20_000;

const hour = 3600_000;

/** A column that a query would use the index of. */
export interface WantedColumn {
  id: string;
  name: string;
  slot: number;
  type: ColumnType;
}

/** How the index of a column stands. */
export interface WantedIndex {
  column: WantedColumn;
  ready: boolean;
  /** 0 to 100. */
  percent: number;
}

/**
 * Has the indexes made that a query of a large dataset would use, and notes that those are used which are there.
 * @returns how they stand; none of a small dataset, or of columns that cannot have one
 */
export async function wantIndexes(
  dataset: { number: number; rows: number },
  columns: WantedColumn[],
): Promise<WantedIndex[]> {
  if (dataset.rows < indexedFrom) return [];
  const wanted = columns.filter(isIndexable);
  const found = await db().columnIndex.findMany({ where: { columnId: { in: wanted.map(({ id }) => id) } } });
  const known = new Map(found.map((index) => [index.columnId, index]));
  const used = found.filter(({ lastUsedAt }) => lastUsedAt.getTime() < Date.now() - hour);
  if (used.length > 0) {
    await db().columnIndex.updateMany({
      where: { columnId: { in: used.map(({ columnId }) => columnId) } },
      data: { lastUsedAt: new Date() },
    });
  }
  const standing: WantedIndex[] = [];
  for (const column of wanted) {
    const index = known.get(column.id);
    if (!index) await makeWanted(column.id);
    const ready = index?.state === 'READY';
    standing.push({ column, ready, percent: ready ? 100 : await indexProgress(dataset.number, column) });
  }
  return standing;
}

/** Has a column's index made, once. */
export async function makeWanted(columnId: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.columnIndex.createMany({ data: { columnId }, skipDuplicates: true });
    if (count === 1) await enqueue(tx, 'index', { columnId });
  });
}

/** A job that takes so long has begun, or was lost. */
const waitsMilliseconds = 10 * 60_000;

/** Queues the job once more for indexes that are wanted and have none: the queue lost it, or gave it up. */
export async function requeueIndexes(now: Date): Promise<void> {
  const waiting = await db().columnIndex.findMany({
    where: { state: 'WANTED', wantedAt: { lt: new Date(now.getTime() - waitsMilliseconds) } },
  });
  for (const { columnId } of waiting) {
    const { live } = await jobsOf('index', { columnId });
    if (!live) await db().$transaction((tx) => enqueue(tx, 'index', { columnId }));
  }
}

/**
 * Has the indexes of a dataset's key made once it is large, by which SQL finds single rows; and of the columns whose
 * index is to stay.
 */
export async function wantLastingIndexes(datasetId: string): Promise<void> {
  const columns = await db().column.findMany({
    where: {
      datasetId,
      dataset: { rows: { gte: indexedFrom }, rowStorage: 'TABLE' },
      OR: [{ keyPart: { not: null } }, { indexed: true }],
      index: null,
    },
  });
  for (const column of columns.filter(isIndexable)) await makeWanted(column.id);
}
