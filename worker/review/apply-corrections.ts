import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import {
  chunksOf,
  countChunk,
  RejectionLines,
  readChunk,
  writeChunk,
} from '@/lib/server/imports/rejections/chunks';
import { isUnchanged, unescapeFormula } from '@/lib/server/imports/rejections/correction-file';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { isStaged, revalidateEdited } from '@/lib/server/imports/review/edits/revalidate-edited';
import { db } from '@/lib/server/platform/db/client';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { EncodePlan } from '../stage/plan';
import { storeRejections } from '../stage/segment';
import { type Accepted, stageAccepted } from './stage-accepted';

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
  it: Import,
  plan: EncodePlan,
  corrections: Correction[],
): Promise<number[]> {
  const byRow = new Map(corrections.map((correction) => [correction.row, correction]));
  const found = new Set<number>();
  const rows = [...byRow.keys()].sort((a, b) => a - b);
  for (let i = 0; i < rows.length; i += rowsAtATime) {
    const where = { importId: it.id, rowNumber: { in: rows.slice(i, i + rowsAtATime) } };
    const kept = (await db().rejection.findMany({ where })).map(rejectedRow);
    for (const { rowNumber } of kept) found.add(rowNumber);
    await correctKept(it, plan, kept, byRow);
  }
  const others = rows.filter((row) => !found.has(row));
  if (others.length === 0) return [];
  const chunks = await chunksOf(it.id);
  for (const chunk of chunks) {
    // Objects overlap: some have rows that the reader found, others those that the database did.
    if (others.some((row) => row >= chunk.firstRow && row <= chunk.lastRow))
      for (const row of await correctChunk(it, plan, chunk, byRow)) found.add(row);
  }
  return others.filter((row) => !found.has(row));
}

async function correctKept(
  it: Import,
  plan: EncodePlan,
  rows: RejectedRow[],
  corrections: Map<number, Correction>,
): Promise<void> {
  const { accepted, changed, again } = validateAll(plan, rows, corrections);
  if (accepted.length === 0 && changed.length === 0) return;
  await stageAccepted(
    it,
    accepted,
    async (tx) => {
      const gone = [...accepted, ...changed].map(({ rowNumber }) => rowNumber);
      await tx.rejection.deleteMany({ where: { importId: it.id, rowNumber: { in: gone } } });
      await storeRejections(tx, it.id, changed);
    },
    again,
  );
}

/** @returns the numbers of the rows that it has */
async function correctChunk(
  it: Import,
  plan: EncodePlan,
  { objectKey, ofTheKey }: { objectKey: string; ofTheKey: boolean },
  corrections: Map<number, Correction>,
): Promise<number[]> {
  const rows = await readChunk(objectKey);
  const numbers = rows.map(({ rowNumber }) => rowNumber);
  const { accepted, changed, again } = validateAll(plan, rows, corrections);
  if (accepted.length === 0 && changed.length === 0) return numbers;
  const gone = new Set(accepted.map(({ rowNumber }) => rowNumber));
  const now = new Map(changed.map((row) => [row.rowNumber, row]));
  const lines = new RejectionLines();
  for (const row of rows) if (!gone.has(row.rowNumber)) lines.add(now.get(row.rowNumber) ?? row);
  const rest = lines.rows > 0 ? await writeChunk(it.id, lines) : null;
  await stageAccepted(
    it,
    accepted,
    async (tx) => {
      if (rest) await countChunk(tx, rest, lines, ofTheKey);
      await tx.rejectionChunk.update({ where: { objectKey }, data: { counts: false } });
    },
    again,
  );
  return numbers;
}

interface Validated {
  accepted: Accepted[];
  /** Still rejected, with other cells or reasons. */
  changed: RejectedRow[];
  again: number[];
}

function validateAll(plan: EncodePlan, rows: RejectedRow[], corrections: Map<number, Correction>): Validated {
  const validated: Validated = { accepted: [], changed: [], again: [] };
  for (const row of rows) {
    const correction = corrections.get(row.rowNumber);
    if (!correction) continue;
    const cells = editedCells(row, correction, plan.width);
    if (!cells) continue;
    const outcome = revalidateEdited(plan, row, cells);
    if ('rejected' in outcome) {
      validated.changed.push(outcome.rejected);
    } else {
      validated.accepted.push({ rowNumber: row.rowNumber, values: outcome.values });
      if (isStaged(row)) validated.again.push(row.rowNumber);
    }
  }
  return validated;
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
  if (beyond.some((cell) => cell !== '')) {
    // Kept while the person leaves it there: the row still has too many cells.
    if (rest.trim() !== '') edited.push(...beyond);
    else changed = true;
  }
  return changed ? edited : null;
}
