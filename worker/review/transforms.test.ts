import { afterEach, describe, expect, it } from 'vitest';
import { getImport } from '@/lib/server/imports/get-import';
import { exportRejections } from '@/lib/server/imports/rejections/export-rejections';
import { editCells, replaceInColumn } from '@/lib/server/imports/review/edits/edit-cells';
import { listEditableRows } from '@/lib/server/imports/review/edits/editable-rows';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
import { correct, download } from './testing/correct';
import { exported } from './testing/exported';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

let made = 0;
const run = (text: string | Buffer, options: RunOptions = {}) =>
  runImport(Buffer.from(text), {
    dataset: { name: `Transforms ${++made}` },
    columns,
    onRejection: 'REVIEW',
    ...options,
  });

const rejectedRows = async (record: ImportDetails) =>
  (await download(record, 'csv')).toString().replaceAll('\r\n', '\n');

/** Of a file first,last,state,amount: four columns made of them. */
const columns: MappedColumnInput[] = [
  {
    index: 4,
    name: 'name',
    type: 'TEXT',
    transform: {
      from: { kind: 'COLUMNS', columns: ['first', 'last'], separator: ' ' },
      steps: [{ kind: 'TRIM' }, { kind: 'CASE', to: 'TITLE' }],
    },
  },
  {
    index: 2,
    name: 'state',
    type: 'CHOICE',
    rules: { allowed: ['open', 'closed'] },
    transform: {
      steps: [
        { kind: 'DEFAULT', value: 'O' },
        {
          kind: 'REPLACE',
          values: [
            { from: 'o', to: 'open' },
            { from: 'c', to: 'closed' },
          ],
          ignoreCase: true,
          others: 'REJECT',
        },
      ],
    },
  },
  {
    index: 3,
    name: 'amount',
    type: 'INTEGER',
    transform: { steps: [{ kind: 'SPLIT', separator: ' ', part: 1 }] },
  },
  { index: 5, name: 'source', type: 'TEXT', transform: { from: { kind: 'VALUE', value: 'shop, “A”' } } },
];

const file =
  'first,last,state,amount\nanna,MÜLLER,o,5 EUR\n bob ,,C,-7\n"o""x",y,,12 USD\nd,e,never,1\nf,g,o,x 3\n';
const whole =
  'name,state,amount,source\nAnna Müller,open,5,"shop, “A”"\nBob,closed,-7,"shop, “A”"\n"O""X Y",open,12,"shop, “A”"\n';

const ways = [
  { FAST_CSV: 'on', ROW_WRITER: 'copy' },
  { FAST_CSV: 'off', ROW_WRITER: 'copy' },
  { FAST_CSV: 'on', ROW_WRITER: 'createMany' },
] as const;

describe('columns that are made of others', () => {
  it.each(ways)('are stored, and rejected with the cells of the file: %o', async (way) => {
    const before = { FAST_CSV: env().FAST_CSV, ROW_WRITER: env().ROW_WRITER };
    Object.assign(env(), way);
    const record = await run(file).finally(() => Object.assign(env(), before));
    expect(record).toMatchObject({ status: 'REVIEW', rows: { read: 5, inserted: 3, rejected: 2 } });
    expect(record.rejections).toMatchObject([
      { row: 5, column: 'state', value: 'never', reason: expect.stringContaining('none of the values') },
      { row: 6, column: 'amount', value: 'x' },
    ]);
    const lines = (await rejectedRows(record)).split('\n');
    expect(lines[1]).toContain(',5,d,e,never,1,,');
    expect(lines[2]).toContain(',6,f,g,o,x 3,,');
    expect(await exported(record)).toBe(whole);
  });

  it('are corrected in the cells that they are made of', async () => {
    const user = await owner();
    const record = await run(file);
    const page = await listEditableRows(record.id, { from: 0, limit: 50 }, user);
    expect(page).toMatchObject({
      columns: ['name', 'state', 'amount', 'source', 'first', 'last'],
      rows: [
        { row: 5, cells: [null, 'never', '1', null, 'd', 'e'], more: [] },
        { row: 6, cells: [null, 'o', 'x 3', null, 'f', 'g'] },
      ],
    });
    await expect(editCells(record.id, [{ row: 5, column: 'name', value: 'x' }], user)).rejects.toThrow(
      '“name” is made of other columns in this import',
    );
    const { rows, undo } = await editCells(
      record.id,
      [
        { row: 5, column: 'state', value: 'c' },
        { row: 5, column: 'first', value: 'dora' },
      ],
      user,
    );
    expect(rows).toMatchObject([{ row: 5, valid: true, cells: [null, 'c', '1', null, 'dora', 'e'] }]);
    expect(undo).toHaveLength(2);
    await replaceInColumn(record.id, { column: 'amount', find: 'x ', replace: '', whole: false }, user);
    expect(
      await replaceInColumn(record.id, { column: 'name', find: 'x', replace: 'y', whole: false }, user),
    ).toMatchObject({ changed: 0 });
    expect(await exported(record)).toBe(`${whole}Dora E,closed,1,"shop, “A”"\nF G,open,3,"shop, “A”"\n`);
  });

  it('are made again of a corrected file, and after a fix that reads the file once more', async () => {
    const record = await run(file);
    const rejected = await rejectedRows(record);
    expect(rejected).toContain(
      'Sluice import,Sluice row,first,last,state,amount,Sluice more cells,Sluice steps done,Sluice reason',
    );
    const corrected = await correct(
      record,
      Buffer.from(rejected.replace('never', 'c').replace('x 3', '3 x')),
    );
    expect(corrected.now.rows).toMatchObject({ inserted: 5, rejected: 0 });
    await fixImport(
      record.id,
      [{ kind: 'READ_AS', column: 'state', from: 'open', to: 'closed' }],
      await owner(),
    );
    expect((await runStage(record.id, await owner())).rows).toMatchObject({ inserted: 5, rejected: 0 });
    expect(await exported(record)).toBe(
      `${whole.replaceAll('open', 'closed')}D E,closed,1,"shop, “A”"\nF G,closed,3,"shop, “A”"\n`,
    );
  });

  it('stay rejected for a cell that cannot be read while another of theirs is edited', async () => {
    const user = await owner();
    const bad = Buffer.from([0x62, 0xff, 0x62]);
    const text = Buffer.concat([
      Buffer.from('first,last,state,amount\nann,lee,o,1\n'),
      bad,
      Buffer.from(',smith,o,2\n'),
    ]);
    const record = await run(text);
    const edit = (column: string, value: string) => editCells(record.id, [{ row: 3, column, value }], user);
    expect((await edit('last', 'Smith')).rows).toMatchObject([{ row: 3, valid: false }]);
    expect((await edit('first', 'Bob')).rows).toMatchObject([{ row: 3, valid: true }]);
    expect(await exported(record)).toContain('Bob Smith,open,2');
  });

  it('keep what was stored of a row that only its key makes wrong', async () => {
    const user = await owner();
    const record = await run('first,last,state,amount\na,b,o,1\nA,B,c,2\nc,d,o,3\n', {
      key: ['name'],
      duplicates: 'REJECT',
    });
    expect(record.rows).toMatchObject({ rejected: 2 });
    const page = await listEditableRows(record.id, { from: 0, limit: 50 }, user);
    expect(page.rows).toMatchObject([
      { row: 2, cells: ['A B', 'open', '1', 'shop, “A”', null, null], more: [] },
      { row: 3, cells: ['A B', 'closed', '2', 'shop, “A”', null, null], more: [] },
    ]);
    expect(await rejectedRows(record)).toMatch(/,2,,,open,1,,/);
    await editCells(record.id, [{ row: 3, column: 'name', value: 'E f' }], user);
    const other = await correct(
      record,
      Buffer.from((await rejectedRows(record)).replace(',open,1,', ',closed,1,')),
    );
    expect(other.now.rows.rejected).toBe(0);
    expect(await exported(record)).toBe(
      'name,state,amount,source\nA B,closed,1,"shop, “A”"\nE f,closed,2,"shop, “A”"\nC D,open,3,"shop, “A”"\n',
    );
  });
});

describe('a file of rejected rows of a finished import', () => {
  const surname: MappedColumnInput = {
    index: 1,
    name: 'surname',
    type: 'TEXT',
    transform: { steps: [{ kind: 'SPLIT', separator: ' ', part: 2 }] },
  };
  const id: MappedColumnInput = { index: 0, name: 'id', type: 'INTEGER' };
  const text = 'id,name\n1,Ann Lee\n1,Bob Ray\nx,Cy Fox\n';
  const finished = async (columns: MappedColumnInput[]) => {
    const options: RunOptions = { columns, key: ['id'], duplicates: 'REJECT', onRejection: 'IMPORT_VALID' };
    const record = await run(text, options);
    const rejected = await rejectedRows(record);
    const corrected = rejected.replace(',3,1,', ',3,2,').replace(',4,x,', ',4,3,');
    const [header = ''] = corrected.replace('\ufeff', '').split('\n');
    const at = (name: string) => header.split(',').indexOf(name);
    return { dataset: { id: record.dataset?.id ?? '' }, corrected, at };
  };

  it('is made in steps where it has the cells of the file, and not again where it has what was stored', async () => {
    const { dataset, corrected, at } = await finished([id, surname]);
    const columns = [
      { ...id, index: at('id') },
      { ...surname, index: at('name') },
    ];
    const again = await run(corrected, { dataset, columns, onRejection: 'REVIEW' });
    expect(again.rows).toMatchObject({ inserted: 3, rejected: 0 });
    expect(await exported(again)).toBe('id,surname\n1,Lee\n2,Ray\n3,Fox\n');
  });

  it('shows who only manages the dataset no cells that others are taken in place of', async () => {
    const [ann, ben] = [await makeUser('MEMBER', 'Ann'), await makeUser('MEMBER', 'Ben')];
    const secret = { from: { kind: 'VALUE' as const, value: 'none' } };
    const columns = [id, { ...surname, name: 'phone', transform: secret }];
    const record = await run('id,phone\nx,555 1234\n', { columns, user: ann, onRejection: 'REVIEW' });
    const share = { datasetId: record.dataset?.id ?? '', userId: ben.id, right: 'MANAGE' as const };
    await db().datasetShare.create({ data: share });
    let text = '';
    for await (const piece of (await exportRejections(record.id, 'csv', ben)).pieces) text += piece;
    expect(text).toContain(',2,x,,,,');
  });

  it('is rejected where what a value was made of is not in it', async () => {
    const from = { kind: 'COLUMNS' as const, columns: ['name'], separator: '' };
    const whole = { ...surname, index: 2, transform: { ...surname.transform, from } };
    const { dataset, corrected, at } = await finished([id, whole]);
    const columns = [
      { ...id, index: at('id') },
      { ...whole, index: 20 },
    ];
    const again = await run(corrected, { dataset, columns, onRejection: 'REVIEW' });
    expect(again.rows).toMatchObject({ inserted: 1, rejected: 2 });
    expect(again.rejections[0]).toMatchObject({ row: 2, column: 'surname' });
    expect(await exported(again)).toBe('id,surname\n3,Fox\n');
  });
});

it.each<[string, MappedColumnInput[]]>([
  [
    'is made of a column “zip”, and the file has none',
    [
      {
        index: 0,
        name: 'a',
        type: 'TEXT',
        transform: { from: { kind: 'COLUMNS', columns: ['zip'], separator: '' } },
      },
    ],
  ],
  ['there is no column 2', [{ index: 1, name: 'a', type: 'TEXT', transform: { steps: [{ kind: 'TRIM' }] } }]],
  [
    'there is no column 1602',
    [{ index: 1_601, name: 'a', type: 'TEXT', transform: { from: { kind: 'VALUE', value: 'x' } } }],
  ],
])('refuses a mapping: %s', async (why, wrong) => {
  await expect(run('first\nx\n', { columns: wrong })).rejects.toThrow(why);
});

it('takes an added column alone, whatever others were added before it and left out', async () => {
  const steps = [{ kind: 'SPLIT' as const, separator: ' ', part: -1 }];
  const from = { kind: 'COLUMNS' as const, columns: ['who'], separator: '' };
  const added = { index: 5, name: 'last', type: 'TEXT' as const, transform: { from, steps } };
  expect((await run('who\nann lee\n', { columns: [added] })).rows).toMatchObject({ inserted: 1 });
});

it('shows what was done with an import', async () => {
  const record: ImportDetails = await getImport((await run(file)).id, await owner());
  expect(record.mapping?.[0]?.transform).toEqual({
    from: { kind: 'COLUMNS', columns: ['first', 'last'], separator: ' ', indexes: [0, 1] },
    steps: [{ kind: 'TRIM' }, { kind: 'CASE', to: 'TITLE' }],
  });
});
