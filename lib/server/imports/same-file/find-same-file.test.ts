import { expect, it } from 'vitest';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { confirm, runImport, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { getImport } from '../get-import';

openDatabase();

const bytes = (text: string) => new TextEncoder().encode(text);

it('#54 tells of the same file as soon as it is up, whatever it is called, and of no other', async () => {
  const ana = await makeUser('MEMBER', 'Ana');
  const first = await runImport(bytes('n,word\n1,one\n'), {
    name: 'first.csv',
    dataset: { name: 'Once' },
    user: ana,
  });
  expect(first.sameFile).toBeNull();
  const again = await upload(bytes('n,word\n1,one\n'), 'again.csv', ana);
  const view = await getImport(again, ana);
  expect(view.status).toBe('INSPECTING');
  expect(view.sameFile).toEqual({
    id: first.id,
    status: 'COMPLETED',
    fileName: 'first.csv',
    user: { id: ana.id, name: 'Ana' },
    dataset: { slug: 'once', name: 'Once' },
    at: first.finishedAt,
  });
  const sameSize = await upload(bytes('n,word\n1,two\n'), 'first.csv', ana);
  expect((await getImport(sameSize, ana)).sameFile).toBeNull();

  await undoImport(first.id, ana);
  expect((await getImport(again, ana)).sameFile).toBeNull();
});

it('#54 tells nobody of imports that are not theirs to see', async () => {
  const [ana, ben, admin] = [await makeUser('MEMBER', 'Ana'), await makeUser(), await makeUser('ADMIN')];
  const content = bytes('secret\n42\n');
  const first = await runImport(content, { name: 'secret.csv', dataset: { name: 'Secret' }, user: ana });
  const mine = await upload(content, 'mine.csv', ben);
  expect((await getImport(mine, ben)).sameFile).toBeNull();
  expect((await getImport(mine, admin)).sameFile?.id).toBe(first.id);
  const share = (right: 'IMPORT' | 'MANAGE') =>
    shareDataset(first.dataset?.slug ?? '', { email: ben.email, right }, ana);
  await share('IMPORT');
  expect((await getImport(mine, ben)).sameFile).toBeNull();
  await share('MANAGE');
  expect((await getImport(mine, ben)).sameFile).toMatchObject({ id: first.id, user: { name: 'Ana' } });
});

it('#54 knows it by SHA-256 once it was read, where ETags are of something else', async () => {
  const ana = await makeUser('MEMBER', 'Ana');
  const content = bytes('a,b\n1,2\n');
  const first = await runImport(content, { dataset: { name: 'Parts' }, user: ana });
  const where = { import: { publicId: first.id } };
  await db().upload.updateMany({ where, data: { etag: '"of other parts"' } });
  const second = await upload(content, 'second.csv', ana);
  const inspected = await runInspection(second, ana);
  expect(inspected.sameFile).toBeNull();
  await confirm(inspected, ana, { dataset: { name: 'Parts too' } });
  const done = await runStage(second, ana);
  expect(done).toMatchObject({ status: 'COMPLETED', sameFile: { id: first.id } });
  // The first was there before: it is not the repetition.
  expect((await getImport(first.id, ana)).sameFile).toBeNull();
});

it('#54 tells of one that is still on its way', async () => {
  const ana = await makeUser('MEMBER', 'Ana');
  const content = bytes('x,y\n1,2\n');
  const first = await upload(content, 'first.csv', ana);
  await confirm(await runInspection(first, ana), ana, { dataset: { name: 'On its way' } });
  const second = await upload(content, 'second.csv', ana);
  expect((await getImport(second, ana)).sameFile).toMatchObject({ id: first, status: 'QUEUED' });
});

it('tells of one that is in a dataset rather than of a later one on its way', async () => {
  const ana = await makeUser('MEMBER', 'Ana');
  const content = bytes('p,q\n1,2\n');
  const done = await runImport(content, { dataset: { name: 'Done' }, user: ana });
  const waits = await runImport(content, { dataset: { name: 'Waits' }, user: ana, onRejection: 'REVIEW' });
  expect(waits.status).toBe('REVIEW');
  const third = await upload(content, 'third.csv', ana);
  expect((await getImport(third, ana)).sameFile).toMatchObject({ id: done.id, status: 'COMPLETED' });
});
