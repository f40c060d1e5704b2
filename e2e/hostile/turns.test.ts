import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { owner } from '@/testing/people';
import { confirm, runInspection, upload } from '@/worker/testing/run-import';
import { type Laboratory, openLaboratory } from '../faults/laboratory';

let lab: Laboratory;
let eager: User;

beforeAll(async () => {
  lab = await openLaboratory();
  eager = await owner();
});
afterEach(() => lab.reset());
afterAll(() => lab.close());

let people = 0;
function person(): Promise<User> {
  people += 1;
  return db().user.create({
    data: { email: `${people}@turns.test`, name: `Person ${people}` },
    select: { id: true, name: true, role: true },
  });
}

async function queueImport(user: User): Promise<string> {
  const id = await upload(Buffer.from('a,b\n1,2\n'), 'one of many.csv', user);
  await confirm(await runInspection(id, user), user);
  return id;
}

async function untilCompleted(id: string): Promise<void> {
  while ((await db().import.findUniqueOrThrow({ where: { publicId: id } })).status !== 'COMPLETED')
    await sleep(20);
}

const done = (user: User) => db().import.count({ where: { userId: user.id, status: 'COMPLETED' } });

it.each(['1', '2'])(
  '#70 200 imports queued by one person: others still get their turn, with WORKER_CONCURRENCY=%s',
  async (concurrency) => {
    const before = await done(eager);
    for (let i = 0; i < 200; i++) await queueImport(eager);
    // They come last, when all 200 wait already.
    const others = await Promise.all([person(), person(), person()]);
    const theirs = await Promise.all(others.map(queueImport));
    await lab.work({ WORKER_CONCURRENCY: concurrency });
    await Promise.all(theirs.map(untilCompleted));
    expect((await done(eager)) - before).toBeLessThan(50);
    while ((await done(eager)) - before < 200) await sleep(50);
  },
  120_000,
);

it('#70 the same for files that wait to be read for the first time', async () => {
  for (let i = 0; i < 200; i++) await upload(Buffer.from('a,b\n1,2\n'), 'unread.csv', eager);
  const other = await person();
  const id = await upload(Buffer.from('a,b\n1,2\n'), 'mine.csv', other);
  const waiting = () => db().import.count({ where: { userId: eager.id, status: 'INSPECTING' } });
  await lab.work();
  while ((await db().import.findUniqueOrThrow({ where: { publicId: id } })).status !== 'MAPPING')
    await sleep(10);
  expect(await waiting()).toBeGreaterThan(150);
}, 120_000);
