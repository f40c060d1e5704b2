import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { chunksOf } from '@/lib/server/imports/rejections/chunks';
import { isUnchanged, unescapeFormula } from '@/lib/server/imports/rejections/correction-file';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { EncodePlan } from '../stage/plan';
import { revalidateChunk, revalidateKept } from './revalidate-kept';

/** A row of a corrected file. */
export interface Correction {
  row: number;
  /** By position in the import's file; undefined: the corrected file lacks the column. */
  cells: (string | undefined)[];
  /** What it has beyond the last column. */
  rest: string;
}

/** Rejections looked for in one statement; each may have a megabyte. */
const rowsAtATime = 500;

/**
 * Puts corrected rows in the place of rejected ones.
 * @returns the numbers of those that are not rejected, which are left alone
 */
export async function applyCorrections(
  record: Import,
  plan: EncodePlan,
  corrections: Correction[],
): Promise<number[]> {
  const byRow = new Map(corrections.map((correction) => [correction.row, correction]));
  const cellsOf = (row: RejectedRow) => {
    const correction = byRow.get(row.rowNumber);
    return correction ? editedCells(row, correction, plan.width) : null;
  };
  const found = new Set<number>();
  const rows = [...byRow.keys()].sort((a, b) => a - b);
  for (let i = 0; i < rows.length; i += rowsAtATime) {
    const where = { importId: record.id, rowNumber: { in: rows.slice(i, i + rowsAtATime) } };
    const kept = (await db().rejection.findMany({ where })).map(rejectedRow);
    for (const { rowNumber } of kept) found.add(rowNumber);
    await revalidateKept(record, plan, kept, cellsOf);
  }
  const others = rows.filter((row) => !found.has(row));
  if (others.length === 0) return [];
  const chunks = await chunksOf(record.id);
  for (const chunk of chunks) {
    // Objects overlap: some have rows that the reader found, others those that the database did.
    if (others.some((row) => row >= chunk.firstRow && row <= chunk.lastRow))
      for (const row of await revalidateChunk(record, plan, chunk, cellsOf)) found.add(row);
  }
  return others.filter((row) => !found.has(row));
}

/** The row as it came back; null when nobody changed it, so that a row which is too short is not filled up unasked. */
function editedCells(row: RejectedRow, { cells, rest }: Correction, width: number): string[] | null {
  let changed = false;
  const edited = Array.from({ length: width }, (_, i) => {
    const original = row.cells[i] ?? '';
    const cell = cells[i];
    if (cell === undefined || isUnchanged(original, cell)) return original;
    changed = true;
    return unescapeFormula(cell);
  });
  const beyond = row.cells.slice(width);
  // Of stored values, those of columns that were added: they are not given out.
  if (row.cellsForm === 'CANONICAL') edited.push(...beyond);
  else if (beyond.some((cell) => cell !== '')) {
    // Kept while the person leaves it there: the row still has too many cells.
    if (rest.trim() !== '') edited.push(...beyond);
    else changed = true;
  }
  return changed ? edited : null;
}
