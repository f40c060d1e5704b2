import { describe, expect, it } from 'vitest';
import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import { TupleBuffer } from '@/lib/server/datasets/rows/tuple-buffer';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { db } from '@/lib/server/platform/db/client';
import { Fenced } from '@/lib/server/platform/errors';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';
import { owner } from '@/testing/people';
import { confirm, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { runSegment } from './segment';
import { endEarlierSessions, prepareSession } from './sessions';

openDatabase();

async function staging(attempt: number): Promise<RowTarget> {
  const user = await owner();
  const { id: datasetId, target } = await makeDataset([{ slot: 0, type: 'TEXT' }]);
  const data = {
    userId: user.id,
    datasetId,
    fileName: 'f.csv',
    fileSize: 10,
    objectKey: crypto.randomUUID(),
    status: 'STAGING' as const,
    attempt,
  };
  await db().upload.create({ data: { objectKey: data.objectKey } });
  return target((await db().import.create({ data })).id);
}

async function storedRows({ number }: RowTarget): Promise<number> {
  const [rows] = await db().$queryRawUnsafe<[{ count: number }]>(
    `select count(*)::int from ${inSchema(number, 'rows')}`,
  );
  return rows.count;
}

/** A segment of one row, `rowNumber`, after as many others as there are before it. */
function oneRow(
  target: RowTarget,
  attempt: number,
  rowNumber: number,
  hold: Promise<void> = Promise.resolve(),
) {
  return runSegment({ target, attempt, writer: copyWriter }, Promise.resolve(), async (segment) => {
    const tuples = new TupleBuffer(target);
    tuples.add(rowNumber, ['x']);
    await segment.write(tuples.take());
    await hold;
    const figures = {
      rowsRead: rowNumber,
      rowsStored: rowNumber,
      rowsRejected: 0,
      rowsLeftOut: 0,
      bytesRead: 2,
    };
    const position = { row: rowNumber, offset: 2 * rowNumber, line: rowNumber };
    return { stored: 1, rejected: [], overflow: [], position, figures };
  });
}

describe('a segment', () => {
  it('goes on where the one before it ended', async () => {
    const target = await staging(1);
    await oneRow(target, 1, 1);
    await oneRow(target, 1, 2);
    expect(await storedRows(target)).toBe(2);
  });

  it('is not stored behind a gap: a crash may have taken back the one before', async () => {
    const target = await staging(1);
    await expect(oneRow(target, 1, 2)).rejects.toThrow('The database lost rows');
    await oneRow(target, 1, 1);
    await expect(oneRow(target, 1, 3)).rejects.toThrow('The database lost rows');
    expect(await storedRows(target)).toBe(1);
  });

  it('of an attempt that was overtaken is not stored', async () => {
    const target = await staging(2);
    await expect(oneRow(target, 1, 1)).rejects.toThrow(Fenced);
    expect(await storedRows(target)).toBe(0);
  });

  it('does not wait for one that stands still in an earlier attempt', async () => {
    const target = await staging(1);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const stale = oneRow(target, 1, 1, held).then(
      () => 'stored',
      () => 'lost',
    );
    await new Promise((done) => setTimeout(done, 300));
    await db().import.update({ where: { id: target.importId }, data: { attempt: 2 } });
    await endEarlierSessions(target.importId, 2);
    await oneRow(target, 2, 1);
    release();
    expect(await stale).toBe('lost');
    expect(await storedRows(target)).toBe(1);
  });
});

describe('an attempt', () => {
  it('begins at once although an earlier one stands still just before its commit', async () => {
    const user = await owner();
    const id = await upload(Buffer.from('a,b\n1,2\n'), 'locked.csv', user);
    await confirm(await runInspection(id, user), user);
    const { id: importId } = await db().import.update({
      where: { publicId: id },
      data: { status: 'STAGING', attempt: 1 },
    });
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: locked, resolve: lock } = Promise.withResolvers<void>();
    const stale = db()
      .$transaction(
        async (tx) => {
          await prepareSession(tx, importId, 1);
          await tx.import.update({ where: { id: importId }, data: { rowsRead: 1 } });
          lock();
          await held;
          await tx.import.update({ where: { id: importId }, data: { rowsRead: 2 } });
        },
        { timeout: 30_000 },
      )
      .then(
        () => 'committed',
        () => 'lost',
      );
    await locked;
    const done = await runStage(id, user);
    release();
    expect(done).toMatchObject({ status: 'COMPLETED', attempts: 2, rows: { inserted: 1 } });
    expect(await stale).toBe('lost');
  });
});
