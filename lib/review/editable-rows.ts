import { z } from 'zod';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { findOwnImport } from '../imports/find-import';
import { type MappedColumn, storedMapping } from '../imports/stored';
import { afterRow } from '../rejections/list-rejections';
import { rejectedRow } from '../rejections/read-rejections';
import type { EditablePage, EditableRow } from './contract';

/** A longer cell is corrected in the file. */
const longest = 10_000;

export const editableQuery = z.object({
  after: afterRow,
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Rejected rows that can be edited, with the cells of the columns that go in. They are the person's own file. */
export async function listEditableRows(
  id: string,
  page: z.output<typeof editableQuery>,
  user: User,
): Promise<EditablePage> {
  const it = await findOwnImport(id, user);
  const mapping = it.mapping === null ? [] : storedMapping.parse(it.mapping);
  const found = await db().rejection.findMany({
    where: { importId: it.id, rowNumber: { gt: page.after } },
    orderBy: { rowNumber: 'asc' },
    take: page.limit,
  });
  return {
    columns: mapping.map(({ name }) => name),
    rows: found.map((row) => {
      const { cells, reasons } = rejectedRow(row);
      return editableRow(mapping, { original: { rowNumber: row.rowNumber }, cells, reasons });
    }),
    next: found.length < page.limit ? null : (found.at(-1)?.rowNumber ?? null),
  };
}

/** A row as the table shows it. */
export function editableRow(
  mapping: MappedColumn[],
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
    valid: row.reasons.length === 0,
    faults: row.reasons.map(({ column, reason }) => ({ column, reason })),
  };
}
