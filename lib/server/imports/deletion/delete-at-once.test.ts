import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser, owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { findImport } from '../find-import';
import { redoImport, undoImport } from '../undo/undo-import';
import { deleteDataset } from './delete-dataset';
import { deleteImport } from './delete-import';
import { purgeUser } from './purge-user';

openDatabase();

const bytes = (text: string) => new TextEncoder().encode(text);

/** Waits until so many sessions of this database wait for a lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const [found] = await db().$queryRaw<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if ((found?.count ?? 0) >= count) return;
    await sleep(5);
  }
}

/** Has both begin while somebody holds the import, the second once the first waits for it. */
async function atOnce(importId: number, first: () => Promise<unknown>, second: () => Promise<unknown>) {
  const free = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = db().$transaction(
    async (tx) => {
      await tx.$queryRaw`select 1 from "Import" where "id" = ${importId} for update`;
      held.resolve();
      await free.promise;
    },
    { timeout: 30_000 },
  );
  await held.promise;
  const begun = [first()];
  await waiting(1);
  begun.push(second());
  await waiting(2);
  free.resolve();
  await holding;
  return (await Promise.allSettled(begun)).map(({ status }) => status);
}

it.each(['the deletion', 'the redo'] as const)(
  'an undone import that is redone and deleted at once, %s first: one happens, the other is refused',
  async (which) => {
    const user = await owner();
    const done = await runImport(bytes('n\n1\n2\n'), { dataset: { name: `at once, ${which}` } });
    await runImport(bytes('n\n3\n'), { dataset: { id: done.dataset?.id ?? '' } });
    await undoImport(done.id, user);
    const { id } = await findImport(done.id, user);
    const both = [() => deleteImport(done.id, user), () => redoImport(done.id, user)];
    const [first, second] = which === 'the deletion' ? both : both.reverse();
    if (!first || !second) throw new Error('There are two.');
    expect(await atOnce(id, first, second)).toEqual(['fulfilled', 'rejected']);
    const { status, deletedAt } = await db().import.findUniqueOrThrow({ where: { id } });
    expect(status).toBe(which === 'the deletion' ? 'UNDONE' : 'COMPLETED');
    expect(deletedAt !== null).toBe(which === 'the deletion');
    expect((await findDataset(done.dataset?.slug ?? '', user)).rows).toBe(which === 'the deletion' ? 1 : 3);
    expect(await datasetFaults()).toEqual([]);
  },
);

it('an import that is redone while its person is deleted: nothing of it is seen, or the person stays', async () => {
  const admin = await makeUser('ADMIN', 'Ada');
  const ben = await makeUser('MEMBER', 'Ben');
  const rae = await makeUser('MEMBER', 'Rae');
  const first = await runImport(bytes('n\n1\n'), { dataset: { name: 'of Ben' }, user: ben });
  await shareDataset(first.dataset?.slug ?? '', { email: rae.email, right: 'IMPORT' }, ben);
  const hers = await runImport(bytes('n\n2\n'), { dataset: { id: first.dataset?.id ?? '' }, user: rae });
  await undoImport(hers.id, ben);
  const { id } = await findImport(hers.id, ben);
  const ended = await atOnce(
    id,
    () => redoImport(hers.id, ben),
    () => purgeUser(rae.id, rae.email, admin),
  );
  expect(ended).toEqual(['fulfilled', 'rejected']);
  expect(await datasetFaults()).toEqual([]);
  await purgeUser(rae.id, rae.email, admin);
  expect(await datasetFaults()).toEqual([]);
});

it('many redos and deletions without any order leave every dataset true to itself', async () => {
  const user = await owner();
  const columns = [{ index: 0, name: 'n', type: 'TEXT' as const }];
  const dataset = { name: 'in any order' };
  const first = await runImport(bytes('n\n0\n'), { dataset, columns, key: ['n'] });
  for (let i = 1; i <= 8; i++) {
    const into = { id: first.dataset?.id ?? '' };
    const { id } = await runImport(bytes(`n\n${i}\n`), { dataset: into, columns });
    await undoImport(id, user);
    await Promise.allSettled([redoImport(id, user), deleteImport(id, user), undoImport(first.id, user)]);
    await Promise.allSettled([redoImport(first.id, user), undoImport(id, user), deleteImport(id, user)]);
    expect(await datasetFaults()).toEqual([]);
  }
});

it('a dataset that is named like another would be once it is deleted keeps nobody from anything', async () => {
  const admin = await makeUser('ADMIN', 'Ada');
  const ben = await makeUser('MEMBER', 'Ben');
  const [record, two] = [
    await runImport(bytes('n\n1\n'), { dataset: { name: 'one' }, user: ben }),
    await runImport(bytes('n\n1\n'), { dataset: { name: 'two' }, user: ben }),
  ];
  const names = [record, two].flatMap(({ dataset }) => {
    const id = dataset?.id ?? '';
    return [`deleted ${id.replaceAll('-', '')}`, `deleted-${id}`, `deleted_${id}`];
  });
  for (const name of names) {
    const squatting = await runImport(bytes('n\n1\n'), { dataset: { name }, user: ben });
    expect(squatting.status).toBe('COMPLETED');
  }
  await deleteDataset(record.dataset?.slug ?? '', ben);
  const there = { ownerId: ben.id, deletedAt: null };
  expect(await db().dataset.count({ where: there })).toBe(1 + names.length);
  await purgeUser(ben.id, ben.email, admin);
  expect(await db().dataset.count({ where: there })).toBe(0);
});
