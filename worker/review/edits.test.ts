import { afterEach, describe, expect, it } from 'vitest';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { findImport } from '@/lib/server/imports/find-import';
import { getImport } from '@/lib/server/imports/get-import';
import { publishImport } from '@/lib/server/imports/publish-import';
import { editCells, replaceInColumn } from '@/lib/server/imports/review/edits/edit-cells';
import { listEditableRows } from '@/lib/server/imports/review/edits/editable-rows';
import { fixImport } from '@/lib/server/imports/review/fixes/fix-import';
import { db } from '@/lib/server/platform/db/client';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { atOnce } from '@/testing/at-once';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport, runStage } from '@/worker/testing/run-import';
import { correct } from './testing/correct';
import { exported } from './testing/exported';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);
let made = 0;

const columns: RunOptions['columns'] = [
  { index: 0, name: 'n', type: 'INTEGER' },
  { index: 1, name: 'day', type: 'DATE' },
];

const review = (text: string, options: RunOptions = {}) =>
  runImport(bytes(text), {
    dataset: { name: `Edits ${++made}` },
    columns,
    onRejection: 'REVIEW',
    ...options,
  });

const counts = async (record: ImportDetails) => (await getImport(record.id, await owner())).rows;

describe('editing rejected cells', () => {
  it('makes a row valid when all its cells are, and takes it back', async () => {
    const user = await owner();
    const record = await review('n,day\n1,2025-01-01\nx,never\n3,2025-01-03\n');
    expect(await listEditableRows(record.id, { from: 0, limit: 50 }, user)).toMatchObject({
      columns: ['n', 'day'],
      rows: [{ row: 3, cells: ['x', 'never'], valid: false, faults: [{ column: 'n' }, { column: 'day' }] }],
      total: 1,
    });
    const first = await editCells(record.id, [{ row: 3, column: 'n', value: '2' }], user);
    expect(first).toMatchObject({
      changed: 1,
      rows: [{ row: 3, cells: ['2', 'never'], valid: false, faults: [{ column: 'day' }] }],
      undo: [{ row: 3, column: 'n', value: 'x' }],
    });
    const second = await editCells(record.id, [{ row: 3, column: 'day', value: '2025-01-02' }], user);
    expect(second.rows).toMatchObject([{ row: 3, valid: true, faults: [] }]);
    expect(await counts(record)).toMatchObject({ read: 3, inserted: 3, rejected: 0 });
    expect(await listEditableRows(record.id, { from: 0, limit: 50 }, user)).toMatchObject({
      rows: [{ row: 3, cells: ['2', '2025-01-02'], valid: true }],
      total: 1,
    });
    await editCells(record.id, second.undo, user);
    expect(await counts(record)).toMatchObject({ read: 3, inserted: 2, rejected: 1 });
    const back = await editCells(record.id, first.undo, user);
    expect(back.rows).toMatchObject([{ cells: ['x', 'never'], valid: false }]);
    expect((await db().rejectionEdit.findMany()).map(({ importId }) => importId)).not.toContain(
      (await findImport(record.id, user)).id,
    );
    await editCells(
      record.id,
      [...back.undo, ...second.undo.map((record) => ({ ...record, value: '2025-01-02' }))],
      user,
    );
    expect(await exported(record)).toBe('n,day\n1,2025-01-01\n2,2025-01-02\n3,2025-01-03\n');
    expect((await getImport(record.id, user)).amendments).toMatchObject([
      { what: { kind: 'EDITS', rows: 1 } },
    ]);
  });

  it('pages by place, so that a correction moves no row, and replaces far beyond the page', async () => {
    const user = await owner();
    const bad = Array.from({ length: 250 }, (_, i) => `${i}x,2025-01-01`);
    const record = await review(`n,day\n1,2025-01-01\n${bad.join('\n')}\n`);
    const page = async (from: number) => {
      const { rows, total } = await listEditableRows(record.id, { from, limit: 100 }, user);
      return { rows: rows.map(({ row }) => row), valid: rows.filter(({ valid }) => valid).length, total };
    };
    const before = await page(100);
    expect(before).toEqual({ rows: Array.from({ length: 100 }, (_, i) => i + 103), valid: 0, total: 250 });
    await editCells(record.id, [{ row: 3, column: 'n', value: '3' }], user);
    expect(await page(100)).toEqual(before);
    const done = await replaceInColumn(
      record.id,
      { column: 'n', find: 'x', replace: '', whole: false },
      user,
    );
    expect(done.changed).toBe(249);
    expect(await page(200)).toEqual({ rows: expect.any(Array), valid: 50, total: 250 });
    expect(await counts(record)).toMatchObject({ read: 251, inserted: 251, rejected: 0 });
    await editCells(record.id, done.undo, user);
    expect(await counts(record)).toMatchObject({ read: 251, inserted: 2, rejected: 249 });
  });

  it('completes a row that was too short, and keeps what a reader found in cells that nobody touched', async () => {
    const user = await owner();
    const record = await review('n,day\n1\n\0,2025-01-01\n');
    expect(record.rows).toMatchObject({ read: 2, rejected: 2 });
    const done = await editCells(
      record.id,
      [
        { row: 2, column: 'day', value: '2025-01-02' },
        { row: 3, column: 'day', value: '2025-01-03' },
      ],
      user,
    );
    expect(done.rows.map(({ valid }) => valid)).toEqual([true, false]);
    const rest = await editCells(record.id, [{ row: 3, column: 'n', value: '2' }], user);
    expect(rest.rows).toMatchObject([{ valid: true }]);
    expect(await exported(record)).toBe('n,day\n1,2025-01-02\n2,2025-01-03\n');
  });

  it('shows what a row has beyond the last column, and removes it and brings it back', async () => {
    const user = await owner();
    const record = await review('n,day\n1,2025-01-01\n2,2025-01-02,surplus,,9\n');
    const page = await listEditableRows(record.id, { from: 0, limit: 50 }, user);
    expect(page.rows).toMatchObject([{ row: 3, valid: false, more: ['surplus', '', '9'] }]);
    const touched = await editCells(record.id, [{ row: 3, column: 'n', value: '29' }], user);
    expect(touched.rows).toMatchObject([{ valid: false, more: ['surplus', '', '9'] }]);
    const removal = { row: 3, column: 'Sluice more cells', value: '' };
    const removed = await editCells(record.id, [removal], user);
    expect(removed.rows).toMatchObject([{ row: 3, valid: true, more: [] }]);
    expect(await counts(record)).toMatchObject({ read: 2, inserted: 2, rejected: 0 });
    expect((await editCells(record.id, [removal], user)).changed).toBe(0);
    const back = await editCells(record.id, removed.undo, user);
    expect(back.rows).toMatchObject([
      { valid: false, cells: ['29', '2025-01-02'], more: ['surplus', '', '9'] },
    ]);
    expect(await counts(record)).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    await editCells(record.id, back.undo, user);
    expect(await exported(record)).toBe('n,day\n1,2025-01-01\n29,2025-01-02\n');
  });

  it('finds a value that is there twice, staged or edited', async () => {
    const user = await owner();
    const unique: RunOptions['columns'] = [{ index: 0, name: 'n', type: 'INTEGER', rules: { unique: true } }];
    const record = await review('n\n1\nx\ny\n1\n', { columns: unique });
    expect(record.rows).toMatchObject({ inserted: 1, rejected: 3 });
    const done = await editCells(
      record.id,
      [
        { row: 3, column: 'n', value: '1' },
        { row: 4, column: 'n', value: '7' },
        { row: 5, column: 'n', value: '7' },
      ],
      user,
    );
    expect(done.rows.map(({ valid }) => valid)).toEqual([false, true, false]);
    expect(done.rows[0]?.faults[0]?.reason).toContain('Row 2 has this value already');
    expect(done.rows[2]?.faults[0]?.reason).toContain('Row 4 has this value already');
    await editCells(record.id, [{ row: 5, column: 'n', value: '8' }], user);
    expect(await exported(record)).toBe('n\n1\n7\n8\n');
  });

  it('keeps what was stored of a row that only its key made wrong, also once a value of it is there twice', async () => {
    const user = await owner();
    const keyed: RunOptions['columns'] = [
      { index: 0, name: 'sku', type: 'TEXT' },
      { index: 1, name: 'price', type: 'DECIMAL', decimalSign: ',', rules: { unique: true } },
    ];
    const record = await review('sku;price\na;1,5\n;2,5\n', { columns: keyed, key: ['sku'] });
    const rows = { read: 2, inserted: 1, rejected: 1 };
    expect(record.rows).toMatchObject(rows);
    const { id: importId } = await findImport(record.id, user);
    const rejection = () => db().rejection.findMany({ where: { importId } });
    const facts = { rowNumber: 3, cells: ['', '2.5'], cellsForm: 'CANONICAL', staged: true };
    expect(await rejection()).toMatchObject([{ ...facts, reasons: [{ code: 'empty-key' }] }]);
    await editCells(record.id, [{ row: 3, column: 'price', value: '1,5' }], user);
    expect(await rejection()).toMatchObject([{ ...facts, reasons: [{ code: 'not-unique' }] }]);
    await fixImport(record.id, [], user);
    expect(await runStage(record.id, user)).toMatchObject({ status: 'REVIEW', rows });
    expect(await rejection()).toMatchObject([{ ...facts, reasons: [{ code: 'empty-key' }] }]);
    await editCells(record.id, [{ row: 3, column: 'sku', value: 'b' }], user);
    await editCells(record.id, [{ row: 3, column: 'price', value: '2,75' }], user);
    await fixImport(record.id, [], user);
    await runStage(record.id, user);
    expect(await exported(record)).toBe('sku,price\na,1.5\nb,2.75\n');
  });

  it('gives a key to a row that had none', async () => {
    const user = await owner();
    const keyed: RunOptions['columns'] = [
      { index: 0, name: 'sku', type: 'TEXT' },
      { index: 1, name: 'n', type: 'INTEGER' },
    ];
    const first = await runImport(bytes('sku,n\nb,1\n'), {
      columns: keyed,
      key: ['sku'],
      dataset: { name: 'Edits with a key' },
    });
    const dataset = { id: first.dataset?.id ?? '' };
    const record = await review('sku,n\na,1\n,2\n', { columns: keyed, dataset });
    const done = await editCells(record.id, [{ row: 3, column: 'sku', value: 'b' }], user);
    expect(done.rows).toMatchObject([{ valid: true }]);
    await editCells(record.id, done.undo, user);
    expect(await counts(record)).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    await editCells(record.id, [{ row: 3, column: 'sku', value: 'b' }], user);
    // It updates a row of the dataset: that is looked at before it is published.
    await expect(publishImport(record.id, user)).rejects.toThrow('Update the review first');
    await fixImport(record.id, [], user);
    expect((await runStage(record.id, user)).rows).toMatchObject({ inserted: 1, updated: 1, rejected: 0 });
    expect(await exported(record)).toBe('sku,n\nb,2\na,1\n');
    expect(await counts(record)).toMatchObject({ read: 2, inserted: 1, updated: 1, rejected: 0 });
  });

  it('survives the file being read again', async () => {
    const user = await owner();
    const mdy: RunOptions['columns'] = [{ index: 0, name: 'day', type: 'DATE', dateOrder: 'MDY' }];
    const record = await review('day\n02/01/2025\n31/12/2025\nnever\n', { columns: mdy });
    await editCells(record.id, [{ row: 4, column: 'day', value: '2025-05-05' }], user);
    await fixImport(record.id, [{ kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' }], user);
    expect(await runStage(record.id, user)).toMatchObject({
      status: 'REVIEW',
      rows: { inserted: 3, rejected: 0 },
    });
    expect(await exported(record)).toBe('day\n2025-01-02\n2025-12-31\n2025-05-05\n');
  });

  it('survives that also where a corrected file brought another value later, which was left', async () => {
    const user = await owner();
    const mdy: RunOptions['columns'] = [{ index: 0, name: 'day', type: 'DATE', dateOrder: 'MDY' }];
    const record = await review('day\n02/01/2025\n31/12/2025\nnever\n', { columns: mdy });
    await editCells(record.id, [{ row: 4, column: 'day', value: '2025-05-05' }], user);
    const file = `Sluice import,Sluice row,day\n${record.id},4,2025-06-06\n`;
    const { now } = await correct(record, bytes(file));
    expect(now.amendments).toMatchObject([{ what: { rows: 1, accepted: 0, left: { rows: 1, first: [4] } } }]);
    await fixImport(record.id, [{ kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' }], user);
    expect(await runStage(record.id, user)).toMatchObject({ rows: { inserted: 3, rejected: 0 } });
    expect(await exported(record)).toBe('day\n2025-01-02\n2025-12-31\n2025-05-05\n');
  });
});

describe('find and replace in a column', () => {
  it('goes over all rejected rows, in part of a cell or whole cells, and can be undone at once', async () => {
    const user = await owner();
    const record = await review('n,day\n1€,2025-01-01\n2€,2025-01-02\nx€,2025-01-03\n€,2025-01-04\n');
    const done = await replaceInColumn(
      record.id,
      { column: 'n', find: '€', replace: '', whole: false },
      user,
    );
    expect(done.changed).toBe(4);
    expect(done.rows.map(({ cells, valid }) => [cells[0], valid])).toEqual([
      ['1', true],
      ['2', true],
      ['x', false],
      ['', true],
    ]);
    expect(await counts(record)).toMatchObject({ inserted: 3, rejected: 1 });
    await editCells(record.id, done.undo, user);
    expect(await counts(record)).toMatchObject({ inserted: 0, rejected: 4 });
    const whole = await replaceInColumn(
      record.id,
      { column: 'n', find: '€', replace: '0', whole: true },
      user,
    );
    expect(whole.changed).toBe(1);
    await expect(
      replaceInColumn(record.id, { column: 'nothing', find: 'a', replace: 'b', whole: false }, user),
    ).rejects.toThrow('no column “nothing”');
  });

  it('takes ten thousand rows in one go', async () => {
    const user = await owner();
    const record = await review(
      `n,day\n${Array.from({ length: 10_000 }, (_, i) => `${i}!,2025-01-01`).join('\n')}\n`,
    );
    const done = await replaceInColumn(
      record.id,
      { column: 'n', find: '!', replace: '', whole: false },
      user,
    );
    expect(done.changed).toBe(10_000);
    expect(await counts(record)).toMatchObject({ inserted: 10_000, rejected: 0 });
  });
});

describe('who may edit what, and when', () => {
  it('#56 #58 refuses strangers and imports that do not wait, and counts edits that come at once right', async () => {
    const user = await owner();
    const record = await review('n,day\nx,2025-01-01\ny,2025-01-02\n');
    const edit = { row: 2, column: 'n', value: '1' };
    await expect(editCells(record.id, [edit], await makeUser('MEMBER', 'Eve'))).rejects.toThrow(
      'no such import',
    );
    await atOnce(10, () => editCells(record.id, [edit], user));
    expect(await counts(record)).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    expect((await editCells(record.id, [{ row: 99, column: 'n', value: '1' }], user)).changed).toBe(0);
    await exported(record);
    await expect(editCells(record.id, [edit], user)).rejects.toThrow('is not waiting for review any more');
  });
});

describe('a row that PostgreSQL does not store although it was given', () => {
  // What a trigger of somebody who looks after the database may do.
  const losing = (value: string, rows: string) => [
    `create or replace function lose() returns trigger language plpgsql as $$ begin
       return case when new::text like '%${value}%' then null else new end; end $$`,
    `create or replace trigger lose before insert on ${rows} for each row execute function lose()`,
  ];
  let dropTrigger = '';
  const lose = async (value: string, { dataset }: ImportDetails) => {
    const { number } = await db().dataset.findUniqueOrThrow({ where: { id: dataset?.id ?? '' } });
    const rows = inSchema(number, 'rows');
    dropTrigger = `drop trigger if exists lose on ${rows}`;
    for (const sql of losing(value, rows)) await db().$executeRawUnsafe(sql);
  };
  afterEach(() => db().$executeRawUnsafe(dropTrigger));

  it('is not counted as stored: the edit fails, and the row stays rejected', async () => {
    const user = await owner();
    const record = await review('n,day\n1,2025-01-01\nx,2025-01-02\n');
    await lose('4711', record);
    const edit = { row: 3, column: 'n', value: '4711' };
    await expect(editCells(record.id, [edit], user)).rejects.toThrow('stored 0 of 1 rows');
    expect(await counts(record)).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    await db().$executeRawUnsafe(dropTrigger);
    await editCells(record.id, [edit], user);
    expect(await exported(record)).toBe('n,day\n1,2025-01-01\n4711,2025-01-02\n');
  });

  it('is not lost unnoticed when rejected rows are validated again: the import fails, by a fault of Sluice', async () => {
    const user = await owner();
    const record = await review('n,day\n1,2025-01-01\n4711,\n', {
      columns: [
        { index: 0, name: 'n', type: 'INTEGER' },
        { index: 1, name: 'day', type: 'DATE', rules: { required: true } },
      ],
    });
    await lose('4711', record);
    await fixImport(record.id, [{ kind: 'OPTIONAL', column: 'day' }], user);
    expect(await runStage(record.id, user)).toMatchObject({
      status: 'FAILED',
      failure: { reason: 'INTERNAL' },
      rows: { inserted: 1, rejected: 1 },
    });
  });
});
