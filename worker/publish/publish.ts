import { recordOutcome } from '@/lib/server/audit/record-outcome';
import { lockDataset, recordChange } from '@/lib/server/datasets/change-dataset';
import { wantLastingIndexes } from '@/lib/server/datasets/indexes/want-indexes';
import { keyOf } from '@/lib/server/datasets/key';
import { peakRssMb } from '@/lib/server/imports/progress/record';
import { type Attempt, transitionAsAttempt } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { type Import, Prisma, type Review } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { Fenced } from '@/lib/server/platform/errors';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { storedInspection, storedMapping } from '@/lib/shared/schema/import/stored-import';
import { type Replacement, storedReplacement } from '@/lib/shared/schema/review/stored-replacement';
import { countReplaced, type ReplacedDataset } from '@/worker/resolve/count-replaced';
import { rejectDuplicates } from '@/worker/resolve/reject-duplicates';
import { resolve } from '@/worker/resolve/resolve';
import { type Counted, countAdded, countRowChanges, rowTally } from './count';
import { enterReview, needsReview } from './enter-review';
import { refreshFigures } from './refresh-figures';

/**
 * Counts in Postgres what becomes of the staged rows, and makes it visible if the account balances. What takes long
 * comes first and is seen by nobody; publishing is one short transaction, whatever the size. An import that is to be
 * reviewed rests instead, with its account.
 *
 * Rows of a dataset with a key are decided on against one revision of it. If another import was published meanwhile,
 * or one was undone, they are decided on again: two imports at once end as if one had come after the other.
 * @throws ImportFailure RECEIPT_UNBALANCED, DATASET_GONE; Fenced
 */
export async function publish(run: Import): Promise<void> {
  await rejectDuplicates(run);
  for (;;) {
    const decided = await decide(run);
    const replaces = await whatItReplaces(decided);
    if (needsReview(decided.it, decided.counted) || replacesSomethingElse(decided.it, replaces))
      return enterReview(decided.it, decided.counted, replaces);
    // From here on it cannot be cancelled.
    if (decided.it.status === 'STAGING')
      await transitionAsAttempt(db(), decided.it, 'PUBLISHING', { task: 'PUBLISH' });
    if (!(await makeVisible(decided, replaces))) continue;
    const { number, key, id } = decided.dataset;
    await refreshFigures(number, key.length > 0, decided.counted.staged);
    return wantLastingIndexes(id);
  }
}

/** Of an import that replaces its dataset: for whoever reviews it, and for its receipt. */
async function whatItReplaces({ it: record, dataset, counted }: Decided): Promise<Replacement | null> {
  return record.mode === 'REPLACE' ? countReplaced(record, dataset, counted.inserted) : null;
}

/** Approved by its numbers, it would now do something else to the rows that are there. */
function replacesSomethingElse(record: Import, now: Replacement | null): boolean {
  if (record.replaces === null || now === null) return false;
  const approved = storedReplacement.parse(record.replaces);
  return (['removed', 'changed', 'kept'] as const).some((count) => approved[count] !== now[count]);
}

interface Decided {
  it: Import & { review: Review | null };
  dataset: ReplacedDataset;
  counted: Counted;
  /** That of the dataset for which the account holds; null where it holds for every one. */
  revision: number | null;
}

/** Decides what becomes of each row, as the dataset is now, and counts it. Nobody sees any of it. */
async function decide(run: Attempt): Promise<Decided> {
  const record = await db().import.findUniqueOrThrow({
    where: { id: run.id },
    include: { dataset: { include: { columns: true } }, review: true },
  });
  if (record.attempt !== run.attempt) throw new Fenced();
  if (!record.dataset) throw new ImportFailure('DATASET_GONE', 'The dataset was deleted meanwhile.');
  const { id, number, revision, columns } = record.dataset;
  const key = keyOf(columns);
  const counted =
    key.length > 0
      ? await countRowChanges(
          record.id,
          await resolve({
            id: record.id,
            attempt: record.attempt,
            mode: record.mode,
            duplicates: record.duplicates,
            mapping: storedMapping.parse(record.mapping),
            read: record.rowsRead,
            staged: record.rowsStored,
            width: storedInspection.parse(record.inspection).width,
            dataset: { id, number, revision, key, columns },
          }),
        )
      : await countAdded(record.id, number);
  assertBalanced(record, counted);
  return {
    it: record,
    dataset: { id, number, rows: record.dataset.rows, revision, key, columns },
    counted,
    // What was approved by its numbers holds for these alone.
    revision: key.length > 0 || record.replaces !== null ? revision : null,
  };
}

function assertBalanced({ rowsRead }: Import, { staged, ...account }: Counted): void {
  const { inserted, updated, unchanged, skipped, rejected } = account;
  if (rowsRead === account.read && rowsRead === inserted + updated + unchanged + skipped + rejected) return;
  throw new ImportFailure(
    'RECEIPT_UNBALANCED',
    `${rowsRead} rows were read, but the database holds ${staged} of them, of which ${inserted} would be inserted, ${updated} updated, ${unchanged} left as they are and ${skipped} skipped, and ${rejected} rejections. Nothing was made visible.`,
  );
}

/**
 * The one short transaction.
 * @returns false when the dataset changed since, and nothing was published
 */
function makeVisible(
  { it: record, dataset, counted, revision }: Decided,
  replaces: Replacement | null,
): Promise<boolean> {
  const datasetId = dataset.id;
  return db().$transaction(async (tx) => {
    const now = await lockDataset(tx, datasetId);
    if (revision !== null && now.revision !== revision) return false;
    const publishedRevision = now.revision + 1;
    // Without a key all rows go, also those that came since they were counted.
    const replaced = replaces && dataset.key.length === 0 ? { ...replaces, removed: now.rows } : replaces;
    await transitionAsAttempt(tx, record, 'COMPLETED', {
      publishedRevision,
      ...rowTally(counted),
      rowsRemoved: replaced?.removed ?? 0,
      replaces: replaced ? jsonValue(replaced) : Prisma.DbNull,
      finishedAt: new Date(),
      peakRssMb: peakRssMb(),
    });
    await recordChange(tx, {
      datasetId,
      revision: publishedRevision,
      rows: replaces ? counted.inserted : now.rows + counted.inserted,
      kind: 'PUBLISHED',
      importIds: [record.id],
      userId: record.userId,
    });
    await recordOutcome(tx, record.id);
    return true;
  });
}
