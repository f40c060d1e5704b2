import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireUser } from '@/lib/auth/require-user';
import { db } from '@/lib/db/client';
import { completeUpload } from '@/lib/imports/complete-upload';
import type { MappedColumnInput } from '@/lib/imports/contract';
import { createImport } from '@/lib/imports/create-import';
import { getImport } from '@/lib/imports/get-import';
import { startImport } from '@/lib/imports/start-import';
import { signParts } from '@/lib/imports/upload-parts';

export interface Measured {
  /** From the start of the job to COMPLETED. */
  seconds: number;
  /** The worker process's own high-water mark. */
  peakRssMb: number;
  /** Processor time of the worker process, its start included: steadier than seconds on a busy machine. */
  cpuSeconds: number;
  rows: number;
}

/** A worker process of its own, as production runs it, so that its peak memory is this import's. */
async function startWorker(environment: Record<string, string>): Promise<ChildProcess> {
  const args = (process.env.BENCH_WORKER_FLAGS ?? '--max-old-space-size=96 --max-semi-space-size=4').split(
    ' ',
  );
  const worker = spawn(process.execPath, [...args, 'dist/worker.mjs'], {
    env: { ...process.env, ...environment, NODE_ENV: 'production', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(worker, 'message');
  return worker;
}

async function upload(path: string): Promise<string> {
  const user = await requireUser();
  const { size } = await stat(path);
  const made = await createImport({ fileName: basename(path), fileSize: size }, user);
  const content = await readFile(path);
  const put = async (url: string, body: Buffer) =>
    (await fetch(url, { method: 'PUT', body: new Uint8Array(body) })).headers.get('etag') ?? '';
  if (made.upload.kind === 'single') {
    await put(made.upload.url, content);
    await completeUpload(made.import.id, undefined, user);
  } else {
    const { partSize, partCount } = made.upload;
    const parts = [];
    for (let n = 1; n <= partCount; n++) {
      const {
        parts: [signed],
      } = await signParts(made.import.id, [n], user);
      parts.push({
        partNumber: n,
        etag: await put(signed?.url ?? '', content.subarray((n - 1) * partSize, n * partSize)),
      });
    }
    await completeUpload(made.import.id, parts, user);
  }
  return made.import.id;
}

/** Imports a file through the real store, queue and worker, and deletes its rows again. */
export async function measureImport(path: string, environment: Record<string, string>): Promise<Measured> {
  const user = await requireUser();
  const worker = await startWorker(environment);
  try {
    const id = await upload(path);
    const until = async (done: (status: string) => boolean) => {
      for (;;) {
        const view = await getImport(id, user);
        if (view.failure) throw new Error(view.failure.message);
        if (done(view.status)) return view;
        await sleep(50);
      }
    };
    const { inspection } = await until((status) => status === 'MAPPING');
    const columns: MappedColumnInput[] = inspection?.columns ?? [];
    await startImport(id, { dataset: { name: `bench ${id}` }, columns, shortRows: 'reject' }, user);
    const done = await until((status) => status === 'COMPLETED');
    const { id: importId } = await db().import.findUniqueOrThrow({ where: { publicId: id } });
    const ticks = (await readFile(`/proc/${worker.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    const cpuSeconds = (Number(ticks[11]) + Number(ticks[12])) / 100;
    const status = await readFile(`/proc/${worker.pid}/status`, 'utf8');
    const peakRssMb = Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    await db().$executeRaw`delete from "Row" where "importId" = ${importId}`;
    return { seconds: done.seconds ?? 0, peakRssMb, cpuSeconds, rows: done.rows.inserted };
  } finally {
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
}
