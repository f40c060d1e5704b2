import { setTimeout as sleep } from 'node:timers/promises';
import { type DatasetTable, datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { distributeTables } from '@/lib/server/datasets/storage/distribute-tables';
import { lackingSlots } from '@/lib/server/datasets/storage/lacking-slots';
import { db } from '@/lib/server/platform/db/client';
import { isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { Outage } from '@/lib/server/platform/outage';

/** How long a table that lacks columns is waited for, since somebody reads it. Each try itself waits for half a second. */
const longestWait = 60_000;
const pause = 1_000;

/** Somebody reads the table of a dataset for so long that it cannot get its new columns. The message is for people. */
export class TableBusy extends Outage {
  constructor() {
    super(
      'The dataset cannot get its new columns: somebody has been reading its table for a long time, such as a backup or an open session of SQL. Import the file again when that is done.',
    );
  }
}

/**
 * Makes sure that the table of an import's dataset has all of its columns: those of the file, and those that another import
 * brings, which statements over whole rows name as well.
 * @throws TableBusy, Outage when it does not: it is being read for minutes, or its rows are still brought over
 */
export async function prepareTable(
  { datasetId }: Pick<Import, 'datasetId'>,
  shutdown: AbortSignal,
): Promise<DatasetTable> {
  const dataset = await db().dataset.findUniqueOrThrow({ where: { id: datasetId ?? '' } });
  const table = datasetTable(dataset);
  if (!table.isOwn) throw new Outage('The rows of the dataset are being brought into a table of its own.');
  const wasWhole = await isWhole(dataset.id);
  for (const until = Date.now() + longestWait; ; ) {
    await db().$executeRaw`select "ensureDatasetTable"(${dataset.id}::uuid)`;
    if (await isWhole(dataset.id)) break;
    if (shutdown.aborted || Date.now() > until) throw new TableBusy();
    await sleep(pause, undefined, { signal: shutdown }).catch(() => undefined);
  }
  if (isDistributed()) await distributeTables(table.number);
  // The view could not follow before, either.
  if (!wasWhole) await db().$executeRaw`select "refreshDatasetView"(${dataset.id}::uuid)`;
  return table;
}

/** Whether a dataset's table has a column for each of the dataset's that are to have one. */
const isWhole = async (datasetId: string) => (await lackingSlots(datasetId)).size === 0;
