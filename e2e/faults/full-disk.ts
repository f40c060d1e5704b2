import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GET } from '@/app/api/health/route';
import { db } from '@/lib/server/platform/db/client';
import { deleteObject, headObject, putObject } from '@/lib/server/platform/storage/objects';
import { statusOf as answerOf } from '@/lib/server/platform/storage/status-of';
import type { Fault } from './faults';
import { type Run, untilStatus } from './laboratory';
import { alive, percent, statusOf, under } from './under-way';
import { completedFaults } from './verdict';

/** A second of pg-boss's pauses is not what is tried here. */
const makeRetriesDue = () =>
  db().$executeRaw`update queue.job set start_after = now() where state = 'retry'`.catch(() => 0);

const postmaster = async (folder: string) =>
  (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0] ?? '';

/** Fills a table until the database says that it cannot: the statement fails, and the server stays. */
async function fillTable(): Promise<void> {
  await db().$executeRaw`
    create table if not exists filling as select repeat(md5(n::text), 20) from generate_series(1, 40000) n`;
  await db().$executeRaw`drop table filling`;
}

/** Fills the journal: a server that cannot write it ends. */
async function fillJournal(): Promise<void> {
  await db().$executeRaw`select pg_logical_emit_message(false, 'filling', repeat('x', 1000000))`;
}

async function untilRefused(write: () => Promise<void>): Promise<void> {
  for (let times = 0; times < 600; times++) {
    const done = await write().then(
      () => true,
      () => false,
    );
    if (!done) return;
  }
  throw new Error('The disk is not full.');
}

/** What the store and the health check say while nothing fits. */
async function sayings(isMounted: boolean): Promise<string[]> {
  const wrong: string[] = [];
  const key = 'imports/too-much';
  const put = await putObject(key, randomBytes(2_000_000)).then(
    () => 200,
    (error: unknown) => answerOf(error),
  );
  if (put !== 507) wrong.push(`the store answered ${put} to an object that has no room`);
  if (await headObject(key)) wrong.push('the store has an object that had no room');
  const health = await (await GET(new Request('http://localhost/api/health'))).json();
  if (isMounted && !String(health.problem).includes('is full'))
    wrong.push(`the health check does not name the disk: ${JSON.stringify(health)}`);
  return wrong;
}

async function untilDone(run: Run, seconds: number): Promise<void> {
  for (const until = Date.now() + seconds * 1000; ; ) {
    await makeRetriesDue();
    const status = await untilStatus(run, ['COMPLETED', 'FAILED'], 1).catch((error: unknown) => {
      if (Date.now() > until) throw error;
    });
    if (status) return;
  }
}

/**
 * The disk of database and store is full for some seconds: nothing is lost, both come back by themselves, and
 * everything says what it is.
 */
export const diskFilled: Fault = async (lab, file, share) => {
  const { disk, services } = lab;
  if (!disk) throw new Error('This needs a laboratory on a small disk.');
  const worker = await lab.work();
  const run = await under(lab, file, share);
  const server = await postmaster(disk.path);
  await disk.fill(services.pid);
  const moment = `${disk.what} ${percent(share)} (${await statusOf(run).catch(() => 'no answer')})`;
  await untilRefused(Math.floor(share * 1_000) % 2 === 0 ? fillTable : fillJournal);
  await sleep(2_000);
  // What ended gave its temporary files back.
  await disk.fill(services.pid);
  const wrong = await sayings(disk.isMounted);
  await disk.free(services.pid);
  for (const until = Date.now() + 30_000; ; await sleep(100)) {
    const answers = await db().$executeRaw`drop table if exists filling`.then(() => true).catch(() => false);
    if (answers) break;
    if (Date.now() > until)
      return { moment, wrong: [...wrong, 'the database does not come back'], peakMb: 0 };
  }
  const died = (await postmaster(disk.path)) !== server;
  await untilDone(run, 90);
  await deleteObject('imports/too-much');
  wrong.push(...(await completedFaults(run)));
  if (!alive(worker)) wrong.push(`the worker died:\n${worker.log()}`);
  else if (disk.isMounted && /a job failed"/.test(worker.log()))
    wrong.push(`the worker does not name the disk:\n${worker.log()}`);
  return {
    moment: `${moment}, ${died ? 'the database ended' : 'the database stayed'}`,
    wrong,
    peakMb: alive(worker) ? worker.memory().peak : 0,
  };
};
