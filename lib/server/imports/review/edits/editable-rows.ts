import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { findOwnImport } from '@/lib/server/imports/find-import';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { largestInteger } from '@/lib/shared/largest-integer';
import type { EditablePage, EditableRow } from '@/lib/shared/schema/review';
import { type MappedColumn, storedInspection, storedMapping } from '@/lib/shared/schema/stored-import';

/** A longer cell is corrected in the file. */
const longest = 10_000;
/** Of what a row has beyond the last column. */
const moreShown = 20;
const moreCharacters = 200;
const storedCells = z.array(z.string());

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

/** A rejected row that was or is to be edited. */
export interface EditedRow {
  original: RejectedRow;
  /** Its cells now. */
  cells: string[];
  /** Why it is still rejected; empty: it is valid. */
  reasons: RejectedRow['reasons'];
  values: (string | null)[];
}

/**
 * Rows that can be edited, with the cells of the columns that go in: the rejected ones that the database keeps, and
 * those that are valid since they were edited, so that an edit moves no row to another place.
 */
export async function listEditableRows(
  id: string,
  { from, limit }: z.output<typeof editableQuery>,
  user: User,
): Promise<EditablePage> {
  const it = await findOwnImport(id, user);
  const mapping = it.mapping === null ? [] : storedMapping.parse(it.mapping);
  const width = it.inspection === null ? 0 : storedInspection.parse(it.inspection).width;
  const [page] = await db().$queryRaw<{ total: number; numbers: number[] }[]>`
    with it as materialized (
      select "rowNumber" from "Rejection" where "importId" = ${it.id}
      union
      select "rowNumber" from "RejectionEdit" e where "importId" = ${it.id}
        and exists (select 1 from "Row" r where r."importId" = e."importId" and r."rowNumber" = e."rowNumber")
    )
    select (select count(*)::int from it) as total,
      array(select "rowNumber" from it order by 1 offset ${from} limit ${limit}) as numbers`;
  const rows = await readEditableRows(db(), it.id, page?.numbers ?? []);
  return {
    columns: mapping.map(({ name }) => name),
    rows: rows.map((row) => editableRow({ mapping, width }, row)),
    total: page?.total ?? 0,
  };
}

/** Rows as they are now: those that are rejected, and those that were edited and are valid. In the order of the file. */
export async function readEditableRows(
  tx: Transaction,
  importId: number,
  numbers: number[],
): Promise<EditedRow[]> {
  const where = { importId, rowNumber: { in: numbers } };
  const rejected = await tx.rejection.findMany({ where });
  const edits = await tx.rejectionEdit.findMany({ where });
  const staged = await tx.row.findMany({
    where: { importId, rowNumber: { in: edits.map(({ rowNumber }) => rowNumber) } },
    select: { rowNumber: true },
  });
  const before = new Map(edits.map((edit) => [edit.rowNumber, edit]));
  const rows = rejected.map((row): EditedRow => {
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
  for (const { rowNumber } of staged) {
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
  { mapping, width }: { mapping: MappedColumn[]; width: number },
  row: {
    original: { rowNumber: number };
    cells: string[];
    reasons: { column: string | null; reason: string }[];
  },
): EditableRow {
  return {
    row: row.original.rowNumber,
    cells: mapping.map(({ index }) => {
      const cell = row.cells[index] ?? '';
      return cell.length > longest ? null : cell;
    }),
    more: row.cells.slice(width, width + moreShown).map((cell) => cell.slice(0, moreCharacters)),
    valid: row.reasons.length === 0,
    faults: row.reasons.map(({ column, reason }) => ({ column, reason })),
  };
}
