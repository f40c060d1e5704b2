import { describe, expect, it } from 'vitest';
import { changeColumn } from '@/lib/server/datasets/change-column';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { publishImport } from '@/lib/server/imports/publish-import';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { undoFix } from '@/lib/server/imports/review/fixes/undo-fix';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { Fix } from '@/lib/shared/schema/review/fix';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';

openDatabase();

let made = 0;

const review = (content: string, columns: RunOptions['columns'], options: RunOptions = {}) =>
  runImport(new TextEncoder().encode(content), {
    dataset: { name: `Undone fixes ${++made}` },
    columns,
    onRejection: 'REVIEW',
    ...options,
  });

async function fix(record: ImportDetails, ...fixes: Fix[]): Promise<ImportDetails> {
  const user = await owner();
  await fixImport(record.id, fixes, user);
  return runStage(record.id, user);
}

/** Undoes the change that was made last. */
async function undoLast(record: ImportDetails, user?: User): Promise<ImportDetails> {
  const by = user ?? (await owner());
  await undoFix(record.id, record.amendments.findLast(({ what }) => what.kind === 'FIX')?.at ?? '', by);
  return runStage(record.id, by);
}

const columnsOf = async (record: ImportDetails) =>
  (await findDataset(record.dataset?.slug ?? '', await owner())).columns;

describe('undoing a change made in a review', () => {
  it.each<[string, string, RunOptions['columns'], Fix]>([
    [
      'the order of dates',
      'v\n31/12/2025\n2025-01-01\n',
      [{ index: 0, name: 'v', type: 'DATE' }],
      { kind: 'DATE_ORDER', column: 'v', dateOrder: 'DMY' },
    ],
    [
      'the decimal separator',
      'v\n"1,5"\n2\n',
      [{ index: 0, name: 'v', type: 'DECIMAL' }],
      { kind: 'DECIMAL_SIGN', column: 'v', decimalSign: ',' },
    ],
    [
      'a format',
      'v\n"1,234"\n5\n',
      [{ index: 0, name: 'v', type: 'INTEGER' }],
      { kind: 'FORMAT', column: 'v', format: { grouping: true } },
    ],
    [
      'a word for an empty cell',
      'v,w\nN/A,a\n2,b\n',
      [
        { index: 0, name: 'v', type: 'INTEGER' },
        { index: 1, name: 'w', type: 'TEXT' },
      ],
      { kind: 'EMPTY', column: 'v', words: ['N/A'] },
    ],
    [
      'a spelling',
      'v\nja\ntrue\n',
      [{ index: 0, name: 'v', type: 'BOOLEAN' }],
      { kind: 'READ_AS', column: 'v', from: 'ja', to: 'true' },
    ],
    [
      'an allowed value',
      'v\nCA\nNY\n',
      [{ index: 0, name: 'v', type: 'CHOICE', rules: { allowed: ['CA'] } }],
      { kind: 'ALLOW', column: 'v', values: ['NY'] },
    ],
    [
      'a default',
      'v,w\n,a\n2,b\n',
      [
        { index: 0, name: 'v', type: 'INTEGER', rules: { required: true } },
        { index: 1, name: 'w', type: 'TEXT' },
      ],
      { kind: 'DEFAULT', column: 'v', value: '7' },
    ],
    [
      'that a column may be empty',
      'v,w\n,a\n2,b\n',
      [
        { index: 0, name: 'v', type: 'INTEGER', rules: { required: true } },
        { index: 1, name: 'w', type: 'TEXT' },
      ],
      { kind: 'OPTIONAL', column: 'v' },
    ],
    [
      'that a column is text',
      'v\nx\n5\n',
      [{ index: 0, name: 'v', type: 'INTEGER', rules: { min: '1' } }],
      { kind: 'TEXT', column: 'v' },
    ],
    [
      'that short rows are filled up',
      'v,w\n1\n2,b\n',
      [
        { index: 0, name: 'v', type: 'INTEGER' },
        { index: 1, name: 'w', type: 'TEXT' },
      ],
      { kind: 'PAD_SHORT_ROWS' },
    ],
  ])('takes back %s: from the file and from the dataset', async (_what, content, columns, wanted) => {
    const record = await review(content, columns);
    const dataset = await columnsOf(record);
    const account = { read: 2, inserted: 1, rejected: 1 };
    expect(record.rows).toMatchObject(account);
    const fixed = await fix(record, wanted);
    expect(fixed.rows).toMatchObject({ inserted: 2, rejected: 0 });
    const now = await undoLast(fixed);
    expect(now).toMatchObject({ status: 'REVIEW', rows: account });
    expect(now.rejections).toEqual(record.rejections);
    expect(await columnsOf(now)).toEqual(dataset);
    expect(now.amendments).toMatchObject([
      { what: { kind: 'FIX', fix: wanted, undone: { by: (await owner()).name } } },
    ]);
    // What is kept to undo it is nobody's business.
    expect(now.amendments[0]).not.toHaveProperty('before');
    expect((await fix(now, wanted)).rows).toMatchObject({ inserted: 2, rejected: 0 });
  });

  it('leaves what somebody else changed in the column meanwhile', async () => {
    const columns = [{ index: 0, name: 'c', type: 'CHOICE' as const, rules: { allowed: ['CA'] } }];
    const record = await review('c\nCA\nNY\n', columns);
    const fixed = await fix(record, { kind: 'ALLOW', column: 'c', values: ['NY', 'CA'] });
    const user = await owner();
    const [column] = await columnsOf(record);
    const rules = { allowed: ['CA', 'NY', 'TX'], required: true };
    await changeColumn(record.dataset?.slug ?? '', column?.id ?? '', { rules }, user);
    await undoLast(fixed);
    expect((await columnsOf(record))[0]?.rules).toEqual({ allowed: ['CA', 'TX'], required: true });
  });

  it('goes back one change at a time, the last one first, and each once', async () => {
    const user = await owner();
    const record = await review('n\nx\ny\n1\n', [{ index: 0, name: 'n', type: 'INTEGER' }]);
    const entry = await fix(record, { kind: 'EMPTY', column: 'n', words: ['x'] });
    const two = await fix(entry, { kind: 'EMPTY', column: 'n', words: ['y'] });
    expect(two.rows).toMatchObject({ inserted: 3, rejected: 0 });
    const [first, second] = two.amendments;
    await expect(undoFix(record.id, first?.at ?? '', user)).rejects.toThrow('Another change was made after');
    const back = await undoLast(two);
    expect(back.rows).toMatchObject({ inserted: 2, rejected: 1 });
    await expect(undoFix(record.id, second?.at ?? '', user)).rejects.toThrow('undone already');
    await undoFix(record.id, first?.at ?? '', user);
    expect((await runStage(record.id, user)).rows).toMatchObject({ inserted: 1, rejected: 2 });
    await expect(undoFix(record.id, 'never', user)).rejects.toThrow('no such change');
    await publishImport(record.id, user);
    await runStage(record.id, user);
    await expect(undoFix(record.id, first?.at ?? '', user)).rejects.toThrow('not waiting for review');
  });

  it('asks for the right that making the change asked for', async () => {
    const ann = await makeUser('MEMBER', 'Ann');
    const ben = await makeUser('MEMBER', 'Ben');
    const columns = [{ index: 0, name: 'c', type: 'CHOICE' as const, rules: { allowed: ['CA'] } }];
    const first = await review('c\nCA\n', columns, { user: ann, onRejection: 'IMPORT_VALID' });
    const { email } = await db().user.findUniqueOrThrow({ where: { id: ben.id } });
    const share = (right: 'IMPORT' | 'MANAGE') =>
      shareDataset(first.dataset?.slug ?? '', { email, right }, ann);
    await share('MANAGE');
    const dataset = { id: first.dataset?.id ?? '' };
    const record = await review('c\nNY\nCA\n', columns, { user: ben, dataset });
    await fixImport(record.id, [{ kind: 'ALLOW', column: 'c', values: ['NY'] }], ben);
    const fixed = await runStage(record.id, ben);
    await share('IMPORT');
    await expect(undoLast(fixed, ben)).rejects.toThrow('do not manage');
    await share('MANAGE');
    expect((await undoLast(fixed, ben)).rows).toMatchObject({ inserted: 1, rejected: 1 });
  });
});
