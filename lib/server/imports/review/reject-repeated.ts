import { canonicalCellSql } from '@/lib/server/datasets/storage/cell-sql';
import { tableOfImport } from '@/lib/server/datasets/storage/dataset-table';
import type { Transaction } from '@/lib/server/platform/db/client';
import { type Import, Prisma } from '@/lib/server/platform/db/generated/client';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import type { RevalidatedRow } from './revalidate-rows';

/** Above so many staged rows a value that is there twice is found when the import is published, and not before. */
const rowsSearched = 200_000;

/** Rejects edited rows with a value that another row has already, in columns where it may be there only once. */
export async function rejectRepeated(
  tx: Transaction,
  record: Import,
  mapping: MappedColumn[],
  edited: RevalidatedRow[],
): Promise<void> {
  const unique = mapping.filter(({ rules }) => rules?.unique);
  const table = unique.length > 0 ? await tableOfImport(tx, record.id) : null;
  if (!table) return;
  for (const { name, slot, type } of unique) {
    const valid = edited.filter(({ reasons, values }) => reasons.length === 0 && values[slot]);
    const wanted = [...new Set(valid.map(({ values }) => values[slot] ?? ''))];
    const numbers = valid.map(({ original }) => original.rowNumber);
    const there =
      wanted.length === 0 || record.rowsStored > rowsSearched
        ? []
        : await tx.$queryRaw<{ value: string; row: number }[]>`
            select value, min(row) as row from (
              select r."_row" as row, ${Prisma.raw(canonicalCellSql({ slot, type }, 'r'))} as value
              from ${Prisma.raw(table.rows)} r where r."_import" = ${record.id} offset 0
            ) cells
            where value = any(${wanted}::text[]) and not row = any(${numbers}::int[]) group by 1`;
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
          code: 'not-unique',
          reason: `Row ${first} has this value already and it may be there only once. Correct one of them.`,
        },
      ];
    }
  }
}
