import { recordEvent } from '@/lib/server/audit/record-event';
import { currentView, findOwnImport } from '@/lib/server/imports/find-import';
import type { FoundImport } from '@/lib/server/imports/view';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { ColumnFix } from '@/lib/shared/columns/apply-fix';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { storedMapping } from '@/lib/shared/schema/import/stored-import';
import type { ColumnBefore } from '@/lib/shared/schema/review/stored-review';
import { type StoredAmendment, storedAmendments } from '@/lib/shared/schema/review/stored-review';
import { leaveReview } from '../leave-review';
import { assertDatasetRight, assertTypeMayChange, currentColumn, lockColumns } from './fix-import';
import { takeBackFix } from './take-back-fix';

/**
 * Takes the last fixes of an import in REVIEW back: from how its file is read, and from the dataset's columns where they
 * changed those. The file is read again, since rows may be valid only by the fix. Then it waits for the person again.
 * @param at when the fixes were made, as their amendments say it
 * @throws AppError `conflict` when it does not wait in REVIEW, or other fixes came after these; `not-found` when there
 *   are none; `forbidden` for some that changed a dataset which the person does not manage
 */
export async function undoFix(id: string, at: string, user: User): Promise<ImportView> {
  const record = await findOwnImport(id, user);
  await db().$transaction(async (tx) => {
    await lockColumns(tx, record);
    await tx.$queryRaw`select 1 from "Import" where "id" = ${record.id} for update`;
    const now = await tx.import.findUniqueOrThrow({ where: { id: record.id }, include: { review: true } });
    if (now.status !== 'REVIEW')
      throw new AppError('conflict', 'This import is not waiting for review any more. Reload the page.');
    const amendments = storedAmendments.parse(now.review?.amendments ?? []);
    const wanted = lastFixes(amendments, at);
    if (wanted.some(({ before }) => before?.dataset)) await assertDatasetRight(record, user, tx);
    let mapping = now.mapping === null ? [] : storedMapping.parse(now.mapping);
    let options = now.options;
    for (const { what, before } of wanted.toReversed()) {
      if (what.kind !== 'FIX') continue;
      const { fix } = what;
      if (fix.kind === 'PAD_SHORT_ROWS') options = { shortRows: 'reject' };
      else if (before) {
        mapping = mapping.map((column) =>
          column.name === fix.column ? takeBackFix(column, fix, before) : column,
        );
        const slot = mapping.find(({ name }) => name === fix.column)?.slot;
        if (before.dataset && slot !== undefined)
          await takeBackFromDataset(tx, record, slot, fix, before, user);
      }
    }
    const undone = { at: new Date().toISOString(), by: user.name };
    const marked = amendments.map((amendment) =>
      wanted.includes(amendment) && amendment.what.kind === 'FIX'
        ? { ...amendment, what: { ...amendment.what, undone } }
        : amendment,
    );
    await leaveReview(tx, now, 'REREAD', () => marked, {
      mapping: jsonValue(mapping),
      ...(options === null ? {} : { options }),
    });
    const { publicId, dataset } = record;
    await recordEvent(tx, { kind: 'IMPORT_CORRECTED', by: user, on: { id: publicId }, dataset });
  });
  return currentView(record);
}

/** The fixes that were made at this moment, if no other came after them that still holds. */
function lastFixes(amendments: StoredAmendment[], at: string): StoredAmendment[] {
  const fixes = amendments.filter(({ what }) => what.kind === 'FIX');
  const wanted = fixes.filter((fix) => fix.at === at);
  if (wanted.length === 0) throw new AppError('not-found', 'This import has no such change.');
  const standing = fixes.filter(({ what }) => what.kind === 'FIX' && !what.undone);
  if (!wanted.every((fix) => standing.includes(fix)))
    throw new AppError('conflict', 'This change was undone already. Reload the page.');
  if (standing.at(-1)?.at !== at)
    throw new AppError('conflict', 'Another change was made after this one. Undo that one first.');
  if (wanted.some(({ what, before }) => what.kind === 'FIX' && what.fix.kind !== 'PAD_SHORT_ROWS' && !before))
    throw new AppError(
      'conflict',
      'This change was made before Sluice could undo changes. Cancel the import and import the file again.',
    );
  return wanted;
}

/** What the fix changed of the dataset's column, compared with what that is now. */
async function takeBackFromDataset(
  tx: Transaction,
  { dataset, datasetId }: FoundImport,
  slot: number,
  fix: ColumnFix,
  { dataset: before }: ColumnBefore,
  user: User,
): Promise<void> {
  const column = await currentColumn(tx, datasetId, slot);
  if (!column || !before) return;
  const now = column.before;
  // Where every value is allowed by now, a list is nothing to take a value out of.
  if (fix.kind === 'ALLOW' && !now.rules?.allowed) return;
  const { type, rules } = takeBackFix(now, fix, before);
  if (type !== now.type) await assertTypeMayChange(tx, dataset?.id ?? '', column.name);
  await tx.column.update({
    where: { id: column.id },
    data: { type, ...(rules ? { rules: jsonValue(rules) } : {}) },
  });
  const facts = { changed: fix.kind === 'TEXT' ? 'type' : 'rules' };
  await recordEvent(tx, { kind: 'COLUMN_CHANGED', by: user, on: { id: column.id }, dataset, facts });
}
