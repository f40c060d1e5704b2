import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { rowTarget } from '@/lib/server/datasets/rows/row-target';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { readTuples } from '@/lib/server/datasets/rows/testing/read-tuples';
import { datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { compileRowCheck, type RowOptions } from '@/lib/server/datasets/validate/row-check';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { readCsv } from '@/worker/read/csv/read-csv';
import type { ByteSource, CsvLayout, Position } from '@/worker/read/source/types';
import { columnNamesOf } from '@/worker/stage/column-names-of';
import { encodeBatches } from '@/worker/stage/encode-batches';
import type { EncodedBatch } from '@/worker/stage/encoded-batch';
import type { EncodePlan } from '@/worker/stage/plan';
import { encodeFastCsv } from '../encode-fast-csv';

/** All that came of a file. For tests: the two ways have to agree on it. */
export interface Outcome {
  /** The tuples, a line each: import, row number, and the canonical texts of its cells as JSON. */
  lines: string;
  /** As they are. */
  tuples: Buffer;
  stored: number;
  rejected: RejectedRow[];
  leftOut: number;
  failure?: string;
  batches: { position: Position; bytes: number; lineBytes: number; rejected: number; leftOut: number }[];
}

export function planOf(
  mapping: MappedColumn[],
  width: number,
  options: RowOptions,
  leftOut: string[][] = [],
): EncodePlan {
  return {
    target: rowTarget(42, datasetTable({ number: 7, rowStorage: 'TABLE' }), mapping),
    writer: copyWriter,
    mapping,
    width,
    options,
    check: compileRowCheck(mapping, width, options),
    columnNames: columnNamesOf(mapping),
    leftOut: new LeftOutSet(leftOut),
  };
}

/** The way by strings: read, check, encode. */
export const generalWay = (
  source: ByteSource,
  layout: CsvLayout,
  plan: EncodePlan,
  from: Position | null = null,
  size?: number,
) => outcomeOf(plan, encodeBatches(readCsv(source, layout, from, size), plan));

/** The way by bytes. */
export const fastWay = (
  source: ByteSource,
  layout: CsvLayout,
  plan: EncodePlan,
  from: Position | null = null,
  size?: number,
) => outcomeOf(plan, encodeFastCsv(source, layout, plan, from, size));

/** What came of a plan's batches, or of them up to a failure. */
export async function outcomeOf(plan: EncodePlan, batches: AsyncIterable<EncodedBatch>): Promise<Outcome> {
  const parts: Uint8Array[] = [];
  const outcome: Outcome = {
    lines: '',
    tuples: Buffer.alloc(0),
    stored: 0,
    rejected: [],
    leftOut: 0,
    batches: [],
  };
  try {
    for await (const { tuples, stored, rejected, leftOut, position, bytes } of batches) {
      // Kept as it is until the end: memory that is used again would show.
      parts.push(tuples);
      outcome.stored += stored;
      outcome.leftOut += leftOut;
      outcome.rejected.push(...rejected);
      const lineBytes = Buffer.byteLength(linesOf(plan, tuples));
      outcome.batches.push({ position, bytes, lineBytes, rejected: rejected.length, leftOut });
    }
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    outcome.failure = `${error.reason} ${error.message}`;
  }
  outcome.lines = parts.map((tuples) => linesOf(plan, tuples)).join('');
  outcome.tuples = Buffer.concat(parts);
  return outcome;
}

function linesOf({ target }: EncodePlan, tuples: Uint8Array): string {
  let lines = '';
  for (const { rowNumber, values } of readTuples(tuples, target))
    lines += `${target.importId}\t${rowNumber}\t${JSON.stringify(values)}\n`;
  return lines;
}
