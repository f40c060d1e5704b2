import { expect, it } from 'vitest';
import { shareDataset, unshareDataset } from '@/lib/server/datasets/share-dataset';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { listOutcomes } from '../outcomes/list-outcomes';
import { previewRedo, previewUndo } from './preview-undo';
import { redoImport, undoImport } from './undo-import';

openDatabase();

const file = (text: string) => new TextEncoder().encode(`n,word\n${text}\n`);
const columns = [
  { index: 0, name: 'n', type: 'INTEGER' as const },
  { index: 1, name: 'word', type: 'TEXT' as const },
];
const refused = { code: 'forbidden' };
const page = (outcome: 'inserted' | 'updated') => ({ outcome, after: 0, limit: 10 });

it('matched rows hide the file names of other users, and everything once access is revoked', async () => {
  const ann = await makeUser('MEMBER', 'Ann');
  const ben = await makeUser('MEMBER', 'Ben');
  const first = await runImport(file('1,of ann'), {
    name: 'secret name.csv',
    dataset: { name: 'matched' },
    columns,
    key: ['n'],
    user: ann,
  });
  const dataset = { id: first.dataset?.id ?? '' };
  const slug = first.dataset?.slug ?? '';
  await shareDataset(slug, { email: ben.email, right: 'IMPORT' }, ann);
  const his = await runImport(file('1,of ben'), { name: 'his.csv', dataset, columns, user: ben });
  const matched = await listOutcomes(his.id, page('updated'), ben);
  expect(matched.rows).toMatchObject([{ before: ['1', 'of ann'], matched: { fileName: null, row: 2 } }]);
  expect((await listOutcomes(his.id, page('updated'), ann)).rows).toMatchObject([
    { matched: { fileName: 'secret name.csv' } },
  ]);

  await runImport(file('1,of ann again'), { name: 'another secret.csv', dataset, columns, user: ann });
  const preview = await previewUndo(his.id, ben);
  expect(preview.changedBy).toMatchObject([{ fileName: 'somebody else’s file', rows: 1 }]);
  expect(JSON.stringify(preview)).not.toContain('secret');
  await expect(undoImport(his.id, ben)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.not.stringContaining('secret'),
  });
  await expect(undoImport(his.id, ben, { extent: 'IN_ORDER' })).rejects.toMatchObject(refused);
  expect((await previewUndo(his.id, ann)).changedBy).toMatchObject([{ fileName: 'another secret.csv' }]);

  await unshareDataset(slug, ben.id, ann);
  for (const attempt of [previewUndo, previewRedo, undoImport, redoImport])
    await expect(attempt(his.id, ben)).rejects.toMatchObject(refused);
  await expect(listOutcomes(his.id, page('updated'), ben)).rejects.toMatchObject(refused);
});
