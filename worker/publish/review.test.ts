import { afterEach, describe, expect, it } from 'vitest';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { findImport } from '@/lib/server/imports/find-import';
import { getImport } from '@/lib/server/imports/get-import';
import { publishImport } from '@/lib/server/imports/publish-import';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { db } from '@/lib/server/platform/db/client';
import { headObject } from '@/lib/server/platform/storage/objects';
import type { User } from '@/lib/server/platform/user';
import { atOnce } from '@/testing/at-once';
import { countRows } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
import { purgeImport } from '../jobs/purge';
import { stageImport } from '../jobs/stage';
import { sweep } from '../sweep/sweep';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);
const day = 24 * 3600_000;
const running = () => new AbortController().signal;

/** Two good rows and one that is not, or only the good ones. */
const mixed = 'n,word\n1,one\nx,two\n3,three\n';
const clean = 'n,word\n1,one\n3,three\n';
const columns = [
  { index: 0, name: 'n', type: 'INTEGER' as const },
  { index: 1, name: 'word', type: 'TEXT' as const },
];

let made = 0;
const importOf = (content: string, options: RunOptions) =>
  runImport(bytes(content), { dataset: { name: `Review ${++made}` }, columns, ...options });

/** What readers see of the dataset. */
async function visible(datasetId: string | undefined): Promise<number> {
  return (await db().dataset.findUniqueOrThrow({ where: { id: datasetId ?? '' } })).rows;
}

describe('an import that is to be reviewed', () => {
  it('rests with its account, seen by nobody, and goes in without the file being read again', async () => {
    const user = await owner();
    const record = await importOf(mixed, { onRejection: 'REVIEW' });
    expect(record).toMatchObject({ status: 'REVIEW', onRejection: 'REVIEW', finishedAt: null });
    expect(record.rows).toEqual({ read: 3, inserted: 2, updated: 0, unchanged: 0, skipped: 0, rejected: 1 });
    expect(record.file.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await visible(record.dataset?.id)).toBe(0);
    await publishImport(record.id, user);
    const { objectKey } = await findImport(record.id, user);
    await db().upload.update({ where: { objectKey }, data: { objectKey: `${objectKey}-not-there` } });
    const done = await runStage(record.id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', rows: record.rows });
    expect(done.attemptNotes.map(({ afterReview }) => afterReview)).toEqual([false, true]);
    expect(await visible(record.dataset?.id)).toBe(2);
  });

  it('rests without being asked to when every row is rejected, and cannot be published like that', async () => {
    const user = await owner();
    const record = await importOf('n,word\nx,one\ny,two\n', { onRejection: 'IMPORT_VALID' });
    expect(record).toMatchObject({ status: 'REVIEW', finishedAt: null });
    expect(record.rows).toEqual({ read: 2, inserted: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 2 });
    await expect(publishImport(record.id, user)).rejects.toThrow('All rows of this import are rejected');
    await fixImport(record.id, [{ kind: 'EMPTY', column: 'n', words: ['x'] }], user);
    const fixed = await runStage(record.id, user);
    expect(fixed).toMatchObject({ status: 'REVIEW', rows: { inserted: 1, rejected: 1 } });
    await publishImport(record.id, user);
    expect(await runStage(record.id, user)).toMatchObject({ status: 'COMPLETED' });
    expect(await visible(record.dataset?.id)).toBe(1);
  });

  it('rests also when nothing is rejected, and its time in review is no part of its time', async () => {
    const user = await owner();
    const record = await importOf(clean, { onRejection: 'REVIEW' });
    expect(record).toMatchObject({ status: 'REVIEW', rows: { inserted: 2, rejected: 0 } });
    const long = new Date(Date.now() - 3600_000);
    await db().import.update({
      where: { publicId: record.id },
      data: { startedAt: long, review: { update: { inReviewSince: long } } },
    });
    await publishImport(record.id, user);
    expect((await runStage(record.id, user)).seconds).toBeLessThan(60);
  });

  it('#58 is published once by fifty clicks, and once by a job that is delivered twice at once', async () => {
    const user = await owner();
    const record = await importOf(mixed, { onRejection: 'REVIEW' });
    const { id } = await findImport(record.id, user);
    const answers = await atOnce(50, () => publishImport(record.id, user));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['PUBLISHING']));
    await Promise.allSettled([stageImport(id, running()), stageImport(id, running())]);
    await stageImport(id, running());
    expect(await publishImport(record.id, user)).toMatchObject({ status: 'COMPLETED' });
    expect(await visible(record.dataset?.id)).toBe(2);
    expect(await db().datasetChange.count({ where: { importId: id } })).toBe(1);
    expect(await db().auditEvent.count({ where: { kind: 'IMPORT_APPROVED', subjectId: record.id } })).toBe(1);
  });

  it('goes on where a worker died, before it rested and after it was approved', async () => {
    const user = await owner();
    const record = await importOf(mixed, { onRejection: 'REVIEW' });
    const { id } = await findImport(record.id, user);
    await db().import.update({ where: { id }, data: { status: 'STAGING' } });
    await stageImport(id, running());
    expect(await getImport(record.id, user)).toMatchObject({ status: 'REVIEW', rows: record.rows });
    await publishImport(record.id, user);
    await db().$executeRaw`delete from queue.job where (data->>'importId')::int = ${id}`;
    await sweep();
    expect(await runStage(record.id, user)).toMatchObject({ status: 'COMPLETED', rows: record.rows });
  });

  it('is purged with its file when it is cancelled, and cannot be published then', async () => {
    const user = await owner();
    const record = await importOf(mixed, { onRejection: 'REVIEW' });
    const { id, objectKey } = await findImport(record.id, user);
    await cancelImport(record.id, user);
    await purgeImport(id);
    expect(await countRows(id)).toBe(0);
    expect(await db().rejection.count({ where: { importId: id } })).toBe(0);
    expect(await headObject(objectKey)).toBeNull();
    await expect(publishImport(record.id, user)).rejects.toThrow('is not waiting for review');
  });

  it('keeps its file while it waits, and ends with a reason when nobody looks after it', async () => {
    const user = await owner();
    const record = await importOf(mixed, { onRejection: 'REVIEW' });
    const { id, objectKey } = await findImport(record.id, user);
    const start = Date.now();
    expect(Date.parse(record.waitsUntil ?? '') - start).toBeGreaterThan(29 * day);
    await sweep(new Date(start + 29 * day));
    expect(await getImport(record.id, user)).toMatchObject({ status: 'REVIEW', file: { deletedAt: null } });
    const inReviewSince = new Date(start - 31 * day);
    await db().review.update({ where: { importId: id }, data: { inReviewSince } });
    await sweep();
    const ended = await getImport(record.id, user);
    expect(ended).toMatchObject({ status: 'FAILED', failure: { reason: 'REVIEW_ABANDONED' } });
    expect(await headObject(objectKey)).not.toBeNull();
    await purgeImport(id);
    expect(await countRows(id)).toBe(0);
  });
});

describe('an import that is to stop at any rejection', () => {
  it('waits with nothing stored, says which row and why, and goes in when a person says so', async () => {
    const user = await owner();
    const record = await importOf(mixed, { onRejection: 'STOP' });
    expect(record).toMatchObject({ status: 'REVIEW', onRejection: 'STOP', rows: { read: 3, rejected: 1 } });
    expect(record.rejections).toMatchObject([{ row: 3, column: 'n', value: 'x' }]);
    expect(await visible(record.dataset?.id)).toBe(0);
    await publishImport(record.id, user);
    expect(await runStage(record.id, user)).toMatchObject({ status: 'COMPLETED', rows: record.rows });
  });

  it('goes in at once when nothing is rejected', async () => {
    const record = await importOf(clean, { onRejection: 'STOP' });
    expect(record).toMatchObject({ status: 'COMPLETED', rows: { read: 2, inserted: 2, rejected: 0 } });
  });

  it('stops for values that are there twice, too', async () => {
    const unique = [{ index: 0, name: 'n', type: 'INTEGER' as const, rules: { unique: true } }];
    const record = await importOf('n\n1\n1\n', { onRejection: 'STOP', columns: unique });
    expect(record).toMatchObject({ status: 'REVIEW', rows: { read: 2, inserted: 1, rejected: 1 } });
  });
});

describe('a review of a dataset with a key', () => {
  const products = [
    { index: 0, name: 'sku', type: 'TEXT' as const },
    { index: 1, name: 'price', type: 'INTEGER' as const },
  ];

  it('shows what would be inserted and updated, and is decided on anew before it is published', async () => {
    const user = await owner();
    const first = await importOf('sku,price\na,1\nb,2\n', { columns: products, key: ['sku'] });
    const dataset = { id: first.dataset?.id ?? '' };
    const record = await importOf('sku,price\na,5\nc,x\nd,7\n', {
      columns: products,
      dataset,
      onRejection: 'REVIEW',
    });
    expect(record).toMatchObject({
      status: 'REVIEW',
      rows: { read: 3, inserted: 1, updated: 1, unchanged: 0, skipped: 0, rejected: 1 },
    });
    expect(await visible(dataset.id)).toBe(2);
    await importOf('sku,price\na,5\nd,6\n', { columns: products, dataset });
    await expect(publishImport(record.id, user)).rejects.toThrow('Update the review');
    await fixImport(record.id, [], user);
    await runStage(record.id, user);
    await publishImport(record.id, user);
    expect(await runStage(record.id, user)).toMatchObject({
      status: 'COMPLETED',
      rows: { read: 3, inserted: 0, updated: 1, unchanged: 1, skipped: 0, rejected: 1 },
    });
    expect(await visible(dataset.id)).toBe(3);
  });

  it('stops for a row that an import in between made one too many', async () => {
    const user = await owner();
    const first = await importOf('sku,price\na,1\n', { columns: products, key: ['sku'] });
    const dataset = { id: first.dataset?.id ?? '' };
    const { id } = await importOf('sku,price\nb,5\n', {
      columns: products,
      dataset,
      mode: 'APPEND',
      onRejection: 'REVIEW',
    });
    // As a worker leaves it that dies after it found nothing to reject.
    const left = { status: 'PUBLISHING', onRejection: 'STOP' } as const;
    await db().import.update({ where: { publicId: id }, data: left });
    const between = await importOf('sku,price\nb,1\n', { columns: products, dataset });
    expect(between.status).toBe('COMPLETED');
    expect(await runStage(id, user)).toMatchObject({ status: 'REVIEW', rows: { rejected: 1 } });
  });
});

describe('who may publish what waits', () => {
  it('#56 is not somebody else, nor whoever lost the right to the dataset meanwhile', async () => {
    const ann: User = await makeUser('MEMBER', 'Ann');
    const ben: User = await makeUser('MEMBER', 'Ben');
    const first = await importOf(clean, { user: ann });
    const slug = first.dataset?.slug ?? '';
    const { email } = await db().user.findUniqueOrThrow({ where: { id: ben.id } });
    await shareDataset(slug, { email, right: 'IMPORT' }, ann);
    const dataset = { id: first.dataset?.id ?? '' };
    const record = await importOf(mixed, { user: ben, dataset, onRejection: 'REVIEW' });
    expect(record.status).toBe('REVIEW');
    await expect(publishImport(record.id, await makeUser('MEMBER', 'Eve'))).rejects.toThrow('no such import');
    await shareDataset(slug, { email, right: 'VIEW' }, ann);
    await expect(publishImport(record.id, ben)).rejects.toThrow('may not change this dataset');
    expect(await getImport(record.id, ben)).toMatchObject({ status: 'REVIEW' });
  });
});
