import { rm } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { hostileFiles } from '@/e2e/hostile/hostile-files';
import { buildIfStale } from '@/lib/local/build/build';
import { runServices } from '@/lib/local/run-services';
import { closeDb, db } from '@/lib/server/platform/db/client';
import { prepareDatabase } from '@/lib/server/platform/migrations/prepare-database';
import { closeQueue } from '@/lib/server/platform/queue/boss';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { measureChecks } from './check';
import { changedOrdersCsv, ordersCsv, ordersXlsx, uniqueStringsXlsx } from './data';
import { measureHostile } from './hostile';
import { measureKeyedInsert, measureKeyedUpdate } from './keyed';
import { orderRules } from './order-rules';
import { measureCopy } from './psql-copy';
import { measureQueries } from './queries';
import { measureImport } from './run-import';
import { measureStages } from './stages';

/**
 * `npm run bench`: imports and `psql \copy` side by side, alternating, medians. Everything goes through the real
 * store, queue, worker and database of the embedded set-up, on a folder of its own.
 */

interface Result {
  name: string;
  rows: number;
  seconds: number;
  ratioToCopy: number | null;
  peakRssMb: number | null;
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '500000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [rows, runs] = [Number(values.rows), Number(values.runs)];
const asked = values.only?.split(',');
const wanted = (kind: string) => asked?.includes(kind) ?? true;
const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

process.env.LOG_LEVEL ??= 'error';
await buildIfStale();
const csv = await ordersCsv(rows);
/** Also what takes long and is not asked for by name: both writers, and shared strings by the million. */
const everything = asked === undefined;
const sheetRows = Math.min(rows, 1_048_575);
const xlsx = wanted('xlsx') ? await ordersXlsx(sheetRows) : '';
const uniqueStrings = everything ? await uniqueStringsXlsx(sheetRows) : '';
const folder = await openTemporaryFolder('sluice-bench-');
const services = await runServices(folder);
Object.assign(process.env, services.environment);
const databaseUrl = services.environment.DATABASE_URL ?? '';
await prepareDatabase(databaseUrl);

type Run = () => Promise<{ seconds: number; peakRssMb: number | null; cpuSeconds?: number }>;
const contestants: Record<string, Run> = {};
contestants['psql copy'] = async () => ({ seconds: await measureCopy(databaseUrl, csv), peakRssMb: null });
if (['csv', 'keyed', 'rules'].some(wanted)) contestants.csv = () => measureImport(csv, services.environment);
if (asked?.includes('rules')) {
  for (const name of ['length', 'pattern', 'all'])
    contestants[`csv, rules: ${name}`] = () =>
      measureImport(csv, services.environment, undefined, orderRules[name]);
}
if (wanted('createMany')) {
  contestants['csv createMany'] = () =>
    measureImport(csv, { ...services.environment, ROW_WRITER: 'createMany' });
}
if (wanted('xlsx')) contestants.xlsx = () => measureImport(xlsx, services.environment);
if (everything) contestants['xlsx unique strings'] = () => measureImport(uniqueStrings, services.environment);
// Only by name: they say nothing about speed.
if (asked?.includes('hostile')) {
  for (const file of hostileFiles)
    contestants[`hostile ${file.name}`] = () => measureHostile(file, services.environment);
}
const undoSeconds: number[] = [];
if (wanted('keyed')) {
  const changed = await changedOrdersCsv(rows);
  contestants['keyed insert'] = () => measureKeyedInsert(csv, services.environment);
  contestants['keyed update'] = async () => {
    const run = await measureKeyedUpdate(csv, changed, services.environment);
    undoSeconds.push(run.undoSeconds);
    return run;
  };
}

/** Nobody pays for what the one before left to write out or to clean up. */
async function clearTable(): Promise<void> {
  await db().$executeRaw`truncate "Rejection", "RowChangeCount"`;
  await db().$executeRaw`select "dropDatasetTable"("number") from "Dataset"`;
  // Not everybody may ask for one: the embedded database's own user may not.
  await db().$executeRaw`checkpoint`.catch(() => undefined);
}

const measured = new Map<string, { seconds: number; peakRssMb: number | null }[]>();
for (let i = 0; i < runs; i++) {
  for (const [name, run] of Object.entries(contestants)) {
    await clearTable();
    const record = await run();
    measured.set(name, [...(measured.get(name) ?? []), record]);
    if (!values.json)
      process.stderr.write(
        `  run ${i + 1}: ${name} ${record.seconds.toFixed(2)} s${record.cpuSeconds ? `, worker cpu ${record.cpuSeconds} s` : ''}\n`,
      );
  }
}

const copySeconds = median((measured.get('psql copy') ?? []).map((run) => run.seconds));
const results: Result[] = [...measured].map(([name, list]) => {
  const seconds = median(list.map((run) => run.seconds));
  const memory = list.flatMap((run) => (run.peakRssMb === null ? [] : [run.peakRssMb]));
  return {
    name,
    rows,
    seconds: Number(seconds.toFixed(3)),
    ratioToCopy: Number((seconds / copySeconds).toFixed(2)),
    peakRssMb: memory.length > 0 ? Math.max(...memory) : null,
  };
});
if (undoSeconds.length > 0) {
  const seconds = median(undoSeconds);
  const ratioToCopy = Number((seconds / copySeconds).toFixed(2));
  results.push({
    name: 'keyed undo',
    rows,
    seconds: Number(seconds.toFixed(3)),
    ratioToCopy,
    peakRssMb: null,
  });
}

// Only by name: it says nothing about imports.
const answers = asked?.includes('queries')
  ? await measureQueries(csv, await changedOrdersCsv(rows), services.environment)
  : [];

if (asked?.includes('check')) answers.push(...(await measureChecks(csv, services.environment, runs)));

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
if (values.json) {
  process.stdout.write(`${JSON.stringify({ machine, results, answers })}\n`);
} else {
  process.stdout.write(`${machine}\n${rows} rows, medians of ${runs}\n\n`);
  for (const r of results) {
    const ratio = `${r.ratioToCopy?.toFixed(2) ?? ''} × psql copy`;
    process.stdout.write(
      `${r.name.padEnd(20)} ${r.seconds.toFixed(2).padStart(7)} s  ${ratio.padStart(18)}  ${r.peakRssMb ? `${r.peakRssMb} MB` : ''}\n`,
    );
  }
  for (const [name, value, unit] of answers)
    process.stdout.write(`${name.padEnd(34)} ${value.toFixed(2).padStart(9)} ${unit}\n`);
  for (const path of [wanted('csv') ? csv : '', xlsx].filter(Boolean)) {
    const stages = await measureStages(path, runs);
    const list = Object.entries(stages).map(([name, s]) => `${name} ${s.toFixed(2)}`);
    process.stdout.write(`\nstages of ${path}, seconds: ${list.join(', ')}\n`);
  }
}
await closeQueue();
await closeDb();
await services.stop();
await rm(folder, { recursive: true, force: true });
process.exit(0);
