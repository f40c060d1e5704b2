import { isDeepStrictEqual } from 'node:util';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { countChunk, RejectionLines, readChunk, writeChunk } from '@/lib/server/imports/rejections/chunks';
import { keptRejection, revalidateRows } from '@/lib/server/imports/review/revalidate-rows';
import type { Import } from '@/lib/server/platform/db/generated/client';
import type { EncodePlan } from '../stage/plan';
import { storeRejections } from '../stage/segment';
import { type Accepted, stageAccepted } from './stage-accepted';

/** The cells that a rejected row is to have: `as-is` for its own, null where it is to be left alone. */
export type CellsOf = (row: RejectedRow) => string[] | 'as-is' | null;

/**
 * Validates rejected rows that the database keeps. In one transaction, those that are valid now are staged, and what
 * changed of the others is stored.
 * @throws Fenced when the import was cancelled or taken over
 */
export async function revalidateKept(
  record: Import,
  plan: EncodePlan,
  rows: RejectedRow[],
  cellsOf: CellsOf,
): Promise<void> {
  const { accepted, changed, again } = sortOut(plan, rows, cellsOf);
  if (accepted.length === 0 && changed.size === 0) return;
  await stageAccepted(
    record,
    async (tx) => {
      const rowNumber = { in: [...accepted.map((row) => row.rowNumber), ...changed.keys()] };
      await tx.rejection.deleteMany({ where: { importId: record.id, rowNumber } });
      await storeRejections(tx, record.id, [...changed.values()]);
    },
    { rows: accepted, again, plan },
  );
}

/**
 * The same for the rows of an object: another one with those that are still rejected takes its place.
 * @param room for how many of those the database has room, which go there
 * @returns the numbers of all rows that the object has
 */
export async function revalidateChunk(
  record: Import,
  plan: EncodePlan,
  { objectKey, staged }: { objectKey: string; staged: boolean },
  cellsOf: CellsOf,
  room = 0,
): Promise<number[]> {
  const rows = await readChunk({ objectKey, staged });
  const numbers = rows.map(({ rowNumber }) => rowNumber);
  const { accepted, changed, again } = sortOut(plan, rows, cellsOf);
  if (accepted.length === 0 && changed.size === 0 && room === 0) return numbers;
  const gone = new Set(accepted.map(({ rowNumber }) => rowNumber));
  const left = rows
    .filter(({ rowNumber }) => !gone.has(rowNumber))
    .map((row) => changed.get(row.rowNumber) ?? row);
  const lines = new RejectionLines();
  for (const row of left.slice(room)) lines.add(row);
  const rest = lines.rows > 0 ? await writeChunk(record.id, lines) : null;
  await stageAccepted(
    record,
    async (tx) => {
      await storeRejections(tx, record.id, left.slice(0, room));
      if (rest) await countChunk(tx, rest, lines, staged);
      await tx.rejectionChunk.update({ where: { objectKey }, data: { counts: false } });
    },
    { rows: accepted, again, plan },
  );
  return numbers;
}

interface Sorted {
  accepted: Accepted[];
  /** Still rejected, with other cells or reasons. */
  changed: Map<number, RejectedRow>;
  /** Those of the accepted that were staged already. */
  again: number[];
}

function sortOut(plan: EncodePlan, rows: RejectedRow[], cellsOf: CellsOf): Sorted {
  const sorted: Sorted = { accepted: [], changed: new Map(), again: [] };
  const wanted = rows.flatMap((original) => {
    const cells = cellsOf(original);
    if (cells === null) return [];
    return cells === 'as-is' ? { original } : { original, edited: cells };
  });
  for (const row of revalidateRows(plan, wanted)) {
    const { original, reasons, values } = row;
    const { rowNumber } = original;
    if (reasons.length === 0) {
      sorted.accepted.push({ rowNumber, values });
      if (original.staged) sorted.again.push(rowNumber);
      continue;
    }
    const kept = keptRejection(row);
    if (!isDeepStrictEqual(kept, original)) sorted.changed.set(rowNumber, kept);
  }
  return sorted;
}
