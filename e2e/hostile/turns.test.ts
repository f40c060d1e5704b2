import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { isLong } from '@/testing/long';
import { owner } from '@/testing/people';
import { confirm, runInspection, upload } from '@/worker/testing/run-import';
import { type Laboratory, openLaboratory } from '../faults/laboratory';

/** How many imports one person queues. */
const many = isLong ? 200 : 60;

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

async function queueImport(user: User, rows = 1): Promise<string> {
  const id = await upload(Buffer.from(`a,b\n${'1,2\n'.repeat(rows)}`), 'one of many.csv', user);
  await confirm(await runInspection(id, user), user);
  return id;
}

async function untilCompleted(id: string): Promise<void> {
  while ((await db().import.findUniqueOrThrow({ where: { publicId: id } })).status !== 'COMPLETED')
    await sleep(20);
}

const done = (user: User) => db().import.count({ where: { userId: user.id, status: 'COMPLETED' } });

it.each(['1', '2'])(
  `#70 ${many} imports queued by one person: others still get their turn, with WORKER_CONCURRENCY=%s`,
  async (concurrency) => {
    const before = await done(eager);
    for (let i = 0; i < many; i++) await queueImport(eager);
    // They come last, when all of them wait already.
    const others = await Promise.all([person(), person(), person()]);
    const theirs = await Promise.all(others.map((other) => queueImport(other)));
    await lab.work({ WORKER_CONCURRENCY: concurrency });
    await Promise.all(theirs.map(untilCompleted));
    expect((await done(eager)) - before).toBeLessThan(many / 4);
    while ((await done(eager)) - before < many) await sleep(50);
  },
  120_000,
);

it('#70 the same for files that wait to be read for the first time', async () => {
  for (let i = 0; i < many; i++) await upload(Buffer.from('a,b\n1,2\n'), 'unread.csv', eager);
  const other = await person();
  const id = await upload(Buffer.from('a,b\n1,2\n'), 'mine.csv', other);
  const waiting = () => db().import.count({ where: { userId: eager.id, status: 'INSPECTING' } });
  await lab.work();
  while ((await db().import.findUniqueOrThrow({ where: { publicId: id } })).status !== 'MAPPING')
    await sleep(10);
  expect(await waiting()).toBeGreaterThan((many * 3) / 4);
}, 120_000);

it('the small files of a person come before their large ones, and nobody else’s', async () => {
  const [some, other] = [await person(), await person()];
  const large = await queueImport(some, 3_000);
  const medium = await queueImport(some, 300);
  const theirs = await queueImport(other, 2_000);
  const small = await queueImport(some, 3);
  await lab.work({ WORKER_CONCURRENCY: '1' });
  await Promise.all([large, medium, theirs, small].map(untilCompleted));
  const begun = await db().importAttempt.findMany({
    where: { import: { publicId: { in: [large, medium, theirs, small] } } },
    orderBy: { startedAt: 'asc' },
    select: { import: { select: { publicId: true } } },
  });
  const order = begun.map((attempt) => attempt.import.publicId);
  expect(order.filter((id) => id !== theirs)).toEqual([small, medium, large]);
  // The other’s first comes before the second of somebody who was there earlier.
  expect(order.indexOf(theirs)).toBeLessThanOrEqual(1);
}, 120_000);
