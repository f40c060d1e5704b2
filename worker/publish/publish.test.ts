import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { findImport } from '@/lib/server/imports/find-import';
import { listOutcomes } from '@/lib/server/imports/outcomes/list-outcomes';
import { previewUndo } from '@/lib/server/imports/undo/preview-undo';
import { redoImport, undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { countStored } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { shareRows } from '@/testing/share-rows';
import {
  confirm,
  type RunOptions,
  runImport,
  runInspection,
  runStage,
  upload,
} from '@/worker/testing/run-import';
import { purgeImport } from '../jobs/purge';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);

async function exported(slug: string): Promise<string> {
  let text = '';
  const dataset = await findDataset(slug, await owner());
  for await (const piece of exportRows(dataset, { format: 'csv' })) text += piece;
  return text.replaceAll('\r\n', '\n');
}

/** A dataset of products with the key `sku`, as text. */
async function products(name: string, content: string) {
  const done = await runImport(bytes(content), { types: 'text', dataset: { name }, key: ['sku'] });
  expect(done).toMatchObject({ status: 'COMPLETED', mode: 'UPSERT', publishedRevision: 1 });
  return { id: done.id, dataset: { id: done.dataset?.id ?? '' }, slug: done.dataset?.slug ?? '' };
}

/** An import that waits to be staged. */
async function waiting(content: string, options: RunOptions): Promise<string> {
  const user = await owner();
  const id = await upload(bytes(content), options.name ?? 'file.csv', user);
  await confirm(await runInspection(id, user), user, { types: 'text', ...options });
  return id;
}

describe('an import into a dataset with a key', () => {
  it('#88 takes two ways of writing a letter for one key', async () => {
    const content = (form: 'NFC' | 'NFD', qty: number) =>
      bytes(`sku,qty\nMüller,${qty}\nÅse,${qty}\n`.normalize(form));
    const content1 = new TextDecoder().decode(content('NFC', 1));
    const { dataset } = await products('Letters', content1);
    const other = await runImport(content('NFD', 2), { types: 'text', dataset });
    expect(other.rows).toMatchObject({ inserted: 0, updated: 2 });
    const again = await runImport(content('NFC', 2), { types: 'text', dataset });
    expect(again.rows).toMatchObject({ inserted: 0, updated: 2 });
  });

  it('takes them for one key within a file too', async () => {
    const text = `sku,qty\n${'Müller'.normalize('NFC')},1\n${'Müller'.normalize('NFD')},2\nÅse,3\n`;
    const options = { types: 'text' as const, key: ['sku'], dataset: { name: 'Once' } };
    const kept = await runImport(bytes(text), options);
    expect(kept.rows).toMatchObject({ read: 3, inserted: 2, skipped: 1 });
    const strict = await runImport(bytes(text), {
      ...options,
      dataset: { name: 'Strictly once' },
      duplicates: 'REJECT',
    });
    expect(strict.rows).toMatchObject({ read: 3, rejected: 2 });
  });

  it('finds keys that an earlier version wrote down in another form', async () => {
    const written = await readFile('prisma/migrations/20261128233500_keys_in_nfc/migration.sql', 'utf8');
    // The table has another name since.
    const migration = written.replaceAll('"Effect"', '"RowChange"');
    expect(migration).not.toBe(written);
    for (const key of [['sku'], ['sku', 'qty']]) {
      const text = `sku,qty,at\nMüller,é,1\nÅse,b,1\nplain,c,1\n`;
      const options = { types: 'text' as const, key, dataset: { name: key.join() } };
      const first = await runImport(bytes(text), options);
      const dataset = { id: first.dataset?.id ?? '' };
      const { number } = await db().dataset.findUniqueOrThrow({ where: { id: dataset.id } });
      await shareRows(dataset.id);
      // As it was: parts of a key with the lengths that they have in the file.
      await db().$executeRaw`
        update "RowChange" e set "key" = case when ${key.length} = 1 then normalize(v.sku, NFD)
          else length(normalize(v.sku, NFD)) || ':' || normalize(v.sku, NFD) || length(normalize(v.qty, NFD)) || ':' || normalize(v.qty, NFD) end
        from (select "importId", "rowNumber", "values" ->> 0 as sku, "values" ->> 1 as qty from "Row") v
        where v."importId" = e."importId" and v."rowNumber" = e."rowNumber" and e."datasetNumber" = ${number}`;
      await db().$executeRawUnsafe(migration);
      const next = await runImport(bytes(text.replaceAll(',1', ',2')), { types: 'text', dataset });
      expect(next.rows).toMatchObject({ inserted: 0, updated: 3 });
    }
  });

  it('updates and inserts, keeps rows where they stand, and gives everything back when it is undone', async () => {
    const first = await products('Shop', 'sku,price\n007,1\n7,2\n8,3\n');
    const user = await owner();
    const second = await runImport(bytes('sku,price\n9,4\n 7 ,5\n8,3\n9,6\n'), {
      types: 'text',
      dataset: first.dataset,
    });
    expect(second.rows).toEqual({ read: 4, inserted: 1, updated: 1, unchanged: 1, skipped: 1, rejected: 0 });
    expect(await listOutcomes(second.id, { outcome: 'updated', after: 0, limit: 50 }, user)).toEqual({
      columns: ['sku', 'price'],
      rows: [
        {
          row: 3,
          kind: 'UPDATED',
          cells: [' 7 ', '5'],
          before: ['7', '2'],
          matched: { importId: first.id, fileName: 'file.csv', row: 3 },
        },
      ],
      next: null,
    });
    const skipped = await listOutcomes(second.id, { outcome: 'skipped', after: 0, limit: 1 }, user);
    expect(skipped).toMatchObject({
      rows: [{ row: 2, kind: 'DUPLICATE', before: null, matched: { importId: second.id, row: 5 } }],
      next: 2,
    });
    const after = 'sku,price\n007,1\n" 7 ",5\n8,3\n9,6\n';
    expect(await exported(first.slug)).toBe(after);
    await undoImport(second.id, user);
    expect(await exported(first.slug)).toBe('sku,price\n007,1\n7,2\n8,3\n');
    await redoImport(second.id, user);
    expect(await exported(first.slug)).toBe(after);
  });

  it('asks what to undo where a later import changed the rows', async () => {
    const first = await products('Asked', 'sku,price\na,1\nb,2\n');
    const user = await owner();
    await runImport(bytes('sku,price\nb,3\n'), { name: 'later.csv', types: 'text', dataset: first.dataset });
    await expect(undoImport(first.id, user)).rejects.toThrow(/later\.csv/);
    expect(await previewUndo(first.id, user)).toMatchObject({
      rowsBefore: 2,
      rowsAfter: 1,
      removed: 1,
      earlier: 0,
      kept: 1,
      changedBy: [{ fileName: 'later.csv', rows: 1 }],
      rowsAfterInOrder: 0,
    });
    await undoImport(first.id, user, { extent: 'ALONE' });
    expect(await exported(first.slug)).toBe('sku,price\nb,3\n');
    await redoImport(first.id, user);
    await undoImport(first.id, user, { extent: 'IN_ORDER' });
    expect(await exported(first.slug)).toBe('sku,price\n');
    await redoImport(first.id, user, { extent: 'IN_ORDER' });
    expect(await exported(first.slug)).toBe('sku,price\na,1\nb,3\n');
  });

  it('says in the file’s own words why a key is refused', async () => {
    const first = await products('Refused', 'sku,price\na,1\n');
    const done = await runImport(bytes('sku,price\n a,2\nb,3\n ,4\nb,5\n'), {
      types: 'text',
      dataset: first.dataset,
      mode: 'APPEND',
      duplicates: 'REJECT',
    });
    // Not one row is valid, so it is not published but waits for a person.
    expect(done.status).toBe('REVIEW');
    expect(done.rows).toEqual({ read: 4, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 4 });
    expect(done.rejections).toEqual([
      {
        row: 2,
        column: 'sku',
        value: ' a',
        reason: 'The key “sku” is in the dataset already: row 2 of file.csv.',
      },
      {
        row: 3,
        column: 'sku',
        value: 'b',
        reason: 'The key “sku” is in this file more than once, also in row 5.',
      },
      { row: 4, column: 'sku', value: '', reason: 'This is a key column, so it cannot be empty.' },
      {
        row: 5,
        column: 'sku',
        value: 'b',
        reason: 'The key “sku” is in this file more than once, also in row 3.',
      },
    ]);
  });

  it('ends as if one came after the other, when two run at once, and says which', async () => {
    const first = await products('Race', 'sku,price\na,1\n');
    const user = await owner();
    const file = (price: string) =>
      `sku,price\n${Array.from({ length: 3_000 }, (_, i) => `k${i},${price}`).join('\n')}\n`;
    const ids = await Promise.all(
      ['x', 'y', 'z'].map((price) => waiting(file(price), { name: `${price}.csv`, dataset: first.dataset })),
    );
    const done = await Promise.all(ids.map((id) => runStage(id, user)));
    const order = done.sort((a, b) => (a.publishedRevision ?? 0) - (b.publishedRevision ?? 0));
    expect(order.map(({ publishedRevision }) => publishedRevision)).toEqual([2, 3, 4]);
    expect(order.map(({ rows }) => [rows.inserted, rows.updated])).toEqual([
      [3_000, 0],
      [0, 3_000],
      [0, 3_000],
    ]);
    const price = order.at(-1)?.file.name.charAt(0);
    expect(await exported(first.slug)).toBe(`sku,price\na,1\n${file(price ?? '').slice(10)}`);
    expect((await findDataset(first.slug, user)).rows).toBe(3_001);
  });

  it('shows nothing when its account does not balance', async () => {
    const first = await products('Unbalanced', 'sku,price\na,1\n');
    const user = await owner();
    const id = await waiting('sku,price\na,2\nb,3\n', { dataset: first.dataset });
    const { id: importId } = await findImport(id, user);
    const { number } = await db().dataset.findUniqueOrThrow({ where: { id: first.dataset.id } });
    await db().$executeRawUnsafe(`
      create function lose() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger lose before insert on "ds_${number}"."row_changes" for each row
        when (new."importId" = ${importId} and new."kind" = 'UPDATED') execute function lose()`);
    const done = await runStage(id, user);
    await db().$executeRawUnsafe('drop function lose cascade');
    expect(done).toMatchObject({ status: 'FAILED', failure: { reason: 'RECEIPT_UNBALANCED' } });
    expect(await exported(first.slug)).toBe('sku,price\na,1\n');
    await purgeImport(importId);
    expect(await countStored(importId)).toEqual({ rows: 0, changes: 0 });
    expect(await db().rowChangeCount.count({ where: { importId } })).toBe(0);
  });

  it('takes the cells that its file lacks from the row that it updates', async () => {
    const first = await products('Lacking', 'sku,price,note\na,1,old\nb,2,"two\nlines"\n');
    await runImport(bytes('price,sku\n9,b\n3,c\n'), { types: 'text', dataset: first.dataset });
    expect(await exported(first.slug)).toBe('sku,price,note\na,1,old\nb,9,"two\nlines"\nc,3,\n');
  });

  it('keeps its key, needs its columns, and has no key to offer where rows are there without one', async () => {
    const first = await products('Strict', 'sku,price\na,1\n');
    const other = { types: 'text' as const, dataset: first.dataset, key: ['price'] };
    await expect(runImport(bytes('sku,price\na,1\n'), other)).rejects.toThrow('stays so');
    await expect(runImport(bytes('price\n1\n'), { types: 'text', dataset: first.dataset })).rejects.toThrow(
      'match a column of the file with “sku”',
    );
    const added = await runImport(bytes('sku\na\n'), { dataset: { name: 'Without' } });
    const dataset = { id: added.dataset?.id ?? '' };
    await expect(runImport(bytes('sku\na\n'), { dataset, mode: 'UPSERT' })).rejects.toThrow('has no key');
    await expect(runImport(bytes('sku\na\n'), { dataset, key: ['sku'] })).rejects.toThrow('has rows already');
  });
});

describe('a replacement', () => {
  it('of a dataset without a key takes all rows away, and brings them back when it is undone', async () => {
    const user = await owner();
    const first = await runImport(bytes('a\n1\n2\n'), { dataset: { name: 'Replaced' } });
    const dataset = { id: first.dataset?.id ?? '' };
    const second = await runImport(bytes('a\n3\n'), { dataset, mode: 'REPLACE' });
    expect(second).toMatchObject({ rows: { inserted: 1 }, rowsRemoved: 2, publishedRevision: 2 });
    await runImport(bytes('a\n4\n'), { dataset });
    expect(await exported('replaced')).toBe('a\n3\n4\n');
    expect(await previewUndo(second.id, user)).toMatchObject({
      rowsBefore: 2,
      rowsAfter: 3,
      removed: 1,
      earlier: 2,
    });
    await undoImport(second.id, user);
    expect(await exported('replaced')).toBe('a\n1\n2\n4\n');
    // An import that was undone is one of the dataset's all the same.
    expect(await findDataset('replaced', user)).toMatchObject({ rows: 3, imports: 3 });
  });
});
