import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runServices, type Services } from '@/lib/local/run-services';
import { getImport } from '@/lib/server/imports/get-import';
import { closeDb, db } from '@/lib/server/platform/db/client';
import type { ImportStatus } from '@/lib/server/platform/db/generated/enums';
import { prepareDatabase } from '@/lib/server/platform/migrations/prepare-database';
import { closeQueue } from '@/lib/server/platform/queue/boss';
import { owner } from '@/testing/people';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { confirm, upload } from '@/worker/testing/run-import';
import type { MadeFile } from './make-file';
import { type Network, openProxy } from './proxy';
import type { SmallDisk } from './small-disk';
import { startWorker, type WorkerProcess } from './worker-process';

/** A database, a store and workers that reach both through proxies: everything real, everything breakable. */
export interface Laboratory {
  services: Services;
  /** Between workers and the database. */
  database: Network;
  /** Between workers and the store. */
  store: Network;
  /** The disk that database and store are on, where it is one that can be filled. */
  disk: SmallDisk | null;
  /** The store's folder. */
  storeFolder: string;
  /** Starts a worker. */
  work(environment?: Record<string, string>, ahead?: string[]): Promise<WorkerProcess>;
  /** Kills the workers that are left and makes the proxies behave. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a laboratory of its own: other tests must not see their database crash. This process reaches database and
 * store directly; the environment is read once, so this has to come before anything that needs it.
 */
export async function openLaboratory(disk: SmallDisk | null = null): Promise<Laboratory> {
  // The worker as it is now, not as it was last built.
  execFileSync(process.execPath, ['lib/local/build/bundle.mjs']);
  const folder = disk?.path ?? (await openTemporaryFolder('sluice-faults-'));
  const services = await runServices(folder, { tcp: true });
  const { DATABASE_URL: databaseUrl = '', S3_ENDPOINT: endpoint = '' } = services.environment;
  Object.assign(process.env, services.environment, {
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    DATABASE_POOL: '4',
    // Of what is watched here, changes are looked for: what commits late must not be missed.
    PROGRESS: 'poll',
  });
  await prepareDatabase(databaseUrl);
  const database = await openProxy(Number(new URL(databaseUrl).port));
  const store = await openProxy(Number(new URL(endpoint).port));
  const through = {
    DATABASE_URL: databaseUrl.replace(new URL(databaseUrl).port, String(database.port)),
    S3_ENDPOINT: `http://127.0.0.1:${store.port}`,
    WORKER_DEAD_AFTER_SECONDS: '10',
  };
  const workers = new Set<WorkerProcess>();
  const reset = async () => {
    database.go();
    store.go();
    for (const worker of workers) {
      worker.kill('SIGKILL');
      await worker.exited;
    }
    workers.clear();
  };
  return {
    services,
    database,
    store,
    disk,
    storeFolder: join(folder, 'store'),
    work: async (environment = {}, ahead = []) => {
      const worker = await startWorker({ ...services.environment, ...through, ...environment }, ahead);
      workers.add(worker);
      return worker;
    },
    reset,
    close: async () => {
      await reset();
      await closeQueue();
      await closeDb();
      await Promise.all([database.close(), store.close()]);
      await services.stop();
      await (disk ? disk.close() : rm(folder, { recursive: true, force: true }));
    },
  };
}

/** An import under way. */
export interface Run {
  id: string;
  importId: number;
  file: MadeFile;
}

/** Uploads a file and waits until a worker has read its head. */
export async function uploadAndInspect(file: MadeFile): Promise<Run> {
  const user = await owner();
  const id = await upload(file.content, file.name, user);
  const { id: importId } = await db().import.findUniqueOrThrow({ where: { publicId: id } });
  const run = { id, importId, file };
  await untilStatus(run, ['MAPPING', 'FAILED'], 30);
  return run;
}

/** Confirms the proposal, which queues the import. */
export async function start(run: Run): Promise<void> {
  const user = await owner();
  await confirm(await getImport(run.id, user), user, {
    dataset: { name: `${run.file.name} ${run.importId}` },
  });
}

/** Waits for one of these statuses. @throws Error with what the import looks like, after so many seconds */
export async function untilStatus(run: Run, wanted: ImportStatus[], seconds: number): Promise<ImportStatus> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const record = await db()
      .import.findUniqueOrThrow({ where: { id: run.importId }, omit: { inspection: true } })
      .catch(() => null);
    if (record && wanted.includes(record.status)) return record.status;
    if (Date.now() > until) {
      const state = record && `${record.status}, attempt ${record.attempt}, ${record.rowsRead} rows read`;
      throw new Error(`After ${seconds} s the import is not ${wanted.join(' or ')}, but ${state}.`);
    }
    await sleep(15);
  }
}

/**
 * Lets an hour pass for the queue, in which no worker gave a sign of life: the supervision of a worker that runs now
 * finds the jobs of dead ones, and their retries are due.
 */
export async function passAnHour(): Promise<void> {
  await db().$executeRaw`
    update queue.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'`;
  for (const until = Date.now() + 15_000; Date.now() < until; await sleep(100)) {
    const due = await db().$executeRaw`update queue.job set start_after = now() where state = 'retry'`;
    if (due > 0) return;
  }
}
