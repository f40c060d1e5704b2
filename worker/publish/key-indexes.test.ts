import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { dropKeyIndexes } from '@/lib/server/datasets/storage/key-indexes';
import { db } from '@/lib/server/platform/db/client';
import { isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import {
  confirm,
  type RunOptions,
  runImport,
  runInspection,
  runStage,
  upload,
} from '@/worker/testing/run-import';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

/** A file that is large enough to go into tables without indexes. */
const rows = 24_000;
const large = (word: string, from = 0) =>
  Buffer.from(`n,word\n${Array.from({ length: rows }, (_, i) => `${from + i},${word} ${i}`).join('\n')}\n`);
const small = Buffer.from('n,word\n1,a\n2,b\n');

const indexesFound = z.array(z.object({ index: z.string(), isPrimary: z.boolean() }));

/** The indexes of a dataset's tables as SQL, without the name of its schema. */
async function indexesOf({ dataset }: ImportDetails) {
  const { number } = await db().dataset.findUniqueOrThrow({ where: { id: dataset?.id ?? '' } });
  const found = await db().$queryRaw`
    select regexp_replace(pg_get_indexdef(x.indexrelid), 'ds_[0-9]+', 'ds') as index, x.indisprimary as "isPrimary"
    from pg_index x join pg_class c on c.oid = x.indrelid
    where c.relnamespace = to_regnamespace(${`ds_${number}`}) and c.relkind = 'r' and x.indisvalid order by 1`;
  return indexesFound.parse(found);
}

const names = (indexes: { index: string }[]) => indexes.map(({ index }) => index);

/** Uploads a file and confirms it, with nobody staging it yet. */
async function queued(
  content: Uint8Array,
  dataset: { id: string } | { name: string },
): Promise<ImportDetails> {
  const user = await owner();
  const inspected = await runInspection(await upload(content, 'file.csv', user), user);
  await confirm(inspected, user, { dataset, key: ['n'], types: 'text' });
  return inspected;
}

it('makes the indexes of a large first file when it is there: the same as those of a small one', async () => {
  const options: RunOptions = { key: ['n'], types: 'text' };
  const ofSmall = await indexesOf(await runImport(small, { ...options, dataset: { name: 'small' } }));
  const ofLarge = await indexesOf(await runImport(large('a'), { ...options, dataset: { name: 'large' } }));
  expect(names(ofLarge)).toEqual(names(ofSmall));
  expect(names(ofLarge)).toHaveLength(4);
  // Those of the small file were there from the beginning, as primary keys.
  expect(ofSmall.filter(({ isPrimary }) => isPrimary)).toHaveLength(2);
  expect(ofLarge.filter(({ isPrimary }) => isPrimary)).toHaveLength(isDistributed() ? 2 : 0);
});

it('takes two first files at once', async () => {
  const user = await owner();
  const first = await queued(large('a'), { name: 'at once' });
  const { datasetId } = await db().import.findUniqueOrThrow({ where: { publicId: first.id } });
  const second = await queued(large('b', rows / 2), { id: datasetId ?? '' });
  const done = await Promise.all([first, second].map(({ id }) => runStage(id, user)));
  expect(done).toMatchObject([{ status: 'COMPLETED' }, { status: 'COMPLETED' }]);
  expect(done.reduce((sum, { rows: counted }) => sum + counted.inserted, 0)).toBe(rows * 1.5);
  expect(done.reduce((sum, { rows: counted }) => sum + counted.updated, 0)).toBe(rows / 2);
});

it('makes those that an earlier file left behind missing', async () => {
  const user = await owner();
  const first = await queued(small, { name: 'left' });
  const { dataset } = await db().import.findUniqueOrThrow({
    where: { publicId: first.id },
    include: { dataset: true },
  });
  await dropKeyIndexes(dataset?.number ?? 0, 1e9);
  const done = await runStage(first.id, user);
  expect(done).toMatchObject({ status: 'COMPLETED', rows: { inserted: 2 } });
  expect(await indexesOf(done)).toHaveLength(4);
});

it('leaves a table alone that somebody wrote to', async () => {
  const done = await runImport(small, { key: ['n'], types: 'text', dataset: { name: 'written to' } });
  const { number } = await db().dataset.findUniqueOrThrow({ where: { id: done.dataset?.id ?? '' } });
  await dropKeyIndexes(number, 1e9);
  expect(await indexesOf(done)).toHaveLength(4);
});
