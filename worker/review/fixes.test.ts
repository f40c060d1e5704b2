import { afterEach, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { findImport } from '@/lib/server/imports/find-import';
import { exportRejections } from '@/lib/server/imports/rejections/export-rejections';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { listCauses } from '@/lib/server/imports/review/list-causes';
import { db } from '@/lib/server/platform/db/client';
import { headObject } from '@/lib/server/platform/storage/objects';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { Fix } from '@/lib/shared/schema/review/fix';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
import { purgeImport } from '../jobs/purge';
import { stageImport } from '../jobs/stage';
import { exported } from './testing/exported';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);
let made = 0;

/** Imports text, to be reviewed. Each dataset is new where none is named. */
const review = (content: string, columns: RunOptions['columns'], options: RunOptions = {}) =>
  runImport(bytes(content), {
    dataset: { name: `Fixes ${++made}` },
    columns,
    onRejection: 'REVIEW',
    ...options,
  });

/** Applies fixes and lets the worker do what follows. The file is taken away if it is not to be read. */
async function fix(
  record: ImportDetails,
  fixes: Fix[],
  file: 'is read' | 'is not read',
): Promise<ImportDetails> {
  const user = await owner();
  const { objectKey } = await findImport(record.id, user);
  await fixImport(record.id, fixes, user);
  const kept = file === 'is read' ? objectKey : `${objectKey} is not here`;
  await db().upload.update({ where: { objectKey }, data: { objectKey: kept } });
  await runStage(record.id, user);
  await db().upload.update({ where: { objectKey: kept }, data: { objectKey } });
  return runStage(record.id, user);
}

async function fixesOf(record: ImportDetails): Promise<Fix[][]> {
  const { causes } = await listCauses(record.id, await owner());
  return causes.map(({ fixes }) => fixes.map(({ fix: record }) => record));
}

const date = [{ index: 0, name: 'day', type: 'DATE' as const }];

describe('causes', () => {
  it('are counted over the file, the most frequent first, with examples and with fixes that were tried', async () => {
    const record = await review('day\n31/12/2025\n30/12/2025\nnever\n2025-01-01\n', date);
    const { causes, examined } = await listCauses(record.id, await owner());
    expect(examined).toBe(3);
    expect(causes).toMatchObject([
      {
        column: 'day',
        code: 'date-order',
        rows: 2,
        examples: [
          { row: 2, value: '31/12/2025' },
          { row: 3, value: '30/12/2025' },
        ],
      },
      { column: 'day', code: 'not-a-date', rows: 1 },
    ]);
    expect(causes[0]?.fixes[0]).toEqual({
      fix: { kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' },
      rows: 2,
      rereads: false,
    });
    // Nothing is offered that would give the days away while their order puts all of them right.
    expect(causes[0]?.fixes.map(({ fix: { kind } }) => kind)).toEqual(['DATE_ORDER', 'TEXT']);
  });
});

it('an import that nobody wanted to review waits again when a fix put nothing right', async () => {
  const number = [{ index: 0, name: 'n', type: 'DECIMAL' as const }];
  const record = await review('n\none\ntwo\n', number, { onRejection: 'IMPORT_VALID' });
  expect(record).toMatchObject({ status: 'REVIEW', rows: { read: 2, rejected: 2 } });
  const now = await fix(record, [{ kind: 'DECIMAL_SIGN', column: 'n', decimalSign: ',' }], 'is read');
  expect(now).toMatchObject({ status: 'REVIEW', rows: { read: 2, inserted: 0, rejected: 2 } });
});

describe('fixes that look at the rejected rows alone', () => {
  it('gives a date column the order that it lacked', async () => {
    const record = await review('day\n31/12/2025\n2025-01-01\nnever\n', date);
    const [offered] = await fixesOf(record);
    expect(offered?.[0]).toEqual({ kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' });
    const now = await fix(record, offered?.slice(0, 1) ?? [], 'is not read');
    expect(now).toMatchObject({ status: 'REVIEW', rows: { read: 3, inserted: 2, rejected: 1 } });
    expect(now.amendments).toMatchObject([{ what: { kind: 'FIX', fix: { kind: 'DATE_ORDER' } } }]);
    expect(await exported(now)).toBe('day\n2025-12-31\n2025-01-01\n');
  });

  it.each<[string, string, RunOptions['columns'], Fix, string]>([
    [
      'reads a word as true',
      'ok\nja\ntrue\n',
      [{ index: 0, name: 'ok', type: 'BOOLEAN' }],
      { kind: 'READ_AS', column: 'ok', from: 'ja', to: 'true' },
      'ok\ntrue\ntrue\n',
    ],
    [
      'counts a word as empty',
      'n,w\nN/A,a\n2,b\n',
      [
        { index: 0, name: 'n', type: 'INTEGER' },
        { index: 1, name: 'w', type: 'TEXT' },
      ],
      { kind: 'EMPTY', column: 'n', words: ['N/A'] },
      'n,w\n,a\n2,b\n',
    ],
    [
      'adds to the allowed values, of the dataset as well',
      'c\nCA\nNY\n',
      [{ index: 0, name: 'c', type: 'CHOICE', rules: { allowed: ['CA'] } }],
      { kind: 'ALLOW', column: 'c', values: ['NY'] },
      'c\nCA\nNY\n',
    ],
    [
      'takes thousands separators',
      'n\n"1,234"\n5\n',
      [{ index: 0, name: 'n', type: 'INTEGER' }],
      { kind: 'FORMAT', column: 'n', format: { grouping: true } },
      'n\n1234\n5\n',
    ],
    [
      'lets a column be empty',
      'n,w\n,a\n2,b\n',
      [
        { index: 0, name: 'n', type: 'INTEGER', rules: { required: true } },
        { index: 1, name: 'w', type: 'TEXT' },
      ],
      { kind: 'OPTIONAL', column: 'n' },
      'n,w\n,a\n2,b\n',
    ],
    [
      'fills up short rows',
      'n,w\n1\n2,b\n',
      [
        { index: 0, name: 'n', type: 'INTEGER' },
        { index: 1, name: 'w', type: 'TEXT' },
      ],
      { kind: 'PAD_SHORT_ROWS' },
      'n,w\n1,\n2,b\n',
    ],
  ])('%s, which is offered', async (_what, content, columns, wanted, outcome) => {
    const record = await review(content, columns);
    expect(record.rows).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    expect((await fixesOf(record))[0]).toContainEqual(wanted);
    const now = await fix(record, [wanted], 'is not read');
    expect(now.rows).toMatchObject({ read: 2, inserted: 2, rejected: 0 });
    expect(now.status).toBe('REVIEW');
    expect(await exported(now)).toBe(outcome);
  });

  it('stores a default, which nobody can guess, where a required cell is empty', async () => {
    const columns = [
      { index: 0, name: 'n', type: 'INTEGER' as const, rules: { required: true } },
      { index: 1, name: 'w', type: 'TEXT' as const },
    ];
    const record = await review('n,w\n,a\n2,b\n', columns);
    const now = await fix(record, [{ kind: 'DEFAULT', column: 'n', value: '0' }], 'is not read');
    expect(await exported(now)).toBe('n,w\n0,a\n2,b\n');
    await expect(
      fixImport(record.id, [{ kind: 'DEFAULT', column: 'n', value: 'x' }], await owner()),
    ).rejects.toThrow('not what the column takes');
  });

  it('validates what is unique anew, and never reads what was stored a second time', async () => {
    const columns = [
      {
        index: 0,
        name: 'n',
        type: 'DECIMAL' as const,
        decimalSign: ',' as const,
        format: { grouping: true },
        rules: { unique: true },
      },
    ];
    const record = await review('n\n"1,5"\n"1,5"\nx\n"7,25"\n"7,25"\n', columns);
    expect(record.rows).toMatchObject({ read: 5, inserted: 2, rejected: 3 });
    const now = await fix(record, [{ kind: 'EMPTY', column: 'n', words: ['x'] }], 'is not read');
    expect(now.rows).toMatchObject({ read: 5, inserted: 3, rejected: 2 });
    expect(await exported(now)).toBe('n\n1.5\n\n7.25\n');
  });

  it('decides a dataset with a key anew', async () => {
    const columns = [
      { index: 0, name: 'sku', type: 'TEXT' as const },
      { index: 1, name: 'day', type: 'DATE' as const },
    ];
    const first = await runImport(bytes('sku,day\na,2025-01-01\n'), {
      columns,
      key: ['sku'],
      dataset: { name: 'Keyed fixes' },
    });
    const dataset = { id: first.dataset?.id ?? '' };
    const record = await review('sku,day\na,31/12/2025\nb,2025-02-02\n,2025-02-02\n', columns, { dataset });
    expect(record.rows).toMatchObject({ read: 3, inserted: 1, updated: 0, rejected: 2 });
    const now = await fix(record, [{ kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' }], 'is not read');
    expect(now.rows).toMatchObject({ read: 3, inserted: 1, updated: 1, rejected: 1 });
    expect(await exported(now)).toBe('sku,day\na,2025-12-31\nb,2025-02-02\n');
  });
});

describe('fixes that read the file again', () => {
  it('changes the order of dates that were valid in the other one', async () => {
    const columns = [{ index: 0, name: 'day', type: 'DATE' as const, dateOrder: 'MDY' as const }];
    const record = await review('day\n02/01/2025\n31/12/2025\n', columns);
    expect(record.rows).toMatchObject({ inserted: 1, rejected: 1 });
    const now = await fix(record, [{ kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' }], 'is read');
    expect(now).toMatchObject({ status: 'REVIEW', rows: { read: 2, inserted: 2, rejected: 0 } });
    expect(now.file.sha256).toBe(record.file.sha256);
    expect(await exported(now)).toBe('day\n2025-01-02\n2025-12-31\n');
  });

  it('makes a column text, every value as it is in the file', async () => {
    const record = await review('n\n+5\n007\n', [{ index: 0, name: 'n', type: 'INTEGER' as const }]);
    const now = await fix(record, [{ kind: 'TEXT', column: 'n' }], 'is read');
    expect(now.mapping).toMatchObject([{ type: 'TEXT' }]);
    expect(await exported(now)).toBe('n\n+5\n007\n');
    const dataset = await findDataset(record.dataset?.slug ?? '', await owner());
    expect(dataset.columns).toMatchObject([{ type: 'TEXT' }]);
  });
});

describe('who may fix what, and when', () => {
  it('#56 refuses strangers, changes to a dataset of others, and what does not wait for a review', async () => {
    const ann = await makeUser('MEMBER', 'Ann');
    const ben = await makeUser('MEMBER', 'Ben');
    const columns = [{ index: 0, name: 'c', type: 'CHOICE' as const, rules: { allowed: ['CA'] } }];
    const first = await runImport(bytes('c\nCA\n'), { columns, user: ann, dataset: { name: 'Of Ann' } });
    const { email } = await db().user.findUniqueOrThrow({ where: { id: ben.id } });
    await shareDataset(first.dataset?.slug ?? '', { email, right: 'IMPORT' }, ann);
    const dataset = { id: first.dataset?.id ?? '' };
    const fix = await review('c\nNY\n', columns, { user: ben, dataset });
    const allow: Fix = { kind: 'ALLOW', column: 'c', values: ['NY'] };
    await expect(fixImport(fix.id, [allow], ben)).rejects.toThrow('do not manage');
    await expect(fixImport(fix.id, [allow], await makeUser('MEMBER', 'Eve'))).rejects.toThrow(
      'no such import',
    );
    await fixImport(fix.id, [{ kind: 'READ_AS', column: 'c', from: 'NY', to: 'CA' }], ben);
    await expect(fixImport(fix.id, [], ben)).rejects.toThrow('is not waiting for review any more');
    await expect(fixImport(first.id, [], ann)).rejects.toThrow('is not waiting for review any more');
    expect(await runStage(fix.id, ben)).toMatchObject({ rows: { inserted: 1, rejected: 0 } });
  });

  it('goes on where a worker died in the middle of it', async () => {
    const user = await owner();
    const fix = await review('day\n31/12/2025\n2025-01-01\nnever\n', date);
    const { id } = await findImport(fix.id, user);
    await fixImport(fix.id, [{ kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' }], user);
    const running = () => new AbortController().signal;
    await Promise.allSettled([stageImport(id, running()), stageImport(id, running())]);
    await stageImport(id, running());
    expect(await runStage(fix.id, user)).toMatchObject({
      status: 'REVIEW',
      rows: { read: 3, inserted: 2, rejected: 1 },
    });
  });
});

describe('more rejected rows than the database keeps', () => {
  const rows = 25_000;
  const content = `day,n\n${Array.from({ length: rows }, (_, i) => `${i % 2 ? '31/12/2025' : 'never'},${i}`).join('\n')}\n`;
  const columns = [...date, { index: 1, name: 'n', type: 'INTEGER' as const }];

  it('go into objects, are counted, downloaded, fixed, and removed with the import', async () => {
    const user = await owner();
    const record = await review(content, columns);
    const { id } = await findImport(record.id, user);
    expect(record.rows).toMatchObject({ read: rows, inserted: 0, rejected: rows });
    expect(await db().rejection.count({ where: { importId: id } })).toBe(10_000);
    const { causes } = await listCauses(record.id, user);
    expect(causes.map((cause) => cause.rows)).toEqual([rows / 2, rows / 2]);

    const downloaded = async () => {
      let text = '';
      for await (const piece of (await exportRejections(record.id, 'csv', user)).pieces) text += piece;
      return text
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => Number(line.split(',')[1]));
    };
    expect(await downloaded()).toEqual(Array.from({ length: rows }, (_, i) => i + 2));

    const now = await fix(record, [{ kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' }], 'is not read');
    expect(now.rows).toMatchObject({ read: rows, inserted: rows / 2, rejected: rows / 2 });
    expect(await db().rejection.count({ where: { importId: id } })).toBe(10_000);
    expect(await downloaded()).toEqual(Array.from({ length: rows / 2 }, (_, i) => 2 * i + 2));

    const objects = await db().rejectionChunk.findMany({ where: { importId: id } });
    expect(objects.length).toBeGreaterThan(0);
    await cancelImport(record.id, user);
    await purgeImport(id);
    expect(await db().rejectionChunk.count({ where: { importId: id } })).toBe(0);
    for (const { objectKey } of objects) expect(await headObject(objectKey)).toBeNull();
  });

  it('go there as well when the database finds them out, and come back when they are validated anew', async () => {
    const user = await owner();
    const repeated = `n\nx\n${Array.from({ length: rows }, (_, i) => i % 5_000).join('\n')}\n`;
    const unique = [{ index: 0, name: 'n', type: 'INTEGER' as const, rules: { unique: true } }];
    const record = await review(repeated, unique);
    const { id } = await findImport(record.id, user);
    const account = { read: rows + 1, inserted: 5_000, rejected: rows - 5_000 + 1 };
    expect(record.rows).toMatchObject(account);
    expect(await db().rejection.count({ where: { importId: id } })).toBe(10_000);
    const { causes } = await listCauses(record.id, user);
    expect(causes.map((cause) => cause.rows)).toEqual([rows - 5_000, 1]);
    const now = await fix(record, [{ kind: 'EMPTY', column: 'n', words: ['x'] }], 'is not read');
    expect(now.rows).toMatchObject({ ...account, inserted: 5_001, rejected: rows - 5_000 });
    expect(await db().rejection.count({ where: { importId: id } })).toBe(10_000);
  });

  it('balance after an attempt that was stopped in the middle', async () => {
    const user = await owner();
    const fix = await review(content, columns);
    const { id } = await findImport(fix.id, user);
    await fixImport(fix.id, [{ kind: 'TEXT', column: 'day' }], user);
    await expect(fixImport(fix.id, [], user)).rejects.toMatchObject({ code: 'conflict' });
    const stop = new AbortController();
    const first = stageImport(id, stop.signal);
    stop.abort();
    await first;
    expect(await runStage(fix.id, user)).toMatchObject({
      status: 'REVIEW',
      rows: { inserted: rows, rejected: 0 },
    });
    expect(await db().rejectionChunk.count({ where: { importId: id } })).toBe(0);
  });
});
