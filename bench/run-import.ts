import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryVariables, workerLimits } from '@/lib/local/processes/process-limits';
import { getImport } from '@/lib/server/imports/get-import';
import { startImport } from '@/lib/server/imports/start-import';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import { owner } from '@/testing/people';
import { upload } from '@/worker/testing/run-import';

export interface Measured {
  /** From the start of the job to COMPLETED. */
  seconds: number;
  /** The worker process's own high-water mark. */
  peakRssMb: number;
  /** Processor time of the worker process, its start included: steadier than seconds on a busy machine. */
  cpuSeconds: number;
  rows: number;
  /** The import, and its dataset. */
  id: string;
  datasetId: string;
}

/** A worker process of its own, as production runs it, so that its peak memory is this import's. */
export async function startWorker(environment: Record<string, string>): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [...workerLimits, 'dist/worker.mjs'], {
    env: { ...process.env, ...environment, ...memoryVariables, NODE_ENV: 'production', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(worker, 'message');
  return worker;
}

/** A process's own high-water mark, in MB. */
export async function peakOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

export interface Target {
  dataset: { id: string } | { name: string };
  key: string[];
}

/**
 * Imports a file through the real store, queue and worker.
 * @param target where to; a new dataset without a key where absent
 * @param rules by the names of the file's columns
 */
export async function measureImport(
  path: string,
  environment: Record<string, string>,
  target?: Target,
  rules: Record<string, ColumnRules> = {},
): Promise<Measured> {
  const user = await owner();
  const worker = await startWorker(environment);
  try {
    const id = await upload(await readFile(path), basename(path), user);
    const until = async (done: (status: string) => boolean) => {
      for (;;) {
        const view = await getImport(id, user);
        if (view.failure) throw new Error(view.failure.message);
        if (done(view.status)) return view;
        await sleep(50);
      }
    };
    const { inspection } = await until((status) => status === 'MAPPING');
    const columns: MappedColumnInput[] = (inspection?.columns ?? []).map((column) => ({
      ...column,
      rules: rules[column.name],
    }));
    const { dataset, key } = target ?? { dataset: { name: `bench ${id}` }, key: [] };
    const usual = { shortRows: 'reject', duplicates: 'LAST', onRejection: 'IMPORT_VALID' } as const;
    await startImport(id, { dataset, key, columns, ...usual }, user);
    const done = await until((status) => status === 'COMPLETED');
    const ticks = (await readFile(`/proc/${worker.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    const cpuSeconds = (Number(ticks[11]) + Number(ticks[12])) / 100;
    const peakRssMb = await peakOf(worker);
    return {
      seconds: done.seconds ?? 0,
      peakRssMb,
      cpuSeconds,
      rows: done.rows.inserted + done.rows.updated,
      id,
      datasetId: done.dataset?.id ?? '',
    };
  } finally {
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
}
