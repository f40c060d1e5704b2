import { describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport } from '@/worker/testing/run-import';
import { undoImport } from '../undo/undo-import';
import { readRowHistory } from './read-row-history';

openDatabase();

const columns = [
  { index: 0, name: 'sku', type: 'TEXT' as const },
  { index: 1, name: 'stock', type: 'INTEGER' as const },
];
const run = (name: string, lines: string[], options: RunOptions) =>
  runImport(new TextEncoder().encode(`sku,stock\n${lines.join('\n')}\n`), { name, columns, ...options });

describe('the history of a row', () => {
  it('has every version, by whom, from which row of which file, and what became of it', async () => {
    const user = await owner();
    const record = await run('one.csv', ['a,1', 'b,2'], { dataset: { name: 'History' }, key: ['sku'] });
    const dataset = { id: record.dataset?.id ?? '' };
    const two = await run('two.csv', ['b,20', 'a,10'], { dataset });
    const same = await run('same.csv', ['b,20'], { dataset });
    const three = await run('three.csv', ['c,3', 'b,200'], { dataset });
    const slug = record.dataset?.slug ?? '';
    const shown = (await readRowPage(await findDataset(slug, user), { limit: 10 })).rows[1];
    expect(shown).toMatchObject({ importId: three.id, row: 3, cells: ['b', '200'] });
    const of = (importId: string, row: number) => readRowHistory(slug, { importId, row }, user);
    const history = await of(three.id, 3);
    expect(history.columns).toEqual(['sku', 'stock']);
    expect(history.versions).toMatchObject([
      {
        importId: record.id,
        fileName: 'one.csv',
        row: 3,
        cells: ['b', '2'],
        state: 'OVERWRITTEN',
        by: user.name,
      },
      { importId: two.id, fileName: 'two.csv', row: 2, cells: ['b', '20'], state: 'OVERWRITTEN' },
      { importId: three.id, fileName: 'three.csv', row: 3, cells: ['b', '200'], state: 'SHOWN' },
    ]);
    expect(await of(record.id, 3)).toEqual(history);
    await undoImport(three.id, user);
    expect((await of(record.id, 3)).versions.map(({ state }) => state)).toEqual([
      'OVERWRITTEN',
      'SHOWN',
      'UNDONE',
    ]);
    await run('all.csv', ['z,1'], { dataset, mode: 'REPLACE' });
    expect((await of(record.id, 3)).versions.map(({ state }) => state)).toEqual([
      'REPLACED',
      'REPLACED',
      'UNDONE',
    ]);
    await expect(of(same.id, 2)).rejects.toMatchObject({ code: 'not-found' });
    await expect(of(record.id, 99)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is one version where the dataset has no key, and shows nobody a file of another', async () => {
    const record = await run('mine.csv', ['a,1'], { dataset: { name: 'No key' } });
    const slug = record.dataset?.slug ?? '';
    const of = async (user: Parameters<typeof findDataset>[1]) =>
      (await readRowHistory(slug, { importId: record.id, row: 2 }, user)).versions;
    expect(await of(await owner())).toMatchObject([
      { fileName: 'mine.csv', cells: ['a', '1'], state: 'SHOWN' },
    ]);
    const guest = await makeUser('MEMBER', 'Guest');
    await expect(of(guest)).rejects.toMatchObject({ code: 'not-found' });
    await shareDataset(slug, { email: guest.email, right: 'VIEW' }, await owner());
    expect(await of(guest)).toMatchObject([{ fileName: null, cells: ['a', '1'] }]);
  });
});
