import { describe, expect, it } from 'vitest';
import { DELETE as undoFixes } from '@/app/api/v1/imports/[id]/fixes/[at]/route';
import { POST as makeFixes } from '@/app/api/v1/imports/[id]/fixes/route';
import { changeColumn } from '@/lib/server/datasets/change-column';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { makeToken } from '@/lib/server/identity/tokens/make-token';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { Fix } from '@/lib/shared/schema/review/fix';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';

openDatabase();

let made = 0;

/** Imports text, to be reviewed, into a dataset of its own. */
const review = (content: string, columns: RunOptions['columns'], options: RunOptions = {}) =>
  runImport(new TextEncoder().encode(content), {
    dataset: { name: `Columns of fixes ${++made}` },
    columns,
    onRejection: 'REVIEW',
    ...options,
  });

describe('a fix changes of the dataset what it says, and nothing else', () => {
  const columns: RunOptions['columns'] = [
    { index: 0, name: 'c', type: 'CHOICE', rules: { allowed: ['CA'], required: true } },
  ];
  const allow: Fix = { kind: 'ALLOW', column: 'c', values: ['NY'] };
  const columnOf = async (record: ImportDetails) =>
    (await findDataset(record.dataset?.slug ?? '', await owner())).columns[0];

  /** An import that waits for its review, whose dataset's column got other rules in the meantime. */
  async function overtaken(rules: ColumnRules): Promise<ImportDetails> {
    const record = await review('c\nNY\nCA\n', columns);
    const column = await columnOf(record);
    await changeColumn(record.dataset?.slug ?? '', column?.id ?? '', { rules }, await owner());
    return record;
  }

  it.each<[string, ColumnRules, Fix, ColumnRules]>([
    [
      'rules that were added',
      { allowed: ['CA', 'TX'], required: true, maxLength: 2 },
      allow,
      { allowed: ['CA', 'TX', 'NY'], required: true, maxLength: 2 },
    ],
    ['a rule that was dropped', { allowed: ['CA'] }, allow, { allowed: ['CA', 'NY'] }],
    [
      'a bound beside another rule',
      { allowed: ['CA', 'TX'], required: true },
      { kind: 'OPTIONAL', column: 'c' },
      { allowed: ['CA', 'TX'], required: false },
    ],
  ])('and keeps %s since the import was started', async (_, now, made, expected) => {
    const record = await overtaken(now);
    await fixImport(record.id, [made], await owner());
    expect((await columnOf(record))?.rules).toEqual(expected);
    await runStage(record.id, await owner());
  });

  it('and makes no list where there is none any more', async () => {
    const text: RunOptions['columns'] = [{ index: 0, name: 'c', type: 'TEXT', rules: { allowed: ['CA'] } }];
    const record = await review('c\nNY\nCA\n', text);
    const column = await columnOf(record);
    await changeColumn(
      record.dataset?.slug ?? '',
      column?.id ?? '',
      { rules: { maxLength: 5 } },
      await owner(),
    );
    await fixImport(record.id, [allow], await owner());
    expect((await columnOf(record))?.rules).toEqual({ maxLength: 5 });
    expect(await runStage(record.id, await owner())).toMatchObject({
      status: 'REVIEW',
      rows: { rejected: 0 },
    });
  });

  it('is refused where it does not go with the rules of now', async () => {
    const record = await overtaken({ allowed: ['TX'] });
    const made: Fix[] = [{ kind: 'DEFAULT', column: 'c', value: 'CA' }];
    await expect(fixImport(record.id, made, await owner())).rejects.toMatchObject({ code: 'bad-request' });
    expect((await columnOf(record))?.rules).toEqual({ allowed: ['TX'] });
  });

  it('and is not undone by a rule that is changed in the same moment', async () => {
    const record = await review('c\nNY\nCA\n', columns);
    const column = await columnOf(record);
    const user = await owner();
    const rules = { allowed: ['CA'], maxLength: 2 };
    await Promise.all([
      fixImport(record.id, [allow], user),
      changeColumn(record.dataset?.slug ?? '', column?.id ?? '', { rules }, user),
    ]);
    // One of the two came first: the manager's rules stand in either case, whole or with the value added.
    const after = await columnOf(record);
    expect(after?.rules?.maxLength).toBe(2);
    expect([['CA'], ['CA', 'NY']]).toContainEqual(after?.rules?.allowed);
    await runStage(record.id, user);
  });

  it('not for an API token, which may not change columns anywhere', async () => {
    const ann = await makeUser('MEMBER', 'Ann');
    const record = await review('c\nNY\nCA\n', columns, { user: ann });
    const { token } = await makeToken({ name: 'nightly', scopes: ['imports:write'], days: 1 }, ann, null);
    const path = `http://localhost/api/v1/imports/${record.id}/fixes`;
    const asked = (method: string, body?: object) =>
      new Request(path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const params = Promise.resolve({ id: record.id });
    const refused = await makeFixes(asked('POST', { fixes: [allow] }), { params });
    expect(refused.status).toBe(403);
    expect((await columnOf(record))?.rules).toEqual({ allowed: ['CA'], required: true });
    // How its own file is read is the import's own affair.
    const readAs: Fix = { kind: 'READ_AS', column: 'c', from: 'NY', to: 'CA' };
    expect((await makeFixes(asked('POST', { fixes: [readAs] }), { params })).status).toBe(200);
    const again = await runStage(record.id, ann);
    await fixImport(record.id, [{ kind: 'OPTIONAL', column: 'c' }], ann);
    const at = (await runStage(record.id, ann)).amendments.at(-1)?.at ?? '';
    const undone = await undoFixes(asked('DELETE'), { params: Promise.resolve({ id: record.id, at }) });
    expect(undone.status).toBe(403);
    expect((await columnOf(again))?.rules).toMatchObject({ required: false });
  });
});
