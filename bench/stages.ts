import { owner } from '@/e2e/setup/people';
import { compileRowCheck } from '@/lib/checks/row-check';
import { db } from '@/lib/db/client';
import { proposeColumn } from '@/lib/proposals/propose';
import { copyWriter } from '@/lib/rows/copy-writer';
import { TupleBuffer } from '@/lib/rows/tuple-buffer';
import { digesting } from '@/worker/read/digest';
import { inspect } from '@/worker/read/inspect';
import { localSource } from '@/worker/read/local-source';
import { readRows } from '@/worker/read/read';
import { encodeBatches } from '@/worker/stage/encode-batches';
import type { EncodedBatch } from '@/worker/stage/encoded-batch';
import { encodePlainCsv } from '@/worker/stage/plain-csv/encode-plain-csv';
import { takesPlainLane } from '@/worker/stage/plain-csv/takes-plain-lane';
import { stageRows } from '@/worker/stage/stage-rows';

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function seconds(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

/** Stages rows as the worker does, segments and all, into an import of its own. */
async function stageInto(rows: AsyncIterable<EncodedBatch>, importId: number): Promise<void> {
  await db().$executeRaw`truncate "Row", "Rejection"`;
  await db().$executeRaw`update "Import" set checkpoint = null where id = ${importId}`;
  const figures = { rowsRead: 0, rowsStored: 0, rowsRejected: 0, rowsLeftOut: 0, bytesRead: 0 };
  const signal = new AbortController().signal;
  const mostStaged = Number.POSITIVE_INFINITY;
  const run = {
    importId,
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
 * Where the time goes: read, parse, check and encode one after the other, as most files are read (each is measured
 * with all before it, and the difference given); then `rows`, all of these the way the worker takes for this file
 * (a plain CSV in one pass), and `COPY wait`, what staging those rows takes longer than making them.
 * @param path a local file, so that the store's own time is left out
 */
export async function measureStages(path: string, runs: number): Promise<Record<string, number>> {
  const source = await localSource(path);
  const found = await inspect(source);
  const mapping = found.columns.map((name, i) => {
    const { type, dateOrder, decimalSign } = proposeColumn(name, i, found.sample);
    return { index: i, slot: i, name, type, dateOrder, decimalSign };
  });
  const options = { shortRows: 'pad' } as const;
  const check = compileRowCheck(mapping, found.columns.length, options);
  const { id: userId } = await owner();
  const { id: importId } = await db().import.create({
    data: { userId, fileName: path, fileSize: source.size, objectKey: path, status: 'STAGING', attempt: 1 },
  });
  const plan = { importId, mapping, width: found.columns.length, options, check, columnNames: new Map() };
  const { layout } = found;
  const encoded = () =>
    layout.format === 'csv' && takesPlainLane(layout, mapping)
      ? encodePlainCsv(source, layout, plan, null)
      : encodeBatches(readRows(source, layout, null), plan);
  const stages: Record<string, () => Promise<void>> = {
    read: async () => {
      for await (const _chunk of source.stream());
    },
    digest: async () => {
      for await (const _chunk of digesting(source, 8 << 20).source.stream());
    },
    parse: async () => {
      for await (const _batch of readRows(source, found.layout, null));
    },
    check: async () => {
      for await (const batch of readRows(source, found.layout, null))
        for (const row of batch.rows) check.check(row);
    },
    encode: async () => {
      for await (const batch of readRows(source, found.layout, null)) {
        const tuples = new TupleBuffer(1);
        batch.rows.forEach((row, i) => {
          if (check.check(row) === null) tuples.add(batch.numbers[i] ?? 0, check.values);
        });
      }
    },
    rows: async () => {
      for await (const batch of encoded()) batch.release();
    },
    copy: () => stageInto(encoded(), importId),
  };
  const sums: Record<string, number> = {};
  for (const [name, work] of Object.entries(stages)) {
    const times: number[] = [];
    for (let i = 0; i < runs; i++) times.push(await seconds(work));
    sums[name] = median(times);
  }
  const at = (name: string) => sums[name] ?? 0;
  return {
    read: at('read'),
    digest: at('digest') - at('read'),
    parse: at('parse') - at('read'),
    check: at('check') - at('parse'),
    encode: at('encode') - at('check'),
    rows: at('rows'),
    'COPY wait': at('copy') - at('rows'),
  };
}
