import { BufferPool } from '@/lib/server/datasets/rows/buffer-pool';
import { charactersOf, type RejectedRow, rejectedAtOnce } from '@/lib/server/datasets/rows/row-writer';
import { batchBytes } from '@/lib/server/datasets/rows/tuple-buffer';
import { fewReasons } from '@/lib/server/datasets/validate/row-check';
import { isBlankRow } from '@/lib/shared/blank';
import { sourcesOf } from '@/lib/shared/columns/transform/compile-transform';
import type { Batch, Problem } from '../read/source/types';
import type { EncodedBatch } from './encoded-batch';
import type { EncodePlan } from './plan';

/** About two segments' worth. */
const keptBatches = 32;

/**
 * Checks rows batch by batch, and encodes the good ones for COPY. A batch whose rejected rows take much memory comes in
 * several: the position of all but the last is where the batch began, with how far its rows were given out.
 */
export async function* encodeBatches(
  batches: AsyncIterable<Batch>,
  plan: EncodePlan,
): AsyncGenerator<EncodedBatch> {
  const pool = new BufferPool(batchBytes, keptBatches);
  for await (const batch of batches) {
    for (let first = 0; first < batch.rows.length; ) {
      const encoded = encodeBatch(batch, plan, pool, first);
      first = encoded.next;
      yield encoded;
    }
  }
}

/**
 * Checks the rows of one batch and encodes the good ones; the others come back with their reasons. Blank rows are left out, and those that are no data.
 * @param first of its rows
 * @returns and the row to go on with: the number of rows when it is done
 */
export function encodeBatch(
  { rows, numbers, problems, start, position, bytes }: Batch,
  plan: EncodePlan,
  pool?: BufferPool,
  first = 0,
): EncodedBatch & { next: number } {
  const { check } = plan;
  const found = problems.length > 0 ? byRow(problems) : null;
  const rejected: RejectedRow[] = [];
  let leftOut = 0;
  let characters = 0;
  let next = first;
  const tuples = plan.writer.buffer(plan.target, pool);
  for (; next < rows.length && characters < rejectedAtOnce; next++) {
    const cells = rows[next];
    const rowNumber = numbers[next];
    if (cells === undefined || rowNumber === undefined) continue;
    if ((isBlankRow(cells) && !found?.has(rowNumber)) || plan.leftOut.has(cells)) {
      leftOut++;
      continue;
    }
    const reasons = found ? withProblems(plan, found.get(rowNumber), cells) : check.check(cells);
    if (reasons === null) tuples.add(rowNumber, check.values);
    else {
      const row: RejectedRow = { rowNumber, cells, cellsForm: 'RAW', staged: false, reasons };
      rejected.push(row);
      characters += charactersOf(row);
    }
  }
  return {
    next,
    tuples: tuples.take(),
    release: () => tuples.release(),
    stored: next - first - rejected.length - leftOut,
    rejected,
    leftOut,
    position:
      next === rows.length ? position : { ...start, row: numbers[next - 1] ?? start.row, base: start.row },
    bytes,
  };
}

function byRow(problems: Problem[]): Map<number, Problem[]> {
  const found = new Map<number, Problem[]>();
  for (const problem of problems) {
    const others = found.get(problem.row);
    if (others) others.push(problem);
    else found.set(problem.row, [problem]);
  }
  return found;
}

/** A problem in a column that is not imported is nobody's problem. */
function withProblems(
  plan: EncodePlan,
  problems: Problem[] | undefined,
  cells: string[],
): RejectedRow['reasons'] | null {
  const concerning = (problems ?? []).filter((p) => p.column === null || plan.columnNames.has(p.column));
  if (concerning.length === 0) return plan.check.check(cells);
  return fewReasons(
    concerning.map(({ column: place, value, code, reason }) => {
      const column = place === null ? null : (plan.columnNames.get(place) ?? null);
      const found = { column, value, code, reason, unseen: true };
      return place !== null && isJoined(plan, column) ? { ...found, place } : found;
    }),
  );
}

function isJoined({ mapping }: EncodePlan, name: string | null): boolean {
  const column = mapping.find((mapped) => mapped.name === name);
  return column !== undefined && sourcesOf(column).length > 1;
}
