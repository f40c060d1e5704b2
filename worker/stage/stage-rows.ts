import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import {
  charactersOf,
  type RejectedRow,
  type RowWriter,
  type Segment,
} from '@/lib/server/datasets/rows/row-writer';
import type { Figures } from '@/lib/server/imports/progress/record';
import {
  keptRejections,
  mostInChunk,
  RejectionLines,
  writeChunk,
} from '@/lib/server/imports/rejections/chunks';
import { messageOf } from '@/lib/server/platform/errors';
import { MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { EncodedBatch } from './encoded-batch';
import { runSegment, type SegmentContent, type WrittenChunk } from './segment';

/**
 * Bytes of COPY's tuples in a segment, about 30,000 rows of 130 bytes. Smaller segments cost more commits; larger
 * ones more memory, since a segment is handed to its socket without waiting.
 */
const segmentBytes = 4 * MiB;
/** Or fewer, so that a file of nothing but faults does not fill the memory. */
const segmentRejections = 2_000;
/** What Prisma holds of a rejected cell while it stores it, compared with a tuple that is just handed on. */
const rejectionWeight = 4;
/** Rows in one segment that go into objects: they are compressed at once, and hardly count. */
const overflowWeight = 0.1;
/** Segments under way at once: each keeps a Postgres backend busy, and two of them a second core. */
const parallelSegments = 2;

export interface StageRun {
  target: RowTarget;
  attempt: number;
  writer: RowWriter;
  figures: Figures;
  /** Bytes of encoded rows beyond which the file is refused. */
  mostStaged: number;
  /** Aborted when the import is cancelled or taken over. */
  signal: AbortSignal;
  /** True when the worker shuts down: finish the segments, then stop. */
  draining(): boolean;
}

/**
 * Writes every batch, in segments. While one segment is stored and committed, the next one is fed; they commit in
 * the order of the file, so that a checkpoint never runs ahead of a row.
 * @returns true when all rows are staged, false when it stopped at a checkpoint because the worker shuts down
 */
export async function stageRows(run: StageRun, batches: AsyncIterable<EncodedBatch>): Promise<boolean> {
  const iterator = batches[Symbol.asyncIterator]();
  const running = new Set<Promise<void>>();
  let committed: Promise<void> = Promise.resolve();
  let ended = false;
  try {
    while (!ended && !run.draining()) {
      while (running.size >= parallelSegments) await Promise.race(running);
      const { promise: fed, resolve, reject } = Promise.withResolvers<boolean>();
      const segment = runSegment(run, committed, async (open) => {
        const { content, atEnd } = await feed(run, iterator, open);
        resolve(atEnd);
        return content;
      });
      segment.catch(reject);
      running.add(segment);
      segment.finally(() => running.delete(segment)).catch(() => undefined);
      committed = segment;
      ended = await fed;
    }
    await committed;
  } catch (error) {
    await Promise.allSettled(running);
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
  batches: AsyncIterator<EncodedBatch>,
  segment: Segment,
): Promise<{ content: SegmentContent; atEnd: boolean }> {
  const { figures } = run;
  const rejected: RejectedRow[] = [];
  const overflow: WrittenChunk[] = [];
  let lines = new RejectionLines();
  let stored = 0;
  let bytes = 0;
  let position: EncodedBatch['position'] | undefined;
  let atEnd = false;
  while (bytes < segmentBytes && rejected.length < segmentRejections && !run.draining()) {
    run.signal.throwIfAborted();
    const next = await batches.next();
    if (next.done) {
      atEnd = true;
      break;
    }
    const batch = next.value;
    if (batch.stored > 0) await segment.write(batch.tuples, batch.release);
    for (const row of batch.rejected) {
      if (figures.rowsRejected++ < keptRejections) {
        rejected.push(row);
        bytes += rejectionWeight * charactersOf(row);
      } else {
        bytes += overflowWeight * lines.add(row);
        if (lines.characters < mostInChunk.characters) continue;
        overflow.push({ objectKey: await writeChunk(run.target.importId, lines), lines });
        lines = new RejectionLines();
      }
    }
    stored += batch.stored;
    bytes += batch.tuples.length;
    run.mostStaged -= batch.tuples.length;
    if (run.mostStaged < 0) {
      throw new ImportFailure(
        'INFLATED_TOO_LARGE',
        'The rows of the file take far more room than the file itself, which is refused: a long text stands in very many cells.',
      );
    }
    position = batch.position;
    figures.rowsRead += batch.stored + batch.rejected.length;
    figures.rowsStored += batch.stored;
    figures.rowsLeftOut += batch.leftOut;
    figures.bytesRead = batch.bytes;
  }
  if (lines.rows > 0) overflow.push({ objectKey: await writeChunk(run.target.importId, lines), lines });
  return { content: { stored, rejected, overflow, position, figures: { ...figures } }, atEnd };
}
