import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { stageImport } from '@/worker/jobs/stage';
import { confirm, runImport, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { findImport } from '../find-import';
import { undoImport } from '../undo/undo-import';
import { readReceipt } from './read-receipt';

openDatabase();

const bytes = (lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);

it('has who, when, which file, columns, options, account and changes', async () => {
  const user = await owner();
  const done = await runImport(bytes(['sku,n', 'a,1', 'a,2', ',3']), {
    name: 'receipt.csv',
    dataset: { name: 'Receipt' },
    key: ['sku'],
    duplicates: 'FIRST',
    shortRows: 'pad',
  });
  await undoImport(done.id, user);
  const receipt = await readReceipt(done.id, user);
  const { objectKey } = await findImport(done.id, user);
  const { etag } = await db().upload.findUniqueOrThrow({ where: { objectKey } });
  expect(receipt).toMatchObject({
    status: 'UNDONE',
    user: { id: user.id, name: user.name },
    file: { name: 'receipt.csv', bytes: 17, sha256: done.file.sha256, etag },
    tally: { read: 3, inserted: 1, updated: 0, unchanged: 0, skipped: 1, rejected: 1, balances: true },
    key: ['sku'],
    duplicates: 'FIRST',
    options: { shortRows: 'pad' },
    attempts: [{ number: 1, afterRow: null, rows: 0, version: '0.1.0' }],
    history: [
      { revision: 1, kind: 'PUBLISHED', by: user.name },
      { revision: 2, kind: 'UNDONE', by: user.name },
    ],
  });
  expect(receipt.mapping?.map(({ name }) => name)).toEqual(['sku', 'n']);
});

it('says where an attempt went on, and is not there before the import is completed', async () => {
  const user = await owner();
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},${'x'.repeat(60)}`);
  const id = await upload(bytes(['n,word', ...lines]), 'resumed.csv', user);
  await confirm(await runInspection(id, user), user, { dataset: { name: 'Resumed' } });
  const record = await findImport(id, user);
  await expect(readReceipt(id, user)).rejects.toMatchObject({ code: 'conflict' });
  // A worker that is told to stop as soon as it has committed something hands the job back.
  const stop = new AbortController();
  const watch = setInterval(async () => {
    const now = await db().import.findUniqueOrThrow({
      where: { id: record.id },
      select: { checkpoint: true },
    });
    if (now.checkpoint !== null) stop.abort();
  }, 5);
  await stageImport(record.id, stop.signal).finally(() => clearInterval(watch));
  const done = await runStage(id, user);
  expect(done).toMatchObject({ status: 'COMPLETED', rows: { read: 200_000, inserted: 200_000 } });
  const { attempts } = await readReceipt(id, user);
  expect(attempts).toHaveLength(2);
  expect(attempts[1]?.afterRow).toBeGreaterThan(1);
  expect(attempts[1]?.afterReview).toBe(false);
  // The header is row 1.
  expect(attempts[1]?.rows).toBe((attempts[1]?.afterRow ?? 0) - 1);
  expect(attempts[1]?.rows).toBeLessThan(200_000);
});
