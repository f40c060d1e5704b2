import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/server/platform/db/client';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { type Laboratory, passAnHour, start, untilStatus, uploadAndInspect } from './laboratory';
import { type MadeFile, makeXlsx } from './make-file';
import { openSmallFolder } from './small-folder';
import { flipByte, flipQuote } from './stored-object';
import { alive, patience, percent, statusOf, under } from './under-way';
import { completedFaults, failedFaults } from './verdict';

/** What came of one fault at one moment. */
export interface Outcome {
  /** When and how it broke, for the table. */
  moment: string;
  /** What is wrong afterwards; empty when all is well. */
  wrong: string[];
  /** Highest memory that any worker held, in MB. */
  peakMb: number;
}

/**
 * A fault: breaks something during an import of the file, and judges what came of it.
 * @param share a number from 0 to 1: at which part of the file's way it breaks
 */
export type Fault = (lab: Laboratory, file: MadeFile, share: number) => Promise<Outcome>;

/** A machine of 512 MB has no more than this for a worker, beside a web server. */
export const memoryMb = 250;

/** `kill -9`: the queue finds the job's heart stopped, and another worker goes on at the checkpoint. */
export const killed: Fault = async (lab, file, share) => {
  const first = await lab.work();
  const run = await under(lab, file, share);
  first.kill('SIGKILL');
  await first.exited;
  const moment = `${percent(share)} (${await statusOf(run)})`;
  const second = await lab.work();
  await passAnHour();
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  return { moment, wrong: await completedFaults(run), peakMb: second.memory().peak };
};

/** SIGTERM: gone within 20 s, and the job handed back without waiting for anything to be missed. */
export const terminated: Fault = async (lab, file, share) => {
  const first = await lab.work();
  const second = { started: lab.work() };
  const run = await under(lab, file, share);
  const began = Date.now();
  first.kill('SIGTERM');
  const { code } = await first.exited;
  const seconds = (Date.now() - began) / 1000;
  const moment = `${percent(share)}, gone after ${seconds.toFixed(1)} s (${await statusOf(run)})`;
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  const wrong = await completedFaults(run);
  if (code !== 0) wrong.push(`the worker ended with ${code}`);
  if (seconds > 20) wrong.push(`the worker took ${seconds} s to go`);
  return { moment, wrong, peakMb: (await second.started).memory().peak };
};

/** SIGSTOP until another worker has taken over, then SIGCONT: the stale attempt writes nothing. */
export const stopped: Fault = async (lab, file, share) => {
  const first = await lab.work();
  const run = await under(lab, file, share);
  first.kill('SIGSTOP');
  const moment = `${percent(share)} (${await statusOf(run)})`;
  const second = await lab.work();
  await passAnHour();
  // The other one must not wait for it: a worker may be stopped for ever.
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  const before = await completedFaults(run);
  first.kill('SIGCONT');
  await sleep(2_000);
  const after = await completedFaults(run);
  const wrong = [...before, ...after.map((fault) => `after it went on: ${fault}`)];
  if (!alive(first)) wrong.push(`the stale worker died:\n${first.log()}`);
  return { moment, wrong, peakMb: Math.max(first.memory().peak, second.memory().peak) };
};

/** The same job delivered twice at once, to two workers. */
export const twice: Fault = async (lab, file, share) => {
  const workers = await Promise.all([
    lab.work({ WORKER_CONCURRENCY: '1' }),
    lab.work({ WORKER_CONCURRENCY: '1' }),
  ]);
  const run = await under(lab, file, share);
  await db().$transaction((tx) => enqueue(tx, 'stage', { importId: run.importId }));
  const moment = `again ${percent(share)} (${await statusOf(run)})`;
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  return {
    moment,
    wrong: await completedFaults(run),
    peakMb: Math.max(...workers.map((w) => w.memory().peak)),
  };
};

/** The database crashes mid-COPY and recovers: what was not committed is gone, the worker goes on by itself. */
export const databaseCrashed: Fault = async (lab, file, share) => {
  const worker = await lab.work();
  const run = await under(lab, file, share);
  const moment = `${percent(share)} (${await statusOf(run)})`;
  const began = Date.now();
  await lab.services.crashDatabase();
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  const seconds = (Date.now() - began) / 1000;
  const wrong = await completedFaults(run);
  if (!alive(worker)) wrong.push(`the worker died:\n${worker.log()}`);
  if (seconds > 30) wrong.push(`it took ${seconds} s to go on`);
  return { moment: `${moment}, done ${seconds.toFixed(1)} s later`, wrong, peakMb: worker.memory().peak };
};

/** All connections between worker and database are cut. */
export const databaseCut: Fault = async (lab, file, share) => {
  const worker = await lab.work();
  const run = await under(lab, file, share);
  const moment = `${percent(share)} (${await statusOf(run)})`;
  lab.database.cut();
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  const wrong = await completedFaults(run);
  if (!alive(worker)) wrong.push(`the worker died:\n${worker.log()}`);
  return { moment, wrong, peakMb: worker.memory().peak };
};

/** Lets the whole import run while the store misbehaves from the given moment on, for a while. */
function storeFault(breakIt: (lab: Laboratory) => string, seconds: number): Fault {
  return async (lab, file, share) => {
    const worker = await lab.work({ S3_STALL_SECONDS: '1' });
    const run = await under(lab, file, share);
    const how = breakIt(lab);
    const moment = `${how} ${percent(share)} (${await statusOf(run)})`;
    await sleep(seconds * 1000);
    lab.store.go();
    await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
    const wrong = await completedFaults(run);
    if (!alive(worker)) wrong.push(`the worker died:\n${worker.log()}`);
    return { moment, wrong, peakMb: worker.memory().peak };
  };
}

/** The store answers 503 to everything. */
export const storeUnavailable = storeFault(({ store }) => {
  store.refuse();
  // Answers under way end too: a store that is restarted takes them along.
  store.cut();
  return '503 for 2 s';
}, 2);

/** The store resets connections in the middle of bodies, again and again. */
export const storeResets = storeFault(({ store }) => {
  store.resetEvery(700_000);
  return 'reset every 700 kB';
}, 3);

/** The store stops sending and keeps its connections open. */
export const storeStalls = storeFault(({ store }) => {
  store.stall();
  return 'silent for 3 s';
}, 3);

/** The database stops reading: memory stays flat, since nothing is fetched that cannot be written. */
export const databaseStalls: Fault = async (lab, file, share) => {
  const worker = await lab.work();
  const run = await under(lab, file, share);
  const moment = `${percent(share)} (${await statusOf(run)})`;
  lab.database.stall();
  await sleep(1_000);
  const [before, fetched] = [worker.memory().now, lab.store.received()];
  let most = before;
  for (let i = 0; i < 20; i++) {
    await sleep(150);
    most = Math.max(most, worker.memory().now);
  }
  const more = lab.store.received() - fetched;
  lab.database.go();
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  const wrong = await completedFaults(run);
  if (most - before > 16)
    wrong.push(`memory grew from ${before} to ${most} MB while the database stood still`);
  if (more > 1_000_000) wrong.push(`${more} bytes were fetched while the database stood still`);
  return { moment: `${moment}, ${before} → ${most} MB`, wrong, peakMb: worker.memory().peak };
};

/** SIGTERM while the database stands still: the worker goes all the same, and what it left is done by another. */
export const terminatedInStall: Fault = async (lab, file, share) => {
  const first = await lab.work();
  const run = await under(lab, file, share);
  const moment = `${percent(share)} (${await statusOf(run)})`;
  lab.database.stall();
  const began = Date.now();
  first.kill('SIGTERM');
  await first.exited;
  const seconds = (Date.now() - began) / 1000;
  lab.database.go();
  const second = await lab.work();
  await passAnHour();
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  const wrong = await completedFaults(run);
  if (seconds > 20) wrong.push(`the worker took ${seconds} s to go`);
  return { moment: `${moment}, gone after ${seconds.toFixed(1)} s`, wrong, peakMb: second.memory().peak };
};

/** The stored object is damaged after the upload: the import fails for that reason, and shows nothing. */
const damaged =
  (damage: typeof flipByte): Fault =>
  async (lab, file, share) => {
    const worker = await lab.work();
    const run = await uploadAndInspect(file);
    const at = await damage(lab.storeFolder, run, share);
    await start(run);
    await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
    return {
      moment: `byte ${at}`,
      wrong: await failedFaults(run, 'FILE_CHANGED'),
      peakMb: worker.memory().peak,
    };
  };

/** A byte changes. */
export const byteFlipped = damaged(flipByte);

/** The damage looks like a fault of the file: a quote that is not closed any more. */
export const quoteFlipped = damaged(flipQuote);

/** The worker dies and the queue forgets its job: the sweep of the next worker finds the import. */
export const jobLost: Fault = async (lab, file, share) => {
  const first = await lab.work();
  const run = await under(lab, file, share);
  first.kill('SIGKILL');
  await first.exited;
  const moment = `${percent(share)} (${await statusOf(run)})`;
  await db().$executeRaw`delete from queue.job where name = 'stage'`;
  const second = await lab.work();
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  return { moment, wrong: await completedFaults(run), peakMb: second.memory().peak };
};

/** A workbook on SIGKILL: it is read again from its start, and no row is stored twice. */
export const workbookKilled: Fault = async (lab, _file, share) =>
  killed(lab, await makeXlsx(Math.floor(share * 1000), 40_000), share * 2);

/** The temporary folder is full: a workbook with much text fails with a sentence that says so. */
export const diskFull: Fault = async (lab, _file, share) => {
  const folder = await openSmallFolder();
  try {
    const worker = await lab.work({ TMPDIR: folder.path });
    const file = await makeXlsx(Math.floor(share * 1000), 9_000, 2_000);
    const run = await uploadAndInspect(file);
    // Its end is looked at before it is started, and that may need the texts already.
    if (!(await statusOf(run)).startsWith('FAILED')) await start(run);
    await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
    const { failureMessage } = await db().import.findUniqueOrThrow({ where: { id: run.importId } });
    const wrong = await failedFaults(run, 'OUTAGE');
    if (!failureMessage?.includes('temporary folder')) wrong.push(`it says: ${failureMessage}`);
    return { moment: folder.what, wrong, peakMb: worker.memory().peak };
  } finally {
    await folder.close();
  }
};
