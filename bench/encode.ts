import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { rowTarget } from '@/lib/server/datasets/rows/row-target';
import { datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { compileRowCheck } from '@/lib/server/datasets/validate/row-check';
import { inferColumn } from '@/lib/shared/columns/infer/infer-column';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { inspect } from '@/worker/read/inspect';
import { readRows } from '@/worker/read/read';
import { localSource } from '@/worker/read/source/local-source';
import type { CsvLayout } from '@/worker/read/source/types';
import { columnNamesOf } from '@/worker/stage/column-names-of';
import { encodeBatches } from '@/worker/stage/encode-batches';
import { canUseFastPath } from '@/worker/stage/fast-csv/can-use-fast-path';
import { encodeFastCsv } from '@/worker/stage/fast-csv/encode-fast-csv';
import type { EncodePlan } from '@/worker/stage/plan';
import { orderRules } from './order-rules';
import { orderTransforms } from './order-transforms';

/**
 * Times the two ways from a plain CSV file to COPY's tuples, nothing but the file and this thread:
 * `node --import tsx bench/encode.ts FILE fast|general|read [RUNS [RULES [PIECE [TRANSFORMS]]]]`. One way a process, so that its
 * memory is its own. RULES is one of those in order-rules, TRANSFORMS of those in order-transforms.
 */
const [
  path = 'bench/data/orders-500000.csv',
  way = 'fast',
  runs = '5',
  rulesName = 'none',
  piece = '0',
  transformsName = 'none',
] = process.argv.slice(2);
const source = await localSource(path);
const { layout: found, columns, sample } = await inspect(source);
if (found.format !== 'csv') throw new Error('Not a CSV file.');
const layout: CsvLayout = found;
const rules = orderRules[rulesName] ?? {};
const transforms = orderTransforms[transformsName] ?? {};
const mapping = columns.map((name, index) => {
  const { type, dateOrder, decimalSign } = inferColumn(name, index, sample);
  const transform = transforms[name] ?? null;
  return { index, slot: index, name, type, dateOrder, decimalSign, rules: rules[name] ?? null, transform };
});
const options = { shortRows: 'reject' } as const;
const plan: EncodePlan = {
  target: rowTarget(1, datasetTable({ number: 1, rowStorage: 'TABLE' }), mapping),
  writer: copyWriter,
  mapping,
  width: columns.length,
  options,
  check: compileRowCheck(mapping, columns.length, options),
  columnNames: columnNamesOf(mapping),
  leftOut: new LeftOutSet([]),
};
if (!canUseFastPath(layout, mapping)) throw new Error('Not plain.');

async function run(): Promise<string> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  let stored = 0;
  let size = 0;
  if (way === 'read') for await (const chunk of source.stream()) size += chunk.length;
  else {
    const batches =
      way === 'fast'
        ? encodeFastCsv(source, layout, plan, null, piece === '0' ? undefined : Number(piece))
        : encodeBatches(readRows(source, layout), plan);
    for await (const batch of batches) {
      stored += batch.stored;
      size += batch.tuples.length;
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const ms = (performance.now() - begin).toFixed(0);
  return `${ms} ms (cpu ${(user / 1000).toFixed(0)} + ${(system / 1000).toFixed(0)}), ${stored} rows, ${size} bytes`;
}
for (let i = 0; i < Number(runs); i++) process.stdout.write(`${way}: ${await run()}\n`);
process.stdout.write(`peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`);
