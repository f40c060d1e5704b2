import { isDeepStrictEqual } from 'node:util';
import { recordEvent } from '@/lib/server/audit/record-event';
import { assertRulesFit } from '@/lib/server/datasets/columns/assert-rules';
import { datasetsWith } from '@/lib/server/datasets/rights';
import { refuseApiToken } from '@/lib/server/identity/auth/refuse-api-token';
import { currentView, findOwnImport } from '@/lib/server/imports/find-import';
import type { FoundImport } from '@/lib/server/imports/view';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { applyFix, type ColumnFix } from '@/lib/shared/columns/apply-fix';
import { columnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { type MappedColumn, storedMapping } from '@/lib/shared/schema/import/stored-import';
import { changesDataset } from '@/lib/shared/schema/review/describe-fix';
import type { Fix } from '@/lib/shared/schema/review/fix';
import type { ColumnBefore, StoredAmendment } from '@/lib/shared/schema/review/stored-review';
import { leaveReview } from '../leave-review';
import { rereads } from './rereads';

/**
 * Changes how the file of an import in REVIEW is read, or what its columns take, and has a job look again: at the
 * rejected rows where that is enough, or at the whole file. Then it waits for the person again.
 * @throws AppError `conflict` when it does not wait in REVIEW, `bad-request` for a fix that cannot be, `forbidden` for
 *   one that changes a dataset which the person does not manage, or by an API token
 */
export async function fixImport(id: string, fixes: Fix[], user: User): Promise<ImportView> {
  const record = await findOwnImport(id, user);
  if (fixes.some(changesDataset)) await assertDatasetRight(record, user);
  await db().$transaction(async (tx) => {
    if (fixes.some(changesDataset)) await lockColumns(tx, record);
    await tx.$queryRaw`select 1 from "Import" where "id" = ${record.id} for update`;
    const now = await tx.import.findUniqueOrThrow({ where: { id: record.id } });
    let mapping = now.mapping === null ? [] : storedMapping.parse(now.mapping);
    let again = false;
    const at = new Date().toISOString();
    const amendments: StoredAmendment[] = [];
    const made = (fix: Fix, before?: ColumnBefore) =>
      amendments.push({ at, by: user.name, what: { kind: 'FIX', fix }, ...(before ? { before } : {}) });
    for (const fix of fixes) {
      if (fix.kind === 'PAD_SHORT_ROWS') {
        made(fix);
        continue;
      }
      const before = columnOf(mapping, fix.column);
      const after = applyFix(before, fix);
      assertRulesFit(after);
      again ||= rereads(before, fix);
      mapping = mapping.map((column) => (column === before ? after : column));
      made(fix, {
        ...before,
        dataset: changesDataset(fix) ? await changeColumn(tx, record, before, fix, user) : null,
      });
    }
    const pad = fixes.some(({ kind }) => kind === 'PAD_SHORT_ROWS');
    const amend = (earlier: StoredAmendment[]) => [...earlier, ...amendments];
    await leaveReview(tx, now, again ? 'REREAD' : 'RECHECK', amend, {
      mapping: jsonValue(mapping),
      ...(pad ? { options: { shortRows: 'pad' } } : {}),
    });
    const { publicId, dataset } = record;
    await recordEvent(tx, { kind: 'IMPORT_CORRECTED', by: user, on: { id: publicId }, dataset });
  });
  return currentView(record);
}

function columnOf(mapping: MappedColumn[], name: string): MappedColumn {
  const found = mapping.find((column) => column.name === name);
  if (!found) throw new AppError('bad-request', `This import has no column “${name}”.`);
  return found;
}

/** @throws AppError `forbidden` unless the person manages the import's dataset, and is signed in */
export async function assertDatasetRight(
  { datasetId }: FoundImport,
  user: User,
  tx: Transaction = db(),
): Promise<void> {
  refuseApiToken();
  const where = { id: datasetId ?? '', ...datasetsWith('MANAGE', user) };
  if (datasetId && (await tx.dataset.count({ where })) > 0) return;
  throw new AppError(
    'forbidden',
    'This changes the columns of a dataset that you do not manage. Correct the rows, or ask who manages it.',
  );
}

/**
 * Does to the dataset's column what the fix says, and no more: the import has a copy of it from when it was started,
 * and somebody may have changed its rules since.
 * @returns the column as it was
 * @throws AppError `conflict` for another type of a column that has values of other imports; `bad-request` for rules
 *   that cannot be beside those of now
 */
async function changeColumn(
  tx: Transaction,
  { dataset, datasetId }: FoundImport,
  { slot, name }: MappedColumn,
  fix: ColumnFix,
  user: User,
): Promise<ColumnBefore['dataset']> {
  if (fix.kind === 'TEXT') await assertTypeMayChange(tx, datasetId ?? '', name);
  const found = await currentColumn(tx, datasetId, slot);
  if (!found) return null;
  const { id, before } = found;
  const after = applyToDataset(before, fix);
  if (isDeepStrictEqual(before, after)) return before;
  assertRulesFit({ name, ...after });
  await tx.column.update({
    where: { id },
    data: { type: after.type, ...(after.rules ? { rules: jsonValue(after.rules) } : {}) },
  });
  const facts = { changed: fix.kind === 'TEXT' ? 'type' : 'rules' };
  await recordEvent(tx, { kind: 'COLUMN_CHANGED', by: user, on: { id }, dataset, facts });
  return before;
}

/**
 * Nobody else changes the dataset's columns until the transaction ends: `PUT columns` takes the same lock. It comes before
 * that of the import, as everywhere.
 */
export async function lockColumns(tx: Transaction, { datasetId }: FoundImport): Promise<void> {
  if (datasetId) await tx.$queryRaw`select 1 from "Dataset" where id = ${datasetId}::uuid for update`;
}

/** The dataset's column as it is now. */
export async function currentColumn(
  tx: Transaction,
  datasetId: string | null,
  slot: number,
): Promise<{ id: string; name: string; before: NonNullable<ColumnBefore['dataset']> } | null> {
  if (!datasetId) return null;
  const column = await tx.column.findUnique({ where: { datasetId_slot: { datasetId, slot } } });
  if (!column) return null;
  const { id, name, type } = column;
  return { id, name, before: { type, rules: columnRules.nullable().parse(column.rules) } };
}

/** What the fix makes of a dataset's column, which may have changed since the import took a copy of it. */
function applyToDataset(
  before: NonNullable<ColumnBefore['dataset']>,
  fix: ColumnFix,
): NonNullable<ColumnBefore['dataset']> {
  // Where every value is allowed by now, a list of one would allow less.
  if (fix.kind === 'ALLOW' && !before.rules?.allowed) return before;
  const column = { index: 0, slot: 0, name: fix.column, dateOrder: null, decimalSign: null, ...before };
  const { type, rules } = applyFix(column, fix);
  return { type, rules: rules ?? null };
}

/** @throws AppError `conflict` when other imports than the one in review have filled columns of the dataset */
export async function assertTypeMayChange(tx: Transaction, datasetId: string, name: string): Promise<void> {
  const others = await tx.import.count({
    where: {
      datasetId,
      status: { in: ['QUEUED', 'STAGING', 'REVIEW', 'PUBLISHING', 'COMPLETED', 'UNDONE'] },
    },
  });
  if (others > 1)
    throw new AppError(
      'conflict',
      `Other imports have filled “${name}” already, so its type stays. Correct the values, or import the file into another dataset.`,
    );
}
