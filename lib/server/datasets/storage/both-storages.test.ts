import { describe, expect, it } from 'vitest';
import { listOutcomes } from '@/lib/server/imports/outcomes/list-outcomes';
import { readRowHistory } from '@/lib/server/imports/outcomes/read-row-history';
import { previewRedo, previewUndo } from '@/lib/server/imports/undo/preview-undo';
import { redoImport, undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { outcomeNames, replacedNames } from '@/lib/shared/schema/import/outcome';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { shareRows } from '@/testing/share-rows';
import { type RunOptions, runImport } from '@/worker/testing/run-import';
import { findDataset } from '../find-dataset';
import { exportRows } from '../rows/export/export-rows';
import { readRowPage } from '../rows/read-rows';
import { moveDataset } from './move/move-dataset';

openDatabase();

const types = ['TEXT', 'DECIMAL', 'DATETIME', 'TEXT', 'TIME', 'JSON', 'DATE', 'BOOLEAN'] as const;
const columns = types.map((type, index) => ({ index, name: `c${index}`, type }));
const header = columns.map(({ name }) => name).join();

/** Odd spellings of everything, and what CSV has to quote. */
const cells = [
  ['a', 'b,c', '"d ""e"""', '=f', ' g', '"h\ni"', 'ü\u00a0', ''],
  ['1', '007.50', '.5', '-0', '5.', '1.10', '12345678901234567890.1', ''],
  [
    '2026-01-02T03:04:05',
    '2026-01-02T03:04:05.10Z',
    '2026-01-02T03:04:05+02:00',
    '',
    '2026-01-02T03:04:05.1234567',
  ],
  ['null]', ', null]', '\\', ''],
  ['10:00:00', '10:00:00.500', '23:59:59.123456789', ''],
  ['"{""a"": 1}"', '[]', '12E4', ''],
  ['2026-01-02', '0001-01-01', ''],
  ['true', 'false', ''],
];
const lineOf = (key: string, i: number) =>
  [key, ...cells.slice(1).map((list, column) => list[(i + 3 * column) % list.length])].join();

/** Imports a file of such rows. @param keys of its first column @param from where the other columns begin */
const run = (keys: string[], from: number, options: RunOptions) =>
  runImport(Buffer.from(`${header}\n${keys.map((key, i) => lineOf(key, from + i)).join('\n')}\n`), {
    columns,
    ...options,
  });

async function exported(slug: string, options: Parameters<typeof exportRows>[1]): Promise<string> {
  let text = '';
  for await (const piece of exportRows(await findDataset(slug, await owner()), options)) text += piece;
  return text;
}

/** Everything that can be read of a dataset, page by page. */
async function allOf(slug: string): Promise<unknown> {
  const user = await owner();
  const dataset = await findDataset(slug, user);
  const pages: unknown[] = [];
  let after: string | undefined;
  do {
    const page = await readRowPage(dataset, { after, limit: 3 });
    pages.push(page);
    after = page.next ?? undefined;
  } while (after);
  const files: string[] = [];
  for (const writer of ['copy', 'createMany'] as const) {
    Object.assign(env(), { ROW_WRITER: writer });
    files.push(await exported(slug, { format: 'csv' }), await exported(slug, { format: 'json' }));
    files.push(await exported(slug, { format: 'csv', escape: 'formulas' }));
  }
  Object.assign(env(), { ROW_WRITER: 'copy' });
  expect(files.slice(3)).toEqual(files.slice(0, 3));
  const details: unknown[] = [];
  const imports = await db().import.findMany({ where: { datasetId: dataset.id }, orderBy: { id: 'asc' } });
  for (const { publicId, status, rowsRead } of imports) {
    for (const outcome of [...outcomeNames, ...replacedNames]) {
      for (const column of [undefined, 'c1']) {
        const page = { outcome, column, after: 0, limit: 50 };
        details.push(await listOutcomes(publicId, page, user).catch(String));
      }
    }
    for (let row = 2; row < rowsRead + 3; row++)
      details.push(await readRowHistory(slug, { importId: publicId, row }, user).catch(String));
    details.push(await (status === 'UNDONE' ? previewRedo : previewUndo)(publicId, user));
  }
  return { pages, files, details, rows: dataset.rows };
}

describe('what is read of a dataset', () => {
  it('is the same wherever its rows are, if it has no key', async () => {
    const keys = cells[0] ?? [];
    const first = await run(keys, 0, { dataset: { name: 'Without key' }, name: 'first.csv' });
    const dataset = { id: first.dataset?.id ?? '' };
    const second = await run(keys, 3, { dataset, name: 'second.csv' });
    await run([...keys, ...keys], 5, { dataset, name: 'third.csv' });
    const slug = first.dataset?.slug ?? '';
    await undoImport(second.id, await owner());
    const own = await allOf(slug);
    expect(JSON.stringify(own)).toContain('007.50');
    await shareRows(dataset.id);
    expect(await allOf(slug)).toEqual(own);
    expect(await datasetFaults()).toEqual([]);
  });

  it('is the same wherever its rows are, if it has a key', async () => {
    const user = await owner();
    const key = ['c0'];
    const first = await run(['a', 'b', 'c', 'd', 'e'], 0, {
      dataset: { name: 'Keyed' },
      name: 'first.csv',
      key,
    });
    const dataset = { id: first.dataset?.id ?? '' };
    const upsert = { dataset, key, mode: 'UPSERT' } as const;
    const second = await run(['b', 'c', 'f', 'f', 'a'], 1, { ...upsert, name: 'second.csv' });
    const third = await run(['c', 'd', 'g', 'b'], 2, { ...upsert, name: 'third.csv' });
    const slug = first.dataset?.slug ?? '';
    const states: unknown[] = [await allOf(slug)];
    const turns = async (record: () => Promise<unknown>) => {
      await undoImport(second.id, user, { extent: 'ALONE' });
      await record();
      // Its rows are seen only where the others wrote over them.
      await undoImport(first.id, user, { extent: 'ALONE' });
      await record();
      await redoImport(first.id, user);
      await redoImport(second.id, user);
      await undoImport(first.id, user, { extent: 'IN_ORDER' });
      await record();
      await redoImport(first.id, user, { extent: 'IN_ORDER' });
      await record();
    };
    await turns(async () => void states.push(await allOf(slug)));
    expect(third.status).toBe('COMPLETED');
    await shareRows(dataset.id);
    const shared: unknown[] = [await allOf(slug)];
    await turns(async () => void shared.push(await allOf(slug)));
    expect(shared).toEqual(states);
    expect(await datasetFaults()).toEqual([]);
  });

  it('is the same wherever its rows are, if it was replaced', async () => {
    const key = ['c0'];
    const first = await run(['a', 'b', 'c', 'd'], 0, {
      dataset: { name: 'Replaced' },
      name: 'first.csv',
      key,
    });
    const dataset = { id: first.dataset?.id ?? '' };
    await run(['a', 'c', 'b', 'e'], 0, { dataset, key, mode: 'REPLACE', name: 'second.csv' });
    const slug = first.dataset?.slug ?? '';
    const own = await allOf(slug);
    await shareRows(dataset.id);
    expect(await allOf(slug)).toEqual(own);
  });
});

it('exports all rows of a dataset that is moved in the middle of it, and whose rows are gone where they were', async () => {
  const lines = Array.from({ length: 8_000 }, (_, i) => `${i},${'x'.repeat(500)}`);
  const done = await runImport(Buffer.from(`n,t\n${lines.join('\n')}\n`), { name: 'long.csv' });
  const id = done.dataset?.id ?? '';
  await shareRows(id);
  let text = '';
  for await (const piece of exportRows(await findDataset(done.dataset?.slug ?? '', await owner()), {
    format: 'csv',
  })) {
    if (text === '') {
      expect(piece.length).toBeLessThan(2_000_000);
      expect(await moveDataset(id, new AbortController().signal)).toBe(true);
      await db().$executeRaw`delete from "Row"`;
    }
    text += piece;
  }
  expect(text === `n,t\r\n${lines.join('\r\n')}\r\n`).toBe(true);
});
