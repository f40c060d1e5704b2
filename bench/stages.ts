import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import { TupleBuffer } from '@/lib/server/datasets/rows/tuple-buffer';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { compileRowCheck } from '@/lib/server/datasets/validate/row-check';
import { db } from '@/lib/server/platform/db/client';
import { inferColumn } from '@/lib/shared/columns/infer/infer-column';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { makeDataset } from '@/testing/make-dataset';
import { owner } from '@/testing/people';
import { inspect } from '@/worker/read/inspect';
import { readRows } from '@/worker/read/read';
import { digesting } from '@/worker/read/source/digest';
import { localSource } from '@/worker/read/source/local-source';
import type { Batch, ByteSource } from '@/worker/read/source/types';
import { encodeBatches } from '@/worker/stage/encode-batches';
import type { EncodedBatch } from '@/worker/stage/encoded-batch';
import { canUseFastPath } from '@/worker/stage/fast-csv/can-use-fast-path';
import { encodeFastCsv } from '@/worker/stage/fast-csv/encode-fast-csv';
import { stageRows } from '@/worker/stage/stage-rows';
import { Waiting } from './waiting';

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Stages rows as the worker does, segments and all, into an import of its own. */
async function stageInto(rows: AsyncIterable<EncodedBatch>, target: RowTarget): Promise<void> {
  const { importId, number } = target;
  await db().$executeRawUnsafe(`truncate ${inSchema(number, 'rows')}, "Rejection"`);
  await db().$executeRaw`update "Import" set checkpoint = null where id = ${importId}`;
  const figures = { rowsRead: 0, rowsStored: 0, rowsRejected: 0, rowsLeftOut: 0, bytesRead: 0 };
  const signal = new AbortController().signal;
  const mostStaged = Number.POSITIVE_INFINITY;
  const run = {
    target,
    attempt: 1,
    writer: copyWriter,
    figures,
    signal,
    draining: () => false,
    mostStaged,
  };
  await stageRows(run, rows);
}

/**
 * Where the time goes: read, digest, parse, check and encode, as most files are read, each without what it waits for;
 * then `rows`, all of these the way the worker takes for this file (a plain CSV in one pass), and `COPY wait`, what
 * staging those rows takes beside waiting for them. Each is measured within one run: the difference of two runs could
 * be less than nothing.
 * @param path a local file, so that the store's own time is left out
 */
export async function measureStages(path: string, runs: number): Promise<Record<string, number>> {
  const source = await localSource(path);
  const found = await inspect(source);
  const mapping = found.columns.map((name, i) => {
    const { type, dateOrder, decimalSign } = inferColumn(name, i, found.sample);
    return { index: i, slot: i, name, type, dateOrder, decimalSign };
  });
  const options = { shortRows: 'pad' } as const;
  const check = compileRowCheck(mapping, found.columns.length, options);
  const { id: userId } = await owner();
  await db().upload.create({ data: { objectKey: path } });
  const { id: importId } = await db().import.create({
    data: { userId, fileName: path, fileSize: source.size, objectKey: path, status: 'STAGING', attempt: 1 },
  });
  const target = (await makeDataset(mapping)).target(importId);
  const plan = {
    target,
    writer: copyWriter,
    mapping,
    width: found.columns.length,
    options,
    check,
    columnNames: new Map(),
    leftOut: new LeftOutSet([]),
  };
  const { layout } = found;
  const encoded = () =>
    layout.format === 'csv' && canUseFastPath(layout, mapping)
      ? encodeFastCsv(source, layout, plan, null)
      : encodeBatches(readRows(source, layout, null), plan);
  const rows = () => readRows(source, layout, null);
  const stages: Record<string, () => Promise<number>> = {
    read: () => timeBeside(async () => drain(source.stream())),
    digest: () =>
      timeBeside(async (waiting) => drain(digesting(watched(source, waiting), 8 << 20).source.stream())),
    parse: () => timeBeside(async (waiting) => drain(readRows(watched(source, waiting), layout, null))),
    check: () => timeOfRows(rows(), (row) => check.check(row)),
    encode: async () => {
      const tuples = new TupleBuffer(target);
      let fits = false;
      return timeOfRows(
        rows(),
        (_row, number) => fits && tuples.add(number, check.values),
        (row) => (fits = check.check(row) === null),
      );
    },
    rows: () =>
      timeBeside(async () => {
        for await (const batch of encoded()) batch.release();
      }),
    'COPY wait': () => timeBeside(async (waiting) => stageInto(waiting.over(encoded()), target)),
  };
  const measured: Record<string, number> = {};
  for (const [name, measure] of Object.entries(stages)) {
    const times: number[] = [];
    for (let i = 0; i < runs; i++) times.push(await measure());
    measured[name] = median(times);
  }
  return measured;
}

/** Seconds that the work takes, without those in which it waits for what it says it waits for. */
async function timeBeside(work: (waiting: Waiting) => Promise<void>): Promise<number> {
  const waiting = new Waiting();
  const begin = performance.now();
  await work(waiting);
  return (performance.now() - begin) / 1000 - waiting.seconds;
}

/** Seconds that something takes for all rows. @param before what has to be done with a row first, and is not timed */
async function timeOfRows(
  batches: AsyncIterable<Batch>,
  work: (row: Batch['rows'][number], number: number) => unknown,
  before?: (row: Batch['rows'][number]) => unknown,
): Promise<number> {
  let milliseconds = 0;
  for await (const { rows, numbers } of batches) {
    for (const [i, row] of rows.entries()) {
      before?.(row);
      const begin = performance.now();
      work(row, numbers[i] ?? 0);
      milliseconds += performance.now() - begin;
    }
  }
  return milliseconds / 1000;
}

/** The same source; the time until its bytes are there counts as waiting. */
function watched(source: ByteSource, waiting: Waiting): ByteSource {
  return {
    name: source.name,
    size: source.size,
    stream: (start, end) => waiting.over(source.stream(start, end)),
    read: (start, end) => waiting.on(source.read(start, end)),
  };
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _item of items);
}
