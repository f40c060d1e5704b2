import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { createImport } from '../create-import';
import { collect } from './testing/collect';

// The environment is read once, by the first that asks.
vi.stubEnv('PROGRESS', 'poll');
openDatabase();

/** Begins an import, and gives its ids. */
async function begun(name: string) {
  const made = await createImport({ fileName: name, fileSize: 10 }, await owner());
  return made.import.id;
}

/** Changes an import in a transaction that stays open until it is told to commit. */
async function changedInOpenTransaction(publicId: string): Promise<() => Promise<unknown>> {
  const changed = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const done = db().$transaction(async (tx) => {
    await tx.import.update({ where: { publicId }, data: { status: 'CANCELLED' } });
    changed.resolve();
    await commit.promise;
  });
  await changed.promise;
  return () => {
    commit.resolve();
    return done;
  };
}

it('a change that is committed after a later one is sent, with PROGRESS=poll', async () => {
  expect(env().PROGRESS).toBe('poll');
  const [late, early] = [await begun('late.csv'), await begun('early.csv')];
  const { events, stop, untilStatus } = collect([late, early], await owner());
  await untilStatus(late, 'UPLOADING');
  const commit = await changedInOpenTransaction(late);
  await db().import.update({ where: { publicId: early }, data: { status: 'CANCELLED' } });
  await untilStatus(early, 'CANCELLED');
  // Longer than the next looks.
  await sleep(2_500);
  expect(events.filter(({ view }) => view.id === late && view.status === 'CANCELLED')).toEqual([]);
  await commit();
  await untilStatus(late, 'CANCELLED');
  await sleep(1_500);
  await stop();
  // Once each, though the open transaction had them found again and again.
  expect(events.filter(({ view }) => view.status === 'CANCELLED').map(({ view }) => view.id)).toEqual([
    early,
    late,
  ]);
});

it('of 120 changes in transactions that end in any order, the last state of each import is sent', async () => {
  const ids: string[] = [];
  // One by one: forty at once may find no connection on a busy machine, and are told to come again.
  for (let i = 0; i < 40; i++) ids.push(await begun(`${i}.csv`));
  const { stop, untilStatus } = collect(ids, await owner());
  await untilStatus(ids.at(-1) ?? '', 'UPLOADING');
  const change = async (publicId: string) => {
    for (const status of ['INSPECTING', 'MAPPING', 'CANCELLED'] as const) {
      await db().$transaction(
        async (tx) => {
          await tx.import.update({ where: { publicId }, data: { status } });
          await sleep(Math.random() * 60);
        },
        { maxWait: 30_000 },
      );
    }
  };
  await Promise.all(ids.map(change));
  for (const id of ids) await untilStatus(id, 'CANCELLED');
  await stop();
});

it('a right that is gone is asked for before anything more is sent, though nothing tells of it', async () => {
  const rae = await makeUser('MEMBER', 'Rae');
  const ben = await makeUser('MEMBER', 'Ben');
  const made = await createImport({ fileName: 'of Ben.csv', fileSize: 10 }, ben);
  const { id } = made.import;
  const dataset = await db().dataset.create({ data: { slug: id, name: id, ownerId: ben.id } });
  const shared = { datasetId: dataset.id, userId: rae.id };
  await db().datasetShare.create({ data: { ...shared, right: 'MANAGE' } });
  await db().import.update({ where: { publicId: id }, data: { datasetId: dataset.id } });
  const [all, hers] = [collect([id], await owner()), collect([id], rae)];
  await db().import.update({ where: { publicId: id }, data: { status: 'INSPECTING' } });
  await hers.untilStatus(id, 'INSPECTING');
  await db().datasetShare.delete({ where: { datasetId_userId: shared } });
  await db().import.update({ where: { publicId: id }, data: { status: 'MAPPING' } });
  await all.untilStatus(id, 'MAPPING');
  await sleep(500);
  await Promise.all([all.stop(), hers.stop()]);
  expect(hers.events.map(({ view }) => view.status)).not.toContain('MAPPING');
});
