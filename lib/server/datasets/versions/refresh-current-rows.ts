import { db, type Transaction } from '@/lib/server/platform/db/client';
import { enqueue, jobsOf } from '@/lib/server/platform/queue/boss';

/** Longer than the largest dataset takes: half a minute for each million rows that an undo turns. */
const timeout = 2 * 3600_000;

/**
 * Works out which rows of a dataset with a key are current, for its SQL view (model CurrentRows), until that is known for
 * the revision that the dataset has in the end. Does nothing where it is known, where the dataset has no key, and while
 * another process does it.
 */
export async function refreshCurrentRows(datasetId: string): Promise<void> {
  // By itself, so that whoever comes second sees that there is somebody. Where it is there it may be under way, and an
  // insertion would wait for the end of that.
  if (!(await db().currentRows.findUnique({ where: { datasetId }, select: { revision: true } })))
    await db().currentRows.createMany({ data: [{ datasetId, revision: -1 }], skipDuplicates: true });
  while (await refreshOnce(datasetId));
}

async function refreshOnce(datasetId: string): Promise<boolean> {
  const [answer] = await db().$transaction(
    (tx) => tx.$queryRaw<{ worked: boolean }[]>`select "refreshCurrentRows"(${datasetId}::uuid) as worked`,
    { isolationLevel: 'RepeatableRead', timeout },
  );
  return answer?.worked ?? false;
}

/** Has a worker do {@link refreshCurrentRows} once the transaction commits, if the dataset has a key. */
export async function wantCurrentRows(tx: Transaction, datasetId: string): Promise<void> {
  const parts = await tx.column.count({ where: { datasetId, keyPart: { not: null } } });
  if (parts > 0) await enqueue(tx, 'current', { datasetId });
}

/** Has it done for datasets that wait for it without a job: those of an earlier version, and what the queue lost. */
export async function requeueCurrentRows(): Promise<void> {
  const waiting = await db().$queryRaw<{ id: string }[]>`
    select d."id" from "Dataset" d left join "CurrentRows" c on c."datasetId" = d."id"
    where d."deletedAt" is null and d."rowStorage" = 'TABLE' and d."revision" > 0 and c."revision" is distinct from d."revision"
      and exists (select 1 from "Column" where "datasetId" = d."id" and "keyPart" is not null)
    order by d."number" limit 100`;
  for (const { id: datasetId } of waiting) {
    if ((await jobsOf('current', { datasetId })).live) continue;
    await db().$transaction((tx) => enqueue(tx, 'current', { datasetId }));
  }
}
