import { readTuples } from '@/lib/server/datasets/rows/copy-format';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { compileRowCheck, type RowOptions } from '@/lib/server/datasets/validate/row-check';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { ImportFailure } from '@/lib/shared/schema/failure';
import type { MappedColumn } from '@/lib/shared/schema/stored-import';
import { readCsv } from '@/worker/read/csv/read-csv';
import type { ByteSource, CsvLayout, Position } from '@/worker/read/source/types';
import { encodeBatches } from '@/worker/stage/encode-batches';
import type { EncodedBatch } from '@/worker/stage/encoded-batch';
import type { EncodePlan } from '@/worker/stage/plan';
import { encodeFastCsv } from '../encode-fast-csv';

/** All that came of a file. For tests: the two ways have to agree on it. */
export interface Outcome {
  /** The tuples, a line each: import, row number, JSON. */
  lines: string;
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
    importId: 42,
    mapping,
    width,
    options,
    check: compileRowCheck(mapping, width, options),
    columnNames: new Map(mapping.map(({ index, name }) => [index, name])),
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
) => outcomeOf(encodeBatches(readCsv(source, layout, from, size), plan));

/** The way by bytes. */
export const fastWay = (
  source: ByteSource,
  layout: CsvLayout,
  plan: EncodePlan,
  from: Position | null = null,
  size?: number,
) => outcomeOf(encodeFastCsv(source, layout, plan, from, size));

async function outcomeOf(batches: AsyncIterable<EncodedBatch>): Promise<Outcome> {
  const parts: Uint8Array[] = [];
  const outcome: Outcome = { lines: '', stored: 0, rejected: [], leftOut: 0, batches: [] };
  try {
    for await (const { tuples, stored, rejected, leftOut, position, bytes } of batches) {
      // Kept as it is until the end: memory that is used again would show.
      parts.push(tuples);
      outcome.stored += stored;
      outcome.leftOut += leftOut;
      outcome.rejected.push(...rejected);
      const lineBytes = Buffer.byteLength(linesOf(tuples));
      outcome.batches.push({ position, bytes, lineBytes, rejected: rejected.length, leftOut });
    }
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    outcome.failure = `${error.reason} ${error.message}`;
  }
  outcome.lines = parts.map(linesOf).join('');
  return outcome;
}

function linesOf(tuples: Uint8Array): string {
  let lines = '';
  for (const { importId, rowNumber, json } of readTuples(tuples))
    lines += `${importId}\t${rowNumber}\t${json}\n`;
  return lines;
}
