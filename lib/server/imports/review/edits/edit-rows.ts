import { isDeepStrictEqual } from 'node:util';
import { hasKey } from '@/lib/server/datasets/key';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { findOwnImport } from '@/lib/server/imports/find-import';
import { storableRejection } from '@/lib/server/imports/rejections/storable-rejection';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { ownColumns } from '@/lib/shared/schema/own-columns';
import type { CellEdit, EditableRow, Edited } from '@/lib/shared/schema/review';
import { rejectRepeated } from '../reject-repeated';
import { validationOf } from '../validation-of';
import { type EditedRow, editableRow, readEditableRows } from './editable-rows';
import { isCanonical, isStaged, revalidateEdited, storedValues, type Validation } from './revalidate-edited';

/** Rows that are told about: as many as a page shows. */
const rowsTold = 500;
/** Of an edit. */
const longestValue = 10_000;
const rowsReplaced = 20_000;
/** Prisma holds what it writes in several forms at once: 10,000 rows at once ended a web server with 144 MB of heap. */
const rowsAtATime = 100;
const transaction = { timeout: 60_000, maxWait: 10_000 };

/**
 * Changes cells of rejected rows of an import in REVIEW. A row whose cells are all good is staged in the same moment;
 * one that was corrected before can be edited on, or back to what it was.
 * @param change which cells are to be what, once it is known how they are; rows that are not rejected are left out
 * @throws AppError `conflict` when the import does not wait in REVIEW, `bad-request` for a column that there is not
 */
export async function editRows(
  id: string,
  wanted: { rows: number[] } | { column: string },
  change: (row: { row: number; cell: (column: string) => string }) => Omit<CellEdit, 'row'>[],
  user: User,
): Promise<Edited> {
  const found = await findOwnImport(id, user);
  return db().$transaction(async (tx) => {
    // One edit at a time, and none beside a job that was begun meanwhile.
    await tx.$queryRaw`select 1 from "Import" where "id" = ${found.id} for update`;
    const it = await tx.import.findUniqueOrThrow({ where: { id: found.id } });
    if (it.status !== 'REVIEW')
      throw new AppError('conflict', 'This import is not waiting for review any more. Reload the page.');
    const validation = validationOf(it);
    const numbers = 'rows' in wanted ? wanted.rows : await rejectedNumbers(tx, it.id);
    const undo: CellEdit[] = [];
    const told: EditableRow[] = [];
    let changed = 0;
    for (let at = 0; at < numbers.length; at += rowsAtATime) {
      const rows = await readEditableRows(tx, it.id, numbers.slice(at, at + rowsAtATime));
      const edited: EditedRow[] = [];
      const wasValid = new Set<number>();
      for (const row of rows) {
        const { rowNumber } = row.original;
        const changes = change({
          row: rowNumber,
          cell: (column) => row.cells[placeOf(validation, column)] ?? '',
        });
        const next = [...row.cells];
        // A row that is too short is whole once somebody fills in a cell of it.
        while (changes.length > 0 && next.length < validation.width) next.push('');
        for (const { column, value } of changes) {
          if (isSurplus(validation, column)) {
            // As in the file: what is left there stays as it was.
            const more = value === '' ? [] : row.original.cells.slice(validation.width);
            const before = next.splice(validation.width, next.length, ...more);
            if (isDeepStrictEqual(before, more)) continue;
            const restores = before.length === 0 ? '' : before.join(' | ').slice(0, longestValue) || ' ';
            undo.push({ row: rowNumber, column, value: restores });
            continue;
          }
          const place = placeOf(validation, column);
          if ((next[place] ?? '') === value) continue;
          undo.push({ row: rowNumber, column, value: next[place] ?? '' });
          next[place] = value;
        }
        if (isDeepStrictEqual(next, row.cells)) continue;
        if (row.reasons.length === 0) wasValid.add(rowNumber);
        edited.push(revalidated(validation, row.original, next));
      }
      await rejectRepeated(tx, it, validation.mapping, edited);
      await store(tx, it, validation, edited, wasValid);
      changed += edited.length;
      const room = rowsTold - told.length;
      told.push(...edited.slice(0, room).map((row) => editableRow(validation, row)));
    }
    return { rows: told, undo, changed };
  }, transaction);
}

/** Whether an edit means what a row has beyond the last column: unless a column is called like that. */
function isSurplus({ mapping }: Validation, column: string): boolean {
  return column === ownColumns.rest && !mapping.some(({ name }) => name === column);
}

function placeOf({ mapping }: Validation, column: string): number {
  const found = mapping.find(({ name }) => name === column);
  if (!found) throw new AppError('bad-request', `This import has no column “${column}”.`);
  return found.index;
}

/** All rejected rows that the database keeps. Of a replacement in a whole column only what is still wrong is meant. */
async function rejectedNumbers(tx: Transaction, importId: number): Promise<number[]> {
  const found = await tx.rejection.findMany({
    where: { importId },
    orderBy: { rowNumber: 'asc' },
    select: { rowNumber: true },
    take: rowsReplaced,
  });
  return found.map(({ rowNumber }) => rowNumber);
}

function revalidated(
  validation: Validation & { width: number },
  original: RejectedRow,
  cells: string[],
): EditedRow {
  // Back to what it was, but for the cells that it lacked.
  const asItWas = [...original.cells];
  while (asItWas.length < validation.width) asItWas.push('');
  if (isDeepStrictEqual(cells, asItWas))
    return { original, cells: original.cells, reasons: original.reasons, values: [] };
  const outcome = revalidateEdited(validation, original, cells);
  return 'rejected' in outcome
    ? { original, cells, reasons: outcome.rejected.reasons, values: [] }
    : { original, cells, reasons: [], values: outcome.values };
}

async function store(
  tx: Transaction,
  it: Import,
  validation: Validation,
  edited: EditedRow[],
  wasValid: Set<number>,
): Promise<void> {
  if (edited.length === 0) return;
  const importId = it.id;
  const where = { importId, rowNumber: { in: edited.map(({ original }) => original.rowNumber) } };
  await tx.rejection.deleteMany({ where });
  await tx.rejectionEdit.deleteMany({ where });
  await tx.row.deleteMany({ where });
  const staged = edited.flatMap(({ original, reasons, values }) => {
    const { rowNumber } = original;
    if (reasons.length === 0) return [{ importId, rowNumber, values: jsonValue(values) }];
    // Rejected for its key alone: it stays staged, as it was.
    return isStaged(original)
      ? [{ importId, rowNumber, values: jsonValue(storedValues(validation.mapping, original.cells)) }]
      : [];
  });
  await tx.row.createMany({ data: staged });
  const rejected = edited.filter(({ reasons }) => reasons.length > 0);
  await tx.rejection.createMany({
    data: rejected.map(({ original, cells, reasons }) => {
      // The cells of a row that was valid by itself are what was stored, and stay that.
      const kept = isCanonical(original) ? original.cells : cells;
      return { importId, ...storableRejection({ rowNumber: original.rowNumber, cells: kept, reasons }) };
    }),
  });
  await tx.rejectionEdit.createMany({
    data: edited
      .filter(({ original, cells }) => cells !== original.cells)
      .map(({ original, cells, reasons }) => ({
        importId,
        rowNumber: original.rowNumber,
        cells: jsonValue(original.cells),
        reasons: jsonValue(original.reasons),
        edited: jsonValue(cells),
        valid: reasons.length === 0,
      })),
  });
  const keyed = it.datasetId !== null && (await hasKey(tx, it.datasetId));
  const accepted = edited.filter(({ reasons }) => reasons.length === 0).length - wasValid.size;
  await tx.import.update({
    where: { id: importId },
    data: {
      reviewedAt: new Date(),
      rowsRejected: { decrement: accepted },
      rowsStored: { increment: accepted },
      // Into a dataset with a key they may update rows: that is found out when they are decided on again.
      rowsInserted: { increment: accepted },
      toDecide: it.toDecide || keyed,
    },
  });
}
