import { isDeepStrictEqual } from 'node:util';
import { hasKey } from '@/lib/server/datasets/key';
import { createManyWriter } from '@/lib/server/datasets/rows/create-many-writer';
import { deleteRows } from '@/lib/server/datasets/rows/delete-rows';
import { rowTarget } from '@/lib/server/datasets/rows/row-target';
import { type RejectedRow, writeRows } from '@/lib/server/datasets/rows/row-writer';
import { tableOfImport } from '@/lib/server/datasets/storage/dataset-table';
import { assertMoved } from '@/lib/server/datasets/storage/move/assert-moved';
import { findOwnImport } from '@/lib/server/imports/find-import';
import { storableRejection } from '@/lib/server/imports/rejections/storable-rejection';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { ownColumns } from '@/lib/shared/schema/file/own-columns';
import { storedInspection } from '@/lib/shared/schema/import/stored-import';
import type { CellEdit, EditableRow, Edited } from '@/lib/shared/schema/review/edit';
import { rejectRepeated } from '../reject-repeated';
import {
  keptRejection,
  type RevalidatedRow,
  revalidateRows,
  storedValues,
  type Validation,
} from '../revalidate-rows';
import { validationOf } from '../validation-of';
import { type EditableColumn, editableColumns } from './editable-columns';
import { editableRow, readEditableRows } from './editable-rows';

/** Rows that are told about: as many as a page shows. */
const rowsTold = 500;
/** Of an edit. */
const longestValue = 10_000;
const rowsReplaced = 20_000;
/** Prisma holds what it writes in several forms at once: 10,000 rows at once ended a web server with 144 MB of heap. */
const rowsAtATime = 100;
const transaction = { timeout: 60_000, maxWait: 10_000 };

/** The columns in which rows are edited, and the cells that a full row has. */
interface Table {
  columns: EditableColumn[];
  width: number;
}

/** Which cells of a row are to be what, by what they are: null where a cell cannot be edited. */
type Change = (row: { row: number; cell: (column: string) => string | null }) => Omit<CellEdit, 'row'>[];

/**
 * Changes cells of rejected rows of an import in REVIEW. A row whose cells are all good is staged in the same moment;
 * one that was corrected before can be edited on, or back to what it was.
 * @param change which cells are to be what, once it is known how they are; rows that are not rejected are left out
 * @throws AppError `conflict` when the import does not wait in REVIEW, `bad-request` for a column that there is not,
 *   `unavailable` while the rows of its dataset are being moved to a table of its own
 */
export async function editRows(
  id: string,
  wanted: { rows: number[] } | { column: string },
  change: Change,
  user: User,
): Promise<Edited> {
  const found = await findOwnImport(id, user);
  return db().$transaction(async (tx) => {
    // One edit at a time, and none beside a job that was begun meanwhile.
    await tx.$queryRaw`select 1 from "Import" where "id" = ${found.id} for update`;
    const record = await tx.import.findUniqueOrThrow({ where: { id: found.id } });
    if (record.status !== 'REVIEW')
      throw new AppError('conflict', 'This import is not waiting for review any more. Reload the page.');
    await assertMoved(tx, record.id);
    const validation = validationOf(record);
    const columns = editableColumns(validation.mapping, storedInspection.parse(record.inspection));
    const table = { columns, width: validation.width };
    const numbers = 'rows' in wanted ? wanted.rows : await rejectedNumbers(tx, record.id);
    const undo: CellEdit[] = [];
    const told: EditableRow[] = [];
    let changed = 0;
    for (let at = 0; at < numbers.length; at += rowsAtATime) {
      const rows = await readEditableRows(tx, record.id, numbers.slice(at, at + rowsAtATime));
      const changedRows: { original: RejectedRow; edited: string[] }[] = [];
      const wasValid = new Set<number>();
      for (const row of rows) {
        const next = changedCells(table, row, change, undo);
        if (isDeepStrictEqual(next, row.cells)) continue;
        if (row.reasons.length === 0) wasValid.add(row.original.rowNumber);
        changedRows.push({ original: row.original, edited: next });
      }
      const edited = revalidateRows(validation, changedRows);
      await rejectRepeated(tx, record, validation.mapping, edited);
      await store(tx, record, validation, edited, wasValid);
      changed += edited.length;
      const room = rowsTold - told.length;
      told.push(...edited.slice(0, room).map((row) => editableRow(table, row)));
    }
    return { rows: told, undo, changed };
  }, transaction);
}

/** The cells of a row with what is to be changed of them; how that is taken back is added to `undo`. */
function changedCells(
  table: Table,
  { original, cells }: RevalidatedRow,
  change: Change,
  undo: CellEdit[],
): string[] {
  const row = original.rowNumber;
  const { width } = table;
  const changes = change({
    row,
    cell: (column) => {
      const { index, forms } = columnIn(table, column);
      return forms.includes(original.cellsForm) ? (cells[index] ?? '') : null;
    },
  });
  const next = [...cells];
  // A row that is too short is whole once somebody fills in a cell of it.
  while (changes.length > 0 && next.length < width) next.push('');
  for (const { column, value } of changes) {
    if (isSurplus(table, column)) {
      // As in the file: what is left there stays as it was.
      const more = value === '' ? [] : original.cells.slice(width);
      const before = next.splice(width, next.length, ...more);
      if (isDeepStrictEqual(before, more)) continue;
      const restores = before.length === 0 ? '' : before.join(' | ').slice(0, longestValue) || ' ';
      undo.push({ row, column, value: restores });
      continue;
    }
    const place = placeIn(table, original, column);
    if ((next[place] ?? '') === value) continue;
    undo.push({ row, column, value: next[place] ?? '' });
    next[place] = value;
  }
  return next;
}

/** Whether an edit means what a row has beyond the last column: unless a column is called like that. */
function isSurplus({ columns }: Table, column: string): boolean {
  return column === ownColumns.rest && !columns.some(({ name }) => name === column);
}

function columnIn({ columns }: Table, column: string): EditableColumn {
  const found = columns.find(({ name }) => name === column);
  if (!found) throw new AppError('bad-request', `This import has no column “${column}”.`);
  return found;
}

function placeIn(table: Table, { cellsForm }: RejectedRow, column: string): number {
  const { index, forms } = columnIn(table, column);
  if (forms.includes(cellsForm)) return index;
  throw new AppError(
    'bad-request',
    cellsForm === 'RAW'
      ? `“${column}” is made of other columns in this import: change those.`
      : `Of this row only what was stored is known: change the columns that “${column}” is a part of.`,
  );
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

/** Puts the rows that are valid now into the dataset's table, in place of what they were there. */
async function stage(
  tx: Transaction,
  { id: importId }: Import,
  { mapping }: Validation,
  edited: RevalidatedRow[],
): Promise<void> {
  const table = await tableOfImport(tx, importId);
  if (!table) throw new Error(`Import ${importId} has no dataset.`);
  const target = rowTarget(importId, table, mapping);
  await deleteRows(
    tx,
    target,
    edited.map(({ original }) => original.rowNumber),
  );
  const rows = createManyWriter.buffer(target);
  let stored = 0;
  for (const { original, reasons, values } of edited) {
    // Rejected for its key alone: it stays staged, as it was.
    if (reasons.length > 0 && !original.staged) continue;
    rows.add(original.rowNumber, reasons.length === 0 ? values : storedValues(mapping, original.cells));
    stored++;
  }
  if (stored === 0) return;
  await writeRows(tx, { target, writer: createManyWriter }, async (segment) => {
    await segment.write(rows.take());
    return { stored };
  });
}

async function store(
  tx: Transaction,
  record: Import,
  validation: Validation,
  edited: RevalidatedRow[],
  wasValid: Set<number>,
): Promise<void> {
  if (edited.length === 0) return;
  const importId = record.id;
  const where = { importId, rowNumber: { in: edited.map(({ original }) => original.rowNumber) } };
  await tx.rejection.deleteMany({ where });
  await tx.rejectionEdit.deleteMany({ where });
  await stage(tx, record, validation, edited);
  const rejected = edited.filter(({ reasons }) => reasons.length > 0);
  await tx.rejection.createMany({
    data: rejected.map((row) => ({ importId, ...storableRejection(keptRejection(row)) })),
  });
  await tx.rejectionEdit.createMany({
    data: edited
      .filter(({ original, cells }) => cells !== original.cells)
      .map(({ original, cells, reasons }) => ({
        importId,
        rowNumber: original.rowNumber,
        cells: jsonValue(original.cells),
        cellsForm: original.cellsForm,
        staged: original.staged,
        reasons: jsonValue(original.reasons),
        edited: jsonValue(cells),
        valid: reasons.length === 0,
      })),
  });
  const keyed = record.datasetId !== null && (await hasKey(tx, record.datasetId));
  const accepted = edited.filter(({ reasons }) => reasons.length === 0).length - wasValid.size;
  await tx.import.update({
    where: { id: importId },
    data: {
      rowsRejected: { decrement: accepted },
      rowsStored: { increment: accepted },
      // Into a dataset with a key they may update rows: that is found out when they are decided on again.
      rowsInserted: { increment: accepted },
    },
  });
  await tx.review.update({
    where: { importId },
    data: { reviewedAt: new Date(), ...(keyed ? { needsResolving: true } : {}) },
  });
}
