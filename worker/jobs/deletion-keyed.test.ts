import { afterEach, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { deleteImport } from '@/lib/server/imports/deletion/delete-import';
import { purgeUser } from '@/lib/server/imports/deletion/purge-user';
import { undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { countStored } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { purgeImport } from './purge';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);
const columns = [
  { index: 0, name: 'n', type: 'TEXT' as const },
  { index: 1, name: 'word', type: 'TEXT' as const },
];
const options = { columns, key: ['n'], mode: 'UPSERT' as const };
const cells = async (slug: string, user: User) =>
  (await readRowPage(await findDataset(slug, user), { limit: 100 })).rows
    .map((row) => row.cells.join('='))
    .sort();

/** Removes all that is marked, as when no signed address is good any more. */
async function removeMarked(): Promise<void> {
  const where = { deletedAt: { not: null } };
  await db().import.updateMany({ where, data: { deletedAt: new Date(0) } });
  for (const { id } of await db().import.findMany({ where })) await purgeImport(id);
  expect(await db().import.count({ where })).toBe(0);
}

it('a person who is deleted takes own values out of datasets with keys, and what was there before comes back', async () => {
  const admin = await makeUser('ADMIN', 'Ada');
  const ben = await makeUser('MEMBER', 'Ben');
  const rae = await makeUser('MEMBER', 'Rae');
  const first = await runImport(bytes('n,word\n1,one\n2,two\n'), {
    ...options,
    dataset: { name: 'keyed' },
    user: ben,
  });
  const slug = first.dataset?.slug ?? '';
  const dataset = { id: first.dataset?.id ?? '' };
  await shareDataset(slug, { email: rae.email, right: 'IMPORT' }, ben);
  const hers = await runImport(bytes('n,word\n2,zwei\n3,drei\n4,vier\n'), { ...options, dataset, user: rae });
  await runImport(bytes('n,word\n4,quatre\n'), { ...options, dataset, user: ben });
  expect(await cells(slug, ben)).toEqual(['1=one', '2=zwei', '3=drei', '4=quatre']);
  const { id: importId } = await db().import.findUniqueOrThrow({ where: { publicId: hers.id } });

  await purgeUser(rae.id, rae.email, admin);
  expect(await cells(slug, ben)).toEqual(['1=one', '2=two', '4=quatre']);
  await removeMarked();
  expect(await cells(slug, ben)).toEqual(['1=one', '2=two', '4=quatre']);
  expect((await findDataset(slug, ben)).rows).toBe(3);
  expect(await countStored(importId)).toEqual({ rows: 0, changes: 0 });
});

it('the import that had a key first can be deleted below later ones', async () => {
  const ben = await makeUser('MEMBER', 'Ben');
  const first = await runImport(bytes('n,word\n1,one\n2,two\n'), {
    ...options,
    dataset: { name: 'below' },
    user: ben,
  });
  const dataset = { id: first.dataset?.id ?? '' };
  const slug = first.dataset?.slug ?? '';
  const second = await runImport(bytes('n,word\n1,uno\n'), { ...options, dataset, user: ben });
  await undoImport(first.id, ben, { extent: 'ALONE' });
  await deleteImport(first.id, ben);
  await removeMarked();
  expect(await cells(slug, ben)).toEqual(['1=uno']);
  await runImport(bytes('n,word\n1,eins\n2,zwei\n'), { ...options, dataset, user: ben });
  expect(await cells(slug, ben)).toEqual(['1=eins', '2=zwei']);
  await undoImport(second.id, ben, { extent: 'IN_ORDER' });
  expect(await cells(slug, ben)).toEqual([]);
});
