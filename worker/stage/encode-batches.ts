import { isBlankRow } from '@/lib/checks/blank';
import { BufferPool } from '@/lib/rows/buffer-pool';
import type { RejectedRow } from '@/lib/rows/row-writer';
import { batchBytes, TupleBuffer } from '@/lib/rows/tuple-buffer';
import type { Batch, Problem } from '../read/types';
import type { EncodedBatch } from './encoded-batch';
import type { EncodePlan } from './plan';

/** About two segments' worth. */
const keptBatches = 32;

/** Checks rows batch by batch, and encodes the good ones for COPY. */
export async function* encodeBatches(
  batches: AsyncIterable<Batch>,
  plan: EncodePlan,
): AsyncGenerator<EncodedBatch> {
  const pool = new BufferPool(batchBytes, keptBatches);
  for await (const batch of batches) yield encodeBatch(batch, plan, pool);
}

/** Checks the rows of one batch and encodes the good ones; the others come back with their reasons. Blank rows are left out. */
export function encodeBatch(
  { rows, numbers, problems, position, bytes }: Batch,
  plan: EncodePlan,
  pool?: BufferPool,
): EncodedBatch {
  const { check } = plan;
  const found = problems.length > 0 ? byRow(problems) : null;
  const rejected: RejectedRow[] = [];
  let leftOut = 0;
  const tuples = new TupleBuffer(plan.importId, pool);
  for (let i = 0; i < rows.length; i++) {
    const cells = rows[i];
    const rowNumber = numbers[i];
    if (cells === undefined || rowNumber === undefined) continue;
    if (isBlankRow(cells) && !found?.has(rowNumber)) {
      leftOut++;
      continue;
    }
    const reasons = found ? withProblems(plan, found.get(rowNumber), cells) : check.check(cells);
    if (reasons === null) tuples.add(rowNumber, check.values);
    else rejected.push({ rowNumber, cells, reasons });
  }
  return {
    tuples: tuples.take(),
    release: () => tuples.release(),
    stored: rows.length - rejected.length - leftOut,
    rejected,
    leftOut,
    position,
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
  return concerning.map(({ column, value, code, reason }) => ({
    column: column === null ? null : (plan.columnNames.get(column) ?? null),
    value,
    code,
    reason,
  }));
}
