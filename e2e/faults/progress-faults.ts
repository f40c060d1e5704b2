import { setTimeout as sleep } from 'node:timers/promises';
import { createImport } from '@/lib/server/imports/create-import';
import { collect } from '@/lib/server/imports/progress/testing/collect';
import { db } from '@/lib/server/platform/db/client';
import { owner } from '@/testing/people';
import { poolers } from '@/testing/poolers/poolers';
import type { Fault } from './faults';
import { start, untilStatus, uploadAndInspect } from './laboratory';
import { alive, patience, percent, statusOf, under } from './under-way';
import { completedFaults } from './verdict';

/** For so long changes of other imports stay uncommitted, while the import goes on and commits. */
const lateSeconds = [0.4, 1.2, 3];

/** Progress is polled, and other imports change in transactions that commit late: every last state is told. */
export const pollWithLateCommits: Fault = async (lab, file, share) => {
  const worker = await lab.work();
  const user = await owner();
  const others: string[] = [];
  for (const seconds of lateSeconds) {
    const made = await createImport({ fileName: `late by ${seconds} s.csv`, fileSize: 10 }, user);
    others.push(made.import.id);
  }
  const run = await uploadAndInspect(file);
  const { events, stop, untilStatus: untilTold } = collect([run.id, ...others], user);
  for (const id of others) await untilTold(id, 'UPLOADING');
  const passed = lab.store.after(Math.floor(share * file.content.byteLength));
  await start(run);
  await Promise.race([passed, untilStatus(run, ['COMPLETED', 'FAILED'], patience)]);
  const moment = `${percent(share)} (${await statusOf(run)})`;
  await Promise.all(
    others.map((publicId, i) =>
      db().$transaction(
        async (tx) => {
          await tx.import.update({ where: { publicId }, data: { status: 'CANCELLED' } });
          await sleep((lateSeconds[i] ?? 0) * 1000);
        },
        { timeout: 30_000 },
      ),
    ),
  );
  await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
  const wrong = await completedFaults(run);
  for (const [id, status] of [
    [run.id, 'COMPLETED'],
    ...others.map((other) => [other, 'CANCELLED']),
  ] as const) {
    await untilTold(String(id), status === 'COMPLETED' ? 'COMPLETED' : 'CANCELLED').catch(() =>
      wrong.push(`of ${id} it was never told that it is ${status}`),
    );
  }
  await stop();
  const told = events.filter(({ view }) => view.id === run.id).at(-1)?.view;
  if (told && told.rows.read !== file.rows) wrong.push(`the last that was told is ${told.rows.read} rows`);
  return { moment, wrong, peakMb: worker.memory().peak };
};

/** The worker reaches the database through PgBouncer, which pools transactions, dies and comes back. */
export const pgBouncer: Fault = async (lab, file, share) => {
  const chosen = poolers.at(-1);
  if (!chosen) throw new Error('There is nothing that pools.');
  const pooler = await chosen.open(lab.services.environment.DATABASE_URL ?? '');
  try {
    const worker = await lab.work({ DATABASE_URL: pooler.url });
    const run = await under(lab, file, share);
    const moment = `${chosen.name} ${percent(share)} (${await statusOf(run)})`;
    await pooler.restart();
    await untilStatus(run, ['COMPLETED', 'FAILED'], patience);
    const wrong = await completedFaults(run);
    if (!alive(worker)) wrong.push(`the worker died:\n${worker.log()}`);
    if (!/pools transactions/.test(worker.log())) wrong.push('the worker does not say what does not work');
    return { moment, wrong, peakMb: worker.memory().peak };
  } finally {
    await lab.reset();
    await pooler.close();
  }
};

/** `kill -9`, and the queue is left to find it out: another goes on within twice the time of silence (10 s here). */
export const killedAndWaitedFor: Fault = async (lab, file, share) => {
  const first = await lab.work();
  // The worker reads ahead, and is to be killed before it is through.
  const run = await under(lab, file, share * 0.6);
  const attempt = async () => (await db().import.findUniqueOrThrow({ where: { id: run.importId } })).attempt;
  const before = await attempt();
  const status = await statusOf(run);
  first.kill('SIGKILL');
  await first.exited;
  const began = Date.now();
  const second = await lab.work();
  let ended = false;
  const end = untilStatus(run, ['COMPLETED', 'FAILED'], patience).finally(() => (ended = true));
  while (!ended && (await attempt()) === before) await sleep(50);
  const seconds = (Date.now() - began) / 1000;
  await end;
  const wrong = await completedFaults(run);
  if (seconds > 20) wrong.push(`it took ${seconds} s to go on`);
  return {
    moment: `${percent(share * 0.6)} (${status}), taken over after ${seconds.toFixed(1)} s`,
    wrong,
    peakMb: second.memory().peak,
  };
};
