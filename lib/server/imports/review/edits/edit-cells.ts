import type { z } from 'zod';
import type { User } from '@/lib/server/platform/user';
import type { CellEdit, Edited, replacementInput } from '@/lib/shared/schema/review/edit';
import { editRows } from './edit-rows';

/** Changes single cells of rejected rows. @throws as {@link editRows} */
export function editCells(id: string, edits: CellEdit[], user: User): Promise<Edited> {
  const byRow = new Map<number, CellEdit[]>();
  for (const edit of edits) byRow.set(edit.row, [...(byRow.get(edit.row) ?? []), edit]);
  return editRows(id, { rows: [...byRow.keys()] }, ({ row }) => byRow.get(row) ?? [], user);
}

/** Replaces a text in one column of all rejected rows that the database keeps. @throws as {@link editRows} */
export function replaceInColumn(
  id: string,
  { column, find, replace, whole }: z.output<typeof replacementInput>,
  user: User,
): Promise<Edited> {
  return editRows(
    id,
    { column },
    ({ cell }) => {
      const before = cell(column);
      if (before === null) return [];
      const value = whole ? (before === find ? replace : before) : before.replaceAll(find, () => replace);
      return value === before ? [] : [{ column, value }];
    },
    user,
  );
}
