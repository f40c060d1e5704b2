import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { env } from '@/lib/server/platform/env';
import { isRejectionsFile } from '@/lib/shared/schema/file/own-columns';
import type { Layout, StoredInspection } from '@/lib/shared/schema/import/stored-import';
import { readRows } from '../read/read';
import type { ByteSource, Position } from '../read/source/types';
import { encodeBatches } from './encode-batches';
import type { EncodedBatch } from './encoded-batch';
import { canUseFastPath } from './fast-csv/can-use-fast-path';
import { encodeFastCsv } from './fast-csv/encode-fast-csv';
import { encodeFastXlsx } from './fast-xlsx/encode-fast-xlsx';
import type { EncodePlan } from './plan';

/** The rows of a file on their way into a table, and what making them leaves behind in memory. */
export interface EncodedFile {
  rows: AsyncIterable<EncodedBatch>;
  /** See `markFor`. */
  leaves: 'bytes' | 'objects';
}

/** Reads, checks and encodes the rows of a file from a position on, in the fastest way that gives the same rows. */
export function encodeFile(
  source: ByteSource,
  layout: Layout,
  plan: EncodePlan,
  { columns }: Pick<StoredInspection, 'columns'>,
  at: Position | null,
): EncodedFile {
  if (!byBytes(layout, plan) || isRejectionsFile(columns))
    return { rows: encodeBatches(readRows(source, layout, at), plan), leaves: 'objects' };
  if (layout.format === 'csv') return { rows: encodeFastCsv(source, layout, plan, at), leaves: 'bytes' };
  // What is odd in a workbook is read as objects, row by row.
  return { rows: encodeFastXlsx(source, layout, plan, at), leaves: 'objects' };
}

/** Whether the rows of a file are made from its bytes. That pays off where COPY takes them; createMany takes text. */
function byBytes(layout: Layout, { writer, mapping }: EncodePlan): boolean {
  return env().FAST_CSV === 'on' && writer === copyWriter && canUseFastPath(layout, mapping);
}
