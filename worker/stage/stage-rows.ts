import { messageOf } from '@/lib/errors';
import type { Figures } from '@/lib/progress/record';
import type { RejectedRow, RowWriter, Segment } from '@/lib/rows/row-writer';
import type { RowCheck } from '../check/row-check';
import type { Batch, Problem } from '../read/types';
import { runSegment, type SegmentContent } from './segment';

/**
 * A segment ends after this many rows: about a second, so a crash costs a second and a reader of progress
 * never waits longer. Fewer rows cost more commits, more rows gained nothing.
 */
const segmentRows = 100_000;
/** Or earlier, so that a file of nothing but faults does not fill the memory. */
const segmentRejections = 2_000;

export interface StageRun {
  importId: number;
  attempt: number;
  writer: RowWriter;
  check: RowCheck;
  /** Names of the file's columns by position, for rejections that the reader found. */
  columnNames: Map<number, string>;
  figures: Figures;
  /** Aborted when the import is cancelled, taken over, or the worker shuts down. */
  signal: AbortSignal;
  /** True when the worker shuts down: finish the segment, then stop. */
  draining(): boolean;
}

/**
 * Writes every batch, in segments. While one segment's transaction commits, the next one's is fed already.
 * @returns true when all rows are staged, false when it stopped at a checkpoint because the worker shuts down
 */
export async function stageRows(run: StageRun, batches: AsyncIterable<Batch>): Promise<boolean> {
  const iterator = batches[Symbol.asyncIterator]();
  let committed: Promise<void> = Promise.resolve();
  let ended = false;
  try {
    while (!ended && !run.draining()) {
      const before = committed;
      const { promise: fed, resolve, reject } = Promise.withResolvers<boolean>();
      committed = runSegment(run, before, async (segment) => {
        const { content, atEnd } = await feed(run, iterator, segment);
        resolve(atEnd);
        return content;
      });
      committed.catch(reject);
      ended = await fed;
    }
    await committed;
  } catch (error) {
    await committed.catch(() => undefined);
    run.signal.throwIfAborted();
    throw error;
  } finally {
    await iterator.return?.().catch((error: unknown) => messageOf(error));
  }
  return ended;
}

/** Feeds batches until the segment is full or the file ends. */
async function feed(
  run: StageRun,
  batches: AsyncIterator<Batch>,
  segment: Segment,
): Promise<{ content: SegmentContent; atEnd: boolean }> {
  const { figures } = run;
  const rejected: RejectedRow[] = [];
  let stored = 0;
  let rows = 0;
  let position: Batch['position'] | undefined;
  let atEnd = false;
  while (rows < segmentRows && rejected.length < segmentRejections && !run.draining()) {
    run.signal.throwIfAborted();
    const next = await batches.next();
    if (next.done) {
      atEnd = true;
      break;
    }
    const batch = next.value;
    const storedNow = writeBatch(run, batch, segment, rejected);
    stored += storedNow;
    rows += batch.rows.length;
    position = batch.position;
    figures.rowsRead += batch.rows.length;
    figures.rowsStored += storedNow;
    figures.rowsRejected += batch.rows.length - storedNow;
    figures.bytesRead = batch.bytes;
    await segment.flush();
  }
  return { content: { stored, rejected, position, figures: { ...figures } }, atEnd };
}

/** Checks the rows of a batch and adds the good ones. @returns how many were good */
function writeBatch(run: StageRun, batch: Batch, segment: Segment, rejected: RejectedRow[]): number {
  const { check } = run;
  const problems = batch.problems.length > 0 ? byRow(batch.problems) : null;
  const { rows, numbers } = batch;
  let stored = 0;
  for (let i = 0; i < rows.length; i++) {
    const cells = rows[i];
    const rowNumber = numbers[i];
    if (cells === undefined || rowNumber === undefined) continue;
    const reasons = problems ? withProblems(run, problems.get(rowNumber), cells) : check.check(cells);
    if (reasons === null) {
      segment.add(rowNumber, check.values);
      stored++;
    } else {
      rejected.push({ rowNumber, cells, reasons });
    }
  }
  return stored;
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
  run: StageRun,
  problems: Problem[] | undefined,
  cells: string[],
): RejectedRow['reasons'] | null {
  const concerning = (problems ?? []).filter((p) => p.column === null || run.columnNames.has(p.column));
  if (concerning.length === 0) return run.check.check(cells);
  return concerning.map(({ column, value, code, reason }) => ({
    column: column === null ? null : (run.columnNames.get(column) ?? null),
    value,
    code,
    reason,
  }));
}
