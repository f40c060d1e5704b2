import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { RightName } from '@/lib/shared/schema/user/user-labels';
import { openDatabase } from '@/testing/environment';
import { makeUser, type Person } from '@/testing/people';
import { type RunOptions, runImport } from '@/worker/testing/run-import';
import { findOwnImport } from '../imports/find-import';
import { getImport } from '../imports/get-import';
import { listImports } from '../imports/list-imports';
import { redoImport, undoImport } from '../imports/undo/undo-import';
import { db } from '../platform/db/client';
import { findDataset, listDatasets } from './find-dataset';
import { readRowPage } from './rows/read-rows';
import { listShares, shareDataset, unshareDataset } from './share-dataset';

openDatabase();

const content = (text: string) => new TextEncoder().encode(text);
let ann: Person;
let ben: Person;
let dataset: { id: string; slug: string };
let ofAnn: string;

beforeAll(async () => {
  ann = await makeUser('MEMBER', 'Ann');
  ben = await makeUser('MEMBER', 'Ben');
  const done = await runImport(content('n,word\n1,one\n'), { name: 'shared.csv', user: ann });
  dataset = done.dataset ?? { id: '', slug: '' };
  ofAnn = done.id;
});

beforeEach(() => db().datasetShare.deleteMany());

const give = (right: RightName) => shareDataset(dataset.slug, { email: ben.email, right }, ann);
const imported = (user: Person) =>
  runImport(content('n,word\n2,two\n'), { name: 'more.csv', user, dataset: { id: dataset.id } });
const first = { limit: 100, right: 'VIEW' } as const;
const missing = { code: 'not-found' };
const refused = { code: 'forbidden' };

describe('a dataset of another', () => {
  it('is not there without a right', async () => {
    await expect(findDataset(dataset.slug, ben)).rejects.toMatchObject(missing);
    expect((await listDatasets(first, ben)).datasets).toEqual([]);
    await expect(imported(ben)).rejects.toMatchObject(missing);
  });

  it('may be viewed and no more with the right to view', async () => {
    await give('VIEW');
    const found = await findDataset(dataset.slug, ben);
    expect(found).toMatchObject({ right: 'VIEW', owner: { name: 'Ann' } });
    expect((await readRowPage(found, { limit: 10 })).rows).toHaveLength(1);
    expect((await listDatasets(first, ben)).datasets.map(({ slug }) => slug)).toEqual([dataset.slug]);
    await expect(imported(ben)).rejects.toMatchObject(missing);
    await expect(getImport(ofAnn, ben)).rejects.toMatchObject(missing);
    await expect(listShares(dataset.slug, ben)).rejects.toMatchObject(refused);
  });

  it('may be imported into with the right to import, and the own imports undone, nobody else’s', async () => {
    await give('IMPORT');
    const done = await imported(ben);
    expect(done.status).toBe('COMPLETED');
    await undoImport(done.id, ben);
    await redoImport(done.id, ben);
    await expect(undoImport(ofAnn, ben)).rejects.toMatchObject(missing);
    expect((await listImports({ dataset: dataset.id, limit: 25 }, ben)).imports).toHaveLength(1);
    await expect(
      shareDataset(dataset.slug, { email: ben.email, right: 'MANAGE' }, ben),
    ).rejects.toMatchObject(refused);
  });

  it('may be managed with the right to: everybody’s imports seen and undone, but not their files', async () => {
    await give('MANAGE');
    expect((await getImport(ofAnn, ben)).inspection).toBeNull();
    expect((await getImport(ofAnn, ann)).inspection).not.toBeNull();
    await expect(findOwnImport(ofAnn, ben)).rejects.toMatchObject(missing);
    await undoImport(ofAnn, ben);
    await redoImport(ofAnn, ben);
    expect(await listShares(dataset.slug, ben)).toMatchObject([{ right: 'MANAGE', user: { name: 'Ben' } }]);
  });

  it('is gone with the right, from the next request on, and the own import in it cannot be undone any more', async () => {
    await give('IMPORT');
    const done = await imported(ben);
    await unshareDataset(dataset.slug, ben.id, ann);
    await expect(findDataset(dataset.slug, ben)).rejects.toMatchObject(missing);
    await expect(undoImport(done.id, ben)).rejects.toMatchObject(refused);
    expect((await getImport(done.id, ben)).status).toBe('COMPLETED');
    await expect(unshareDataset(dataset.slug, ben.id, ann)).rejects.toMatchObject(missing);
  });
});

it('is shared by whole addresses of people who are here, never with its owner', async () => {
  const share = (email: string) => shareDataset(dataset.slug, { email, right: 'VIEW' }, ann);
  await expect(share('nobody@example.com')).rejects.toThrow(/Nobody here has the address/);
  await expect(share(ann.email)).rejects.toMatchObject({ code: 'conflict' });
});

it('a dataset that an administrator makes for a member’s import is the member’s', async () => {
  const { upload, runInspection, confirm, runStage } = await import('@/worker/testing/run-import');
  const admin = await makeUser('ADMIN');
  const id = await upload(content('n\n1\n'), 'helped.csv', ann);
  await confirm(await runInspection(id, ann), admin, { dataset: { name: 'helped' } });
  await runStage(id, ann);
  expect((await findDataset('helped', ann)).owner.name).toBe('Ann');
});

it('a dataset whose imports were deleted is not used again for a new one of its name, which nobody was given', async () => {
  const first = await runImport(content('a\n1\n'), { name: 'customers.csv', user: ann });
  const { slug = '', id: oldId = '' } = first.dataset ?? {};
  await shareDataset(slug, { email: ben.email, right: 'VIEW' }, ann);
  await db().import.delete({ where: { publicId: first.id } });
  const second = await runImport(content('a\n2\n'), { name: 'customers.csv', user: ann });
  expect(second.dataset?.id).not.toBe(oldId);
  await expect(findDataset(second.dataset?.slug ?? '', ben)).rejects.toMatchObject(missing);
});

it('a dataset of another gets columns from who may import into it, but rules and a key from who manages it alone', async () => {
  const { dataset: own } = await runImport(content('n\n1\n'), { name: 'wider.csv', user: ann });
  const wider = own ?? { id: '', slug: '' };
  const give = (right: RightName) => shareDataset(wider.slug, { email: ben.email, right }, ann);
  const text = (name: string) => ({ index: 0, name, type: 'TEXT' as const });
  const attempt = (name: string, more: Pick<RunOptions, 'key'> & { rules?: ColumnRules }) =>
    runImport(content(`${name}\na\n`), {
      user: ben,
      dataset: { id: wider.id },
      columns: [{ ...text(name), rules: more.rules }],
      key: more.key,
    });
  const columns = async () => (await findDataset(wider.slug, ann)).columns.map(({ name }) => name);
  await give('IMPORT');
  const before = await columns();
  await expect(attempt('ruled', { rules: { required: true } })).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('“ruled” would be a new column'),
  });
  await expect(attempt('keyed', { key: ['keyed'] })).rejects.toMatchObject(refused);
  expect(await columns()).toEqual(before);
  expect((await attempt('plain', { rules: {} })).status).toBe('COMPLETED');
  expect(await columns()).toEqual([...before, 'plain']);
  await give('MANAGE');
  expect((await attempt('ruled', { rules: { maxLength: 5 } })).status).toBe('COMPLETED');
  const made = (await findDataset(wider.slug, ann)).columns.find(({ name }) => name === 'ruled');
  expect(made?.rules).toEqual({ maxLength: 5 });
});

it('datasets are listed page by page, by name, and found by part of it or as a whole', async () => {
  const lea = await makeUser('MEMBER', 'Lea');
  for (const name of ['Pears 50%', 'apples', 'Pears', 'Plums_1', 'Plums 1']) {
    await runImport(content('n\n1\n'), { name: `${name}.csv`, user: lea, dataset: { name } });
  }
  const names = async (query: Partial<Parameters<typeof listDatasets>[0]>, user = lea) =>
    (await listDatasets({ ...first, ...query }, user)).datasets.map(({ name }) => name);
  const all = await names({});
  expect(new Set(all)).toEqual(new Set(['Pears 50%', 'apples', 'Pears', 'Plums_1', 'Plums 1']));
  const paged: string[] = [];
  let after: string | undefined;
  do {
    const page = await listDatasets({ ...first, limit: 2, after }, lea);
    expect(page.datasets.length).toBeLessThanOrEqual(2);
    paged.push(...page.datasets.map(({ name }) => name));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(paged).toEqual(all);
  expect(await names({ q: 'pEAR' })).toEqual(expect.arrayContaining(['Pears', 'Pears 50%']));
  expect(await names({ q: '%' })).toEqual(['Pears 50%']);
  expect(await names({ q: '_' })).toEqual(['Plums_1']);
  expect(await names({ named: 'PEARS' })).toEqual(['Pears']);
  expect(await names({ named: 'plums_1' })).toContain('Plums_1');
  expect(await names({ named: 'Pear' })).toEqual([]);

  // Of what was only shared with somebody, no more is listed than that, whatever is asked for.
  const { datasets } = await listDatasets({ ...first, named: 'apples' }, lea);
  await shareDataset(datasets[0]?.slug ?? '', { email: ben.email, right: 'VIEW' }, lea);
  expect(await names({}, ben)).toEqual(['apples']);
  expect(await names({ right: 'IMPORT' }, ben)).toEqual([]);
  expect(await names({ named: 'Pears' }, ben)).toEqual([]);
});
