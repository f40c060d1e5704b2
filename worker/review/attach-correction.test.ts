import { describe, expect, it } from 'vitest';
import { matchFile } from '@/lib/server/datasets/columns/match-file';
import { attachCorrection } from '@/lib/server/imports/corrections/attach-correction';
import { publishImport } from '@/lib/server/imports/publish-import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import {
  confirm,
  type RunOptions,
  runImport,
  runInspection,
  runReception,
  runStage,
  upload,
} from '@/worker/testing/run-import';
import { download } from './testing/correct';
import { exported } from './testing/exported';

openDatabase();

const bytes = (text: string) => new TextEncoder().encode(text);
let made = 0;

const columns: RunOptions['columns'] = [
  { index: 0, name: 'number', type: 'INTEGER' },
  { index: 1, name: 'word', type: 'TEXT' },
];

const review = (onRejection: RunOptions['onRejection']) =>
  runImport(bytes('n,word\n1,one\nx,=two\n3,three\n'), {
    name: 'words.csv',
    dataset: { name: `Attached ${++made}` },
    columns,
    onRejection,
  });

/** The rejected rows of an import, corrected and dropped on the start page. */
async function dropped(record: ImportDetails): Promise<ImportDetails> {
  const user = await owner();
  const text = (await download(record, 'csv')).toString('utf8').replace(',3,x,', ',3,2,');
  return runInspection(await upload(bytes(text), 'corrected.csv', user), user);
}

describe('rejected rows that come back as a file of their own', () => {
  it('are recognized, and go into their import while it waits for its review', async () => {
    const user = await owner();
    const record = await review('REVIEW');
    const file = await dropped(record);
    expect(file).toMatchObject({
      status: 'MAPPING',
      rejectedBy: { id: record.id, fileName: 'words.csv', status: 'REVIEW', dataset: record.dataset },
    });
    expect(await attachCorrection(file.id, user)).toMatchObject({
      id: record.id,
      correction: { id: file.id, status: 'INSPECTING', file: { name: 'corrected.csv' } },
    });
    expect(await runReception(file.id)).toMatchObject({ status: 'RECEIVED' });
    const now = await runStage(record.id, user);
    expect(now).toMatchObject({ status: 'REVIEW', rows: { read: 3, inserted: 3, rejected: 0 } });
    expect(await exported(now)).toBe('number,word\n1,one\n2,=two\n3,three\n');
    // It is no import of its own any more.
    await expect(attachCorrection(file.id, user)).rejects.toThrow('no such import');
  });

  it('are recognized when their import is finished, and mapped as its file was, without apostrophes', async () => {
    const user = await owner();
    const record = await review('IMPORT_VALID');
    expect(record).toMatchObject({ status: 'COMPLETED', rows: { inserted: 2, rejected: 1 } });
    const file = await dropped(record);
    expect(file.rejectedBy).toMatchObject({ id: record.id, status: 'COMPLETED', dataset: record.dataset });
    await expect(attachCorrection(file.id, user)).rejects.toThrow('not waiting for its review any more');
    const headers = file.inspection?.columns.map(({ name }) => name) ?? [];
    const { matches } = await matchFile(record.dataset?.slug ?? '', { headers }, user);
    expect(matches.map((match) => match?.column ?? null)).toEqual([null, null, 'number', 'word', null, null]);
    await confirm(file, user, {
      dataset: { id: record.dataset?.id ?? '' },
      columns: [
        { index: 2, name: 'number', type: 'INTEGER' },
        { index: 3, name: 'word', type: 'TEXT' },
      ],
    });
    const done = await runStage(file.id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', rows: { read: 1, inserted: 1, rejected: 0 } });
    // Given out as '=two, so that no spreadsheet program takes it for a formula.
    expect(await exported(done)).toBe('number,word\n1,one\n3,three\n2,=two\n');
  });

  it('are taken for what they are by those alone who may see their import', async () => {
    const record = await review('REVIEW');
    const eve = await makeUser('MEMBER', 'Eve');
    const text = await download(record, 'csv');
    const file = await runInspection(await upload(text, 'corrected.csv', eve), eve);
    expect(file.rejectedBy).toBeNull();
    await expect(attachCorrection(file.id, eve)).rejects.toThrow('holds no rejected rows');
    const plain = await runInspection(await upload(bytes('a,b\n1,2\n'), 'plain.csv', eve), eve);
    expect(plain.rejectedBy).toBeNull();
    await expect(attachCorrection(plain.id, eve)).rejects.toThrow('holds no rejected rows');
  });

  it('stay a file of their own where their import was published in the meantime', async () => {
    const user = await owner();
    const record = await review('REVIEW');
    const file = await dropped(record);
    await publishImport(record.id, user);
    await expect(attachCorrection(file.id, user)).rejects.toThrow('not waiting for its review any more');
    expect((await runStage(record.id, user)).status).toBe('COMPLETED');
  });
});
