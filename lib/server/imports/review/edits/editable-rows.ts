import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { tableOfImport } from '@/lib/server/datasets/storage/dataset-table';
import { findOwnImport } from '@/lib/server/imports/find-import';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { largestInteger } from '@/lib/shared/largest-integer';
import { storedInspection, storedMapping } from '@/lib/shared/schema/import/stored-import';
import type { EditablePage, EditableRow } from '@/lib/shared/schema/review/edit';
import type { RevalidatedRow } from '../revalidate-rows';
import { type EditableColumn, editableColumns } from './editable-columns';

/** A longer cell is corrected in the file. */
const longest = 10_000;
/** Of what a row has beyond the last column. */
const moreShown = 20;
const moreCharacters = 200;
const storedCells = z.array(z.string());
const foundNumbers = z.array(z.object({ rowNumber: z.number() }));

export const editableQuery = z.object({
  from: z.coerce
    .number()
    .int()
    .min(0)
    .max(largestInteger)
    .default(0)
    .describe('How many rows come before the page.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/**
 * Rows that can be edited, with the cells of the columns that go in: the rejected ones that the database keeps, and
 * those that are valid since they were edited, so that an edit moves no row to another place.
 */
export async function listEditableRows(
  id: string,
  { from, limit }: z.output<typeof editableQuery>,
  user: User,
): Promise<EditablePage> {
  const record = await findOwnImport(id, user);
  const mapping = record.mapping === null ? [] : storedMapping.parse(record.mapping);
  const inspection = record.inspection === null ? null : storedInspection.parse(record.inspection);
  const columns = inspection ? editableColumns(mapping, inspection) : [];
  const numbers = await editableNumbers(record.id);
  const rows = await readEditableRows(db(), record.id, numbers.slice(from, from + limit));
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => editableRow({ columns, width: inspection?.width ?? 0 }, row)),
    total: numbers.length,
  };
}

/** The numbers of the rows that can be edited, in the order of the file. */
async function editableNumbers(importId: number): Promise<number[]> {
  const where = { importId };
  const select = { rowNumber: true };
  const rejected = await db().rejection.findMany({ where, select });
  const edited = await db().rejectionEdit.findMany({ where, select });
  const numbers = new Set(rejected.map(({ rowNumber }) => rowNumber));
  const others = edited.map(({ rowNumber }) => rowNumber).filter((number) => !numbers.has(number));
  for (const number of await stagedAmong(db(), importId, others)) numbers.add(number);
  return [...numbers].sort((a, b) => a - b);
}

/**
 * A table without a key is asked for each row by itself, which takes 0.25 ms among a million rows. All rows between two of
 * them take 150 ms at most.
 */
const rowsLookedUp = 500;

/** Those of some rows that are staged. */
async function stagedAmong(tx: Transaction, importId: number, numbers: number[]): Promise<number[]> {
  if (numbers.length === 0) return [];
  const table = await tableOfImport(tx, importId);
  if (!table) return [];
  const among =
    numbers.length <= rowsLookedUp
      ? '"rowNumber" = any ($2::int[])'
      : // Not by an index: it is no column.
        `"rowNumber" between ${Math.min(...numbers)} and ${Math.max(...numbers)} and "rowNumber" + 0 = any ($2::int[])`;
  const found = await tx.$queryRawUnsafe(
    `select "rowNumber" from ${table.canonical} where "importId" = $1::int and ${among}`,
    importId,
    numbers,
  );
  return foundNumbers.parse(found).map(({ rowNumber }) => rowNumber);
}

/** Rows as they are now: those that are rejected, and those that were edited and are valid. In the order of the file. */
export async function readEditableRows(
  tx: Transaction,
  importId: number,
  numbers: number[],
): Promise<RevalidatedRow[]> {
  const where = { importId, rowNumber: { in: numbers } };
  const rejected = await tx.rejection.findMany({ where });
  const edits = await tx.rejectionEdit.findMany({ where });
  const staged = await stagedAmong(
    tx,
    importId,
    edits.map(({ rowNumber }) => rowNumber),
  );
  const before = new Map(edits.map((edit) => [edit.rowNumber, edit]));
  const rows = rejected.map((row): RevalidatedRow => {
    const now = rejectedRow(row);
    const edit = before.get(row.rowNumber);
    before.delete(row.rowNumber);
    return {
      original: edit ? rejectedRow(edit) : now,
      cells: edit ? storedCells.parse(edit.edited) : now.cells,
      reasons: now.reasons,
      values: [],
    };
  });
  for (const rowNumber of staged) {
    const edit = before.get(rowNumber);
    if (edit)
      rows.push({
        original: rejectedRow(edit),
        cells: storedCells.parse(edit.edited),
        reasons: [],
        values: [],
      });
  }
  return rows.sort((a, b) => a.original.rowNumber - b.original.rowNumber);
}

/** A row as the table shows it. */
export function editableRow(
  { columns, width }: { columns: EditableColumn[]; width: number },
  row: {
    original: Pick<RejectedRow, 'rowNumber' | 'cellsForm'>;
    cells: string[];
    reasons: { column: string | null; reason: string }[];
  },
): EditableRow {
  const { cellsForm } = row.original;
  const beyond = cellsForm === 'RAW' ? row.cells.slice(width) : [];
  return {
    row: row.original.rowNumber,
    cells: columns.map(({ index, forms }) => {
      const cell = row.cells[index] ?? '';
      return cell.length > longest || !forms.includes(cellsForm) ? null : cell;
    }),
    more: beyond.slice(0, moreShown).map((cell) => cell.slice(0, moreCharacters)),
    valid: row.reasons.length === 0,
    faults: row.reasons.map(({ column, reason }) => ({ column, reason })),
  };
}
