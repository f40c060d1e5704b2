import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { compileRowCheck } from '@/lib/server/datasets/validate/row-check';
import { findImport } from '@/lib/server/imports/find-import';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { unpackedQuota } from '@/lib/server/platform/limits/upload-quota';
import { LeftOutSet } from '@/lib/shared/csv/left-out';
import { countRows } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { makeDataset } from '@/testing/make-dataset';
import { owner } from '@/testing/people';
import { confirm, runImport, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { readCsv } from '../read/csv/read-csv';
import { inspect } from '../read/inspect';
import { memorySource } from '../read/testing/memory-source';
import { usualLayout } from '../read/testing/usual-layout';
import { workbookSource } from '../read/xlsx/testing/read-all';
import { failure } from '../read/xlsx/testing/small-workbooks';
import { encodeBatches } from '../stage/encode-batches';
import { stageRows } from '../stage/stage-rows';

openDatabase();

it('#87 a gzip file of 65 KB that holds 33 million rows is refused before one of them is staged', async () => {
  const bomb = gzipSync(Buffer.alloc(67_000_000, '1\n'));
  expect(bomb.length).toBeLessThan(100_000);
  const done = await runImport(bomb, { name: 'bomb.csv.gz' });
  expect(done).toMatchObject({
    status: 'FAILED',
    failure: { reason: 'INFLATED_TOO_LARGE' },
    rows: { read: 0 },
  });
  expect(await countRows((await findImport(done.id, await owner())).id)).toBe(0);
  expect(done.mapping).toBeNull();
});

it('#87 what a file unpacks to is limited by what its person may have sent unpacked', async () => {
  const user = await owner();
  const rows = Array.from({ length: 5_000 }, (_, i) => `${i},${Math.sin(i)}\n`).join('');
  const packed = gzipSync(`a,b\n${rows}`);
  const tooMuch = { reason: 'INFLATED_TOO_LARGE' };
  const source = memorySource('a.csv.gz', packed);
  expect((await inspect({ ...source, mostUnpacked: 1_000_000 })).columns).toEqual(['a', 'b']);
  expect(await failure(inspect({ ...source, mostUnpacked: 50_000 }))).toMatchObject(tooMuch);
  const workbook = await workbookSource({ sheets: [{ rows: '<row><c><v>1</v></c></row>'.repeat(5_000) }] });
  const limited = {
    name: 'a.xlsx',
    size: workbook.size,
    mostUnpacked: 50_000,
    stream: workbook.stream.bind(workbook),
    read: workbook.read.bind(workbook),
  };
  expect(await failure(inspect(limited))).toMatchObject(tooMuch);
  // Of one person, another file counts.
  const id = await upload(packed, 'quota.csv.gz', user);
  const usual = env().MAX_USER_BYTES;
  Object.assign(env(), { MAX_USER_BYTES: 1_000_000 });
  try {
    const before = await unpackedQuota(await findImport(id, user));
    expect(before).toBeLessThanOrEqual(1_000_000);
    await upload(Buffer.alloc(1_000, 'a\n'), 'other.csv', user);
    expect(await unpackedQuota(await findImport(id, user))).toBe(before - 1_000);
  } finally {
    Object.assign(env(), { MAX_USER_BYTES: usual });
  }
});

it('rows that take far more room than their file are refused, and nothing of them stays', async () => {
  const user = await owner();
  const id = await upload(Buffer.from(`a\n${'x\n'.repeat(5_000)}`), 'defaults.csv', user);
  await confirm(await runInspection(id, user), user);
  const record = await findImport(id, user);
  await db().import.update({ where: { id: record.id }, data: { status: 'STAGING', attempt: 1 } });
  const { batches, plan } = await manyRows(record.id);
  const run = {
    target: plan.target,
    attempt: 1,
    writer: copyWriter,
    figures: { rowsRead: 0, rowsStored: 0, rowsRejected: 0, rowsLeftOut: 0, bytesRead: 0 },
    signal: new AbortController().signal,
    draining: () => false,
    mostStaged: 100_000,
  };
  const found = await failure(stageRows(run, encodeBatches(batches, plan)));
  expect(found.reason).toBe('INFLATED_TOO_LARGE');
  const [rows] = await db().$queryRawUnsafe<[{ count: number }]>(
    `select count(*)::int from ${inSchema(plan.target.number, 'rows')}`,
  );
  expect(rows.count).toBe(0);
  await db().import.update({ where: { id: record.id }, data: { status: 'QUEUED' } });
  expect((await runStage(id, user)).status).toBe('COMPLETED');
});

/** 5,000 rows that say one thing each, and have a default of 400 characters beside it. */
async function manyRows(importId: number) {
  const mapping = [
    { index: 0, slot: 0, name: 'a', type: 'TEXT' as const },
    { index: 1, slot: 1, name: 'b', type: 'TEXT' as const, rules: { default: 'y'.repeat(400) } },
  ];
  const options = { shortRows: 'pad' as const };
  const check = compileRowCheck(mapping, 2, options);
  const columnNames = new Map(mapping.map(({ index, name }) => [index, name]));
  const source = memorySource('defaults.csv', `a,b\n${'x\n'.repeat(5_000)}`);
  const { target } = await makeDataset(mapping);
  const leftOut = new LeftOutSet([]);
  return {
    batches: readCsv(source, usualLayout),
    plan: {
      target: target(importId),
      writer: copyWriter,
      mapping,
      width: 2,
      options,
      check,
      columnNames,
      leftOut,
    },
  };
}
