import { recordEvent } from '../../audit/record-event';
import type { User } from '../../auth/require-user';
import { refuseRules } from '../../columns/refuse-rules';
import { columnRules } from '../../columns/rules';
import { datasetsWith } from '../../datasets/rights';
import { db, type Transaction } from '../../db/client';
import { jsonValue } from '../../db/json';
import { AppError } from '../../errors';
import type { ImportView } from '../../imports/contract';
import { currentView, findOwnImport } from '../../imports/find-import';
import { type MappedColumn, storedMapping } from '../../imports/stored';
import type { FoundImport } from '../../imports/view';
import type { Fix } from '../contract';
import { leaveReview } from '../leave-review';
import type { StoredAmendment } from '../stored';
import { applyFix, rereads } from './apply-fix';
import { changesDataset } from './describe-fix';
import type { ColumnBefore } from './take-back-fix';

/**
 * Changes how the file of an import in REVIEW is read, or what its columns take, and has a job look again: at the
 * rejected rows where that is enough, or at the whole file. Then it waits for the person again.
 * @throws AppError `conflict` when it does not wait in REVIEW, `bad-request` for a fix that cannot be, `forbidden` for
 *   one that changes a dataset which the person does not manage
 */
export async function fixImport(id: string, fixes: Fix[], user: User): Promise<ImportView> {
  const it = await findOwnImport(id, user);
  if (fixes.some(changesDataset)) await refuseForeignDataset(it, user);
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from "Import" where "id" = ${it.id} for update`;
    const now = await tx.import.findUniqueOrThrow({ where: { id: it.id } });
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
      refuseRules(after);
      again ||= rereads(before, fix);
      mapping = mapping.map((column) => (column === before ? after : column));
      made(fix, { ...before, dataset: changesDataset(fix) ? await datasetColumn(tx, it, before) : null });
      if (changesDataset(fix)) await changeColumn(tx, it, after, fix, user);
    }
    const pad = fixes.some(({ kind }) => kind === 'PAD_SHORT_ROWS');
    await leaveReview(tx, now, again ? null : { kind: 'CHECK_AGAIN' }, amendments, {
      mapping: jsonValue(mapping),
      ...(pad ? { options: { shortRows: 'pad' } } : {}),
    });
    const { publicId, dataset } = it;
    await recordEvent(tx, { kind: 'IMPORT_CORRECTED', by: user, on: { id: publicId }, dataset });
  });
  return currentView(it);
}

function columnOf(mapping: MappedColumn[], name: string): MappedColumn {
  const found = mapping.find((column) => column.name === name);
  if (!found) throw new AppError('bad-request', `This import has no column “${name}”.`);
  return found;
}

/** What the dataset's column is before a fix changes it. */
async function datasetColumn(
  tx: Transaction,
  { datasetId }: FoundImport,
  { slot }: MappedColumn,
): Promise<ColumnBefore['dataset']> {
  const column = await tx.column.findUnique({
    where: { datasetId_slot: { datasetId: datasetId ?? '', slot } },
    select: { type: true, rules: true },
  });
  return column && { type: column.type, rules: columnRules.nullable().parse(column.rules) };
}

/** @throws AppError `forbidden` unless the person manages the import's dataset */
export async function refuseForeignDataset({ datasetId }: FoundImport, user: User): Promise<void> {
  const where = { id: datasetId ?? '', ...datasetsWith('MANAGE', user) };
  if (datasetId && (await db().dataset.count({ where })) > 0) return;
  throw new AppError(
    'forbidden',
    'This changes the columns of a dataset that you do not manage. Correct the rows, or ask who manages it.',
  );
}

/** @throws AppError `conflict` for another type of a column that has values of other imports */
async function changeColumn(
  tx: Transaction,
  { dataset }: FoundImport,
  { slot, name, rules, type }: MappedColumn,
  fix: Fix,
  user: User,
): Promise<void> {
  const datasetId = dataset?.id ?? '';
  if (fix.kind === 'TEXT') await assertTypeMayChange(tx, datasetId, name);
  const { id } = await tx.column.update({
    where: { datasetId_slot: { datasetId, slot } },
    data: { type, ...(rules ? { rules: jsonValue(rules) } : {}) },
  });
  const facts = { changed: fix.kind === 'TEXT' ? 'type' : 'rules' };
  await recordEvent(tx, { kind: 'COLUMN_CHANGED', by: user, on: { id }, dataset, facts });
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
