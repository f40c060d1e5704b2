import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { rowTarget } from '@/lib/server/datasets/rows/row-target';
import type { CheckedMapping } from '@/lib/server/imports/checks/checked-columns';
import { validationOf } from '@/lib/server/imports/review/validation-of';
import type { Check, Import } from '@/lib/server/platform/db/generated/client';
import { unpackedQuota } from '@/lib/server/platform/limits/upload-quota';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { storedInspection } from '@/lib/shared/schema/import/stored-import';
import { columnNamesOf } from '../stage/column-names-of';
import { encodeFile } from '../stage/encode-file';
import { markFor } from '../stage/marking';
import type { EncodePlan } from '../stage/plan';
import { storedObject } from '../stage/stored-object';
import type { CheckTally } from './check-tally';
import { Pace } from './pace';

/** A check that goes on for longer ends with what it has found: a person does not look at it that long. */
const longestCheck = 5 * 60_000;

/**
 * What an import would do with the rows of its file. They are encoded as well, though nobody stores them: it is how the
 * import itself checks them.
 */
export function checkPlan(
  record: Pick<Import, 'id' | 'inspection'>,
  check: Pick<Check, 'options'>,
  mapping: CheckedMapping,
): EncodePlan {
  const { layout } = storedInspection.parse(record.inspection);
  const { inspection } = record;
  const validation = validationOf({ mapping, inspection, layout, options: check.options });
  return {
    target: rowTarget(record.id, { number: 0, isOwn: true }, mapping),
    writer: copyWriter,
    ...validation,
    columnNames: columnNamesOf(mapping),
    leftOut: new LeftOutSet(layout.leftOut ?? []),
  };
}

/**
 * Reads an import's file as the import will, and counts what would become of its rows.
 * @returns whether it came to the end of the file
 * @throws ImportFailure for a file that cannot be imported; errors of the source and of the signal pass through
 */
export async function checkFile(
  record: Import,
  plan: EncodePlan,
  tally: CheckTally,
  signal: AbortSignal,
): Promise<boolean> {
  const inspection = storedInspection.parse(record.inspection);
  const { object } = await storedObject(record);
  const source = { ...objectSource(object, signal), mostUnpacked: await unpackedQuota(record) };
  const { rows, leaves } = encodeFile(source, inspection.layout, plan, inspection, null);
  const stopMarking = markFor(leaves);
  const until = Date.now() + longestCheck;
  const pace = new Pace();
  try {
    for await (const batch of rows) {
      signal.throwIfAborted();
      tally.add(batch);
      batch.release();
      if (Date.now() > until) return false;
      await pace.giveWay(signal);
    }
    return true;
  } finally {
    stopMarking();
  }
}
