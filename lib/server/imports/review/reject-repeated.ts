import type { Transaction } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { MappedColumn } from '@/lib/shared/schema/stored-import';
import type { EditedRow } from './edits/editable-rows';

/** Above so many staged rows a value that is there twice is found when the import is published, and not before. */
const rowsSearched = 200_000;

/** Rejects edited rows with a value that another row has already, in columns where it may be there only once. */
export async function rejectRepeated(
  tx: Transaction,
  it: Import,
  mapping: MappedColumn[],
  edited: EditedRow[],
): Promise<void> {
  for (const { name, slot } of mapping.filter(({ rules }) => rules?.unique)) {
    const valid = edited.filter(({ reasons, values }) => reasons.length === 0 && values[slot]);
    const wanted = [...new Set(valid.map(({ values }) => values[slot] ?? ''))];
    const numbers = valid.map(({ original }) => original.rowNumber);
    const there =
      wanted.length === 0 || it.rowsStored > rowsSearched
        ? []
        : await tx.$queryRaw<{ value: string; row: number }[]>`
            select values->>${slot}::int as value, min("rowNumber") as row from "Row"
            where "importId" = ${it.id} and values->>${slot}::int = any(${wanted}::text[])
              and not "rowNumber" = any(${numbers}::int[]) group by 1`;
    const taken = new Map(there.map(({ value, row }) => [value, row]));
    for (const row of valid) {
      const value = row.values[slot] ?? '';
      const first = taken.get(value);
      if (first === undefined) {
        taken.set(value, row.original.rowNumber);
        continue;
      }
      row.reasons = [
        {
          column: name,
          value: value.slice(0, 200),
          code: 'repeated',
          reason: `Row ${first} has this value already and it may be there only once. Correct one of them.`,
        },
      ];
    }
  }
}
