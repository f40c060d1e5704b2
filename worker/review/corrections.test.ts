import exceljs from 'exceljs';
import { afterEach, describe, expect, it } from 'vitest';
import { createCorrection } from '@/lib/server/imports/corrections/create-correction';
import { findImport } from '@/lib/server/imports/find-import';
import { listImports } from '@/lib/server/imports/list-imports';
import { exportRejections, type RejectionsFormat } from '@/lib/server/imports/rejections/export-rejections';
import { editCells } from '@/lib/server/imports/review/edits/edit-cells';
import { db } from '@/lib/server/platform/db/client';
import { headObject } from '@/lib/server/platform/storage/objects';
import { MiB } from '@/lib/shared/bytes';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { makeUser, owner } from '@/testing/people';
import { type RunOptions, runImport } from '@/worker/testing/run-import';
import { correct, download } from './testing/correct';
import { exported } from './testing/exported';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);
let made = 0;

const columns: RunOptions['columns'] = [
  { index: 0, name: 'n', type: 'INTEGER' },
  { index: 1, name: 'word', type: 'TEXT' },
];
const content = 'n,word,note\n1,one,a\nx,=two,b\n3,three,c\ny,"four\nlines",d\n5\n';

const review = (text = content, options: RunOptions = {}) =>
  runImport(bytes(text), {
    dataset: { name: `Corrections ${++made}` },
    columns,
    onRejection: 'REVIEW',
    ...options,
  });

describe('the file of rejections', () => {
  it('#53 has import, row, raw cells and reasons, with formulas escaped', async () => {
    const record = await review();
    const text = (await download(record, 'csv')).toString('utf8');
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffSluice import,Sluice row,n,word,note,Sluice more cells,Sluice reason',
      `${record.id},3,x,'=two,b,,n: It is not a whole number. Correct it or make the column text.`,
    ]);
    expect(text).toContain(`${record.id},6,5,,,,It has 1 of 3 cells.`);
  });

  it('is a workbook as well, the bad cells coloured, with the reason as a comment and in a column', async () => {
    const record = await review();
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(Uint8Array.from(await download(record, 'xlsx')).buffer);
    const sheet = workbook.worksheets[0];
    expect(sheet?.getRow(1).values).toEqual([
      undefined,
      'Sluice import',
      'Sluice row',
      'n',
      'word',
      'note',
      'Sluice more cells',
      'Sluice reason',
    ]);
    const bad = sheet?.getCell('C2');
    expect(bad?.value).toBe('x');
    expect(bad?.fill).toMatchObject({ type: 'pattern', fgColor: { argb: 'FFFFD9D4' } });
    expect(JSON.stringify(bad?.note)).toContain('It is not a whole number.');
    expect(sheet?.getCell('D2').value).toBe("'=two");
    expect(JSON.stringify(sheet?.getCell('D2').fill)).not.toContain('FFFFD9D4');
    expect(sheet?.getCell('G2').value).toContain('n: It is not a whole number.');
  });

  it('shows who only manages the dataset no columns that were left out', async () => {
    const ann = await makeUser('MEMBER', 'Ann');
    const ben = await makeUser('MEMBER', 'Ben');
    const first = await review(content, { user: ann });
    const { datasetId } = await findImport(first.id, ann);
    const share = { datasetId: datasetId ?? '', userId: ben.id, right: 'MANAGE' as const };
    await db().datasetShare.create({ data: share });
    let text = '';
    for await (const piece of (await exportRejections(first.id, 'csv', ben)).pieces) text += piece;
    expect(text.split('\r\n')[0]).toBe(
      '\ufeffSluice import,Sluice row,n,word,Sluice more cells,Sluice reason',
    );
  });
});

describe('a corrected file', () => {
  it.each<RejectionsFormat>(['csv', 'xlsx'])('comes back as %s into the same import', async (format) => {
    const record = await review();
    const user = await owner();
    let file: Uint8Array = await download(record, format);
    if (format === 'csv') {
      const text = Buffer.from(file).toString('utf8');
      file = bytes(text.replace(',3,x,', ',3,2,').replace(',5,y,"four', ',5,4,"vier'));
    } else {
      const workbook = new exceljs.Workbook();
      await workbook.xlsx.load(Uint8Array.from(file).buffer);
      const sheet = workbook.worksheets[0];
      if (sheet) {
        sheet.getCell('C2').value = 2;
        sheet.getCell('C3').value = '4';
        sheet.getCell('D3').value = 'vier\nlines';
      }
      file = new Uint8Array(await workbook.xlsx.writeBuffer());
    }
    const { now, correction, id } = await correct(record, file, `corrected.${format}`);
    expect(correction).toMatchObject({ status: 'RECEIVED', failureReason: null });
    expect(now.correction).toMatchObject({ id, status: 'RECEIVED', file: { name: `corrected.${format}` } });
    expect(now).toMatchObject({ status: 'REVIEW', rows: { read: 5, inserted: 4, rejected: 1 } });
    // Nobody filled up the short row: it came back as it was given out.
    expect(now.rejections).toMatchObject([{ row: 6 }]);
    expect(now.amendments).toMatchObject([
      { by: user.name, what: { kind: 'FILE', name: `corrected.${format}`, rows: 3, accepted: 2 } },
    ]);
    expect(now.file.sha256).toBe(record.file.sha256);
    const listed = await listImports({ limit: 100 }, user);
    expect(listed.imports.map((record) => record.id)).not.toContain(id);
    expect(await exported(now)).toBe('n,word\n1,one\n2,=two\n3,three\n4,"vier\nlines"\n');
  });

  it('changes nothing when it comes back as it was given out, and leaves rows of others alone', async () => {
    const record = await review();
    const given = (await download(record, 'csv')).toString('utf8');
    expect((await correct(record, bytes(given))).now).toMatchObject({
      rows: { inserted: 2, rejected: 3 },
      amendments: [{ what: { rows: 3, accepted: 0 } }],
    });
    const foreign = given.replaceAll(record.id, crypto.randomUUID()).replace(',3,x,', ',3,2,');
    const stored = `${given.split('\r\n')[0]}\r\n${record.id},2,100,changed,,,\r\n${record.id},99,7,more,,,\r\n`;
    expect((await correct(record, bytes(foreign))).now.rows).toMatchObject({ inserted: 2, rejected: 3 });
    const { now } = await correct(record, bytes(stored));
    expect(now.rows).toMatchObject({ read: 5, inserted: 2, rejected: 3 });
    expect(await exported(now)).toBe('n,word\n1,one\n3,three\n');
  });

  it('leaves a row alone that was corrected in the table meanwhile, and says which', async () => {
    const record = await review();
    const given = (await download(record, 'csv')).toString('utf8');
    await editCells(record.id, [{ row: 3, column: 'n', value: '2' }], await owner());
    const file = given.replace(',3,x,', ',3,22,').replace(',5,y,"four', ',5,4,"vier');
    const added = `${record.id},99,7,more,,,\r\n`;
    const { now } = await correct(record, bytes(`${file}${added}`));
    expect(now.rows).toMatchObject({ inserted: 4, rejected: 1 });
    expect(now.amendments).toMatchObject([
      { what: { kind: 'FILE', rows: 4, accepted: 1, left: { rows: 1, first: [3] } } },
    ]);
    expect(await exported(now)).toBe('n,word\n1,one\n2,=two\n3,three\n4,"vier\nlines"\n');
  });

  it('keeps what is still wrong, with the new value', async () => {
    const record = await review();
    const text = (await download(record, 'csv')).toString('utf8').replace(',3,x,', ',3,zwei,');
    const { now } = await correct(record, bytes(text));
    expect(now.rejections[0]).toMatchObject({ row: 3, column: 'n', value: 'zwei' });
  });

  it('may come with other delimiters, moved columns, and without those that do not matter', async () => {
    const record = await review();
    const text = `word;Sluice row;n;Sluice import\r\nzwei;3;2;${record.id}\r\n`;
    const { now } = await correct(record, bytes(text));
    expect(await exported(now)).toBe('n,word\n1,one\n2,zwei\n3,three\n');
  });

  it('is refused with a reason when it is another file, and the review stays as it was', async () => {
    const record = await review();
    const { now, correction } = await correct(record, bytes('a,b\n1,2\n'));
    expect(now.correction).toMatchObject({ status: 'FAILED', failure: { reason: 'NOT_A_CORRECTION' } });
    expect(now.correction?.failure?.message).toContain('corrected.csv has no columns “Sluice import”');
    // Nobody reads it again.
    expect(await headObject(correction.objectKey)).toBeNull();
    expect(now).toMatchObject({ status: 'REVIEW', rows: record.rows });
  });

  it('that turns out to be damaged further on fails, the log says so, and the import waits with what was good', async () => {
    const record = await review();
    const others = Array.from({ length: 30_000 }, (_, i) => `${record.id},${1_000 + i},7,w\n`).join('');
    const text = `Sluice import,Sluice row,n,word\n${record.id},3,2,"zwei"\n${others}${record.id},9,"8,${'w'.repeat(2 * MiB)}\n`;
    const { now } = await correct(record, bytes(text));
    expect(now.correction).toMatchObject({ status: 'FAILED', failure: { reason: 'UNCLOSED_QUOTE' } });
    expect(now).toMatchObject({ status: 'REVIEW', rows: { read: record.rows.read } });
    const told = await db().auditEvent.findMany({
      where: { kind: 'CORRECTION_FAILED', subjectId: record.id },
    });
    expect(told).toMatchObject([{ facts: { reason: 'UNCLOSED_QUOTE' } }]);
  });

  it('is not taken by an import that is published', async () => {
    const record = await review();
    await exported(record);
    await expect(correct(record, bytes('a,b\n'))).rejects.toThrow('is published');
    await expect(
      createCorrection(record.id, { fileName: 'a.csv', fileSize: 1 }, await makeUser('MEMBER', 'Eve')),
    ).rejects.toThrow('no such import');
  });

  it('gives a key to a row that had none, and another to one that was there twice', async () => {
    const keyed: RunOptions['columns'] = [
      { index: 0, name: 'sku', type: 'TEXT' },
      { index: 1, name: 'n', type: 'INTEGER' },
    ];
    const record = await review('sku,n\na,1\n,2\nb,3\nb,4\n', {
      columns: keyed,
      key: ['sku'],
      duplicates: 'REJECT',
    });
    expect(record.rows).toMatchObject({ read: 4, inserted: 1, rejected: 3 });
    const text = `Sluice import,Sluice row,sku\n${record.id},3,c\n${record.id},5,d\n`;
    const { now } = await correct(record, bytes(text));
    expect(now.rows).toMatchObject({ read: 4, inserted: 4, rejected: 0 });
    expect(await exported(now)).toBe('sku,n\na,1\nc,2\nb,3\nd,4\n');
  });

  it('finds rows that are in objects', async () => {
    const rows = 12_000;
    const record = await review(`n,word\n${Array.from({ length: rows }, (_, i) => `x${i},w`).join('\n')}\n`);
    expect(record.rows.rejected).toBe(rows);
    const text = (await download(record, 'csv')).toString('utf8').replaceAll(/,x(\d+),/g, ',$1,');
    const { now } = await correct(record, bytes(text));
    expect(now.rows).toMatchObject({ read: rows, inserted: rows, rejected: 0 });
    expect(now.amendments).toMatchObject([{ what: { rows, accepted: rows } }]);
  });

  it('comes in several parts when it is large, and corrects tens of thousands of rows in objects', async () => {
    const user = await owner();
    const rows = Array.from({ length: 25_000 }, (_, i) => `${i}x,${`word-${i}-`.repeat(60)},`);
    const record = await review(`n,word,note\n${rows.join('\n')}\n`);
    expect(record.rows).toMatchObject({ read: 25_000, rejected: 25_000 });
    const given = (await download(record, 'csv')).toString('utf8');
    const corrected = Buffer.from(given.replace(/,(\d+)x,/g, ',$1,'));
    expect(corrected.length).toBeGreaterThan(17 * MiB);
    const { now, correction } = await correct(record, corrected);
    expect(correction).toMatchObject({ status: 'RECEIVED', failureReason: null });
    const { partSize } = await db().upload.findUniqueOrThrow({ where: { objectKey: correction.objectKey } });
    expect(Math.ceil(corrected.length / (partSize ?? corrected.length))).toBeGreaterThan(1);
    expect(now.rows).toMatchObject({ read: 25_000, inserted: 25_000, rejected: 0 });
    expect(now.amendments).toMatchObject([{ what: { kind: 'FILE', rows: 25_000, accepted: 25_000 } }]);
    expect(
      await db().rejectionChunk.count({ where: { importId: (await findImport(record.id, user)).id } }),
    ).toBe(0);
    const lines = (await exported(record)).split('\n');
    expect([lines.length, lines[25_000]]).toEqual([25_002, `24999,${'word-24999-'.repeat(60)}`]);
  });
});
