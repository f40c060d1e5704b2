import { TupleBuffer } from '@/lib/rows/tuple-buffer';
import { proposeColumn } from '@/worker/check/propose';
import { compileRowCheck } from '@/worker/check/row-check';
import { digesting } from '@/worker/read/digest';
import { inspect } from '@/worker/read/inspect';
import { localSource } from '@/worker/read/local-source';
import { readRows } from '@/worker/read/read';

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function seconds(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

/**
 * Where the time of the worker's thread goes, each stage with all before it, then the differences.
 * @param path a local file, so that the store's own time is left out
 */
export async function measureStages(path: string, runs: number): Promise<Record<string, number>> {
  const source = await localSource(path);
  const found = await inspect(source);
  const mapping = found.columns.map((name, i) => {
    const { type, dateOrder, decimalSign } = proposeColumn(
      name,
      i,
      found.sample,
      found.layout.format === 'xlsx',
    );
    return { index: i, slot: i, name, type, dateOrder, decimalSign };
  });
  const check = compileRowCheck(mapping, found.columns.length, { shortRows: 'pad' });
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
  };
}
