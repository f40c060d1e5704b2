import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { findImport } from '@/lib/server/imports/find-import';
import { downloadSource } from '@/lib/server/imports/source/download-source';
import { redoImport, undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { isOutage } from '@/lib/server/platform/outage';
import { deleteObject, putObject } from '@/lib/server/platform/storage/objects';
import { storedCheckpoint } from '@/lib/shared/schema/import/stored-import';
import { countRows } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { confirm, runImport, runInspection, runStage, upload } from '@/worker/testing/run-import';
import { handleJobError } from './fail-import';
import { purgeImport } from './purge';
import { stageImport } from './stage';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const bytes = (text: string) => new TextEncoder().encode(text);

async function exported(slug: string): Promise<string> {
  let text = '';
  const dataset = await findDataset(slug, await owner());
  for await (const piece of exportRows(dataset, { format: 'csv' })) text += piece;
  return text;
}

describe('a file the whole way', () => {
  it('gives back the cells it was given', async () => {
    const content =
      'id,name,when,amount\n1,"Ann, ""A""",2024-02-29,1.50\n2,Zoë 👩‍👩‍👧,2023-12-31,-0.10\n3," spaced ",,12345678901234.123456789\n';
    const done = await runImport(bytes(content), { name: 'round trip.csv' });
    expect(done).toMatchObject({
      status: 'COMPLETED',
      rows: { read: 3, inserted: 3, updated: 0, unchanged: 0, skipped: 0, rejected: 0 },
      file: { sha256: createHash('sha256').update(content).digest('hex') },
    });
    expect(done.mapping?.map((c) => c.type)).toEqual(['INTEGER', 'TEXT', 'DATE', 'DECIMAL']);
    expect((await exported(done.dataset?.slug ?? '')).replaceAll('\r\n', '\n')).toBe(content);
  });

  it('rejects what cannot be stored, with row, column, value and reason, and balances', async () => {
    const user = await owner();
    const good = Array.from({ length: 1_500 }, (_, i) => `${i + 1},2024-01-01`).join('\n');
    const id = await upload(
      bytes(`n,day\n${good}\nx,2024-01-01\n5,2024-02-30\n6\n7,2024-01-02,extra\n8,2024-01-02,\n`),
      'bad rows.csv',
      user,
    );
    await confirm(await runInspection(id, user), user);
    const done = await runStage(id, user);
    expect(done.status).toBe('COMPLETED');
    expect(done.rows).toMatchObject({ read: 1_505, inserted: 1_500, rejected: 5 });
    expect(done.rejections).toEqual([
      {
        row: 1_502,
        column: 'n',
        value: 'x',
        reason: 'It is not a whole number. Correct it or make the column text.',
      },
      {
        row: 1_503,
        column: 'day',
        value: '2024-02-30',
        reason: 'There is no such day in the calendar. Correct it.',
      },
      {
        row: 1_504,
        column: null,
        value: '6',
        reason: 'It has 1 of 2 cells. Complete the row or have short rows filled up.',
      },
      {
        row: 1_505,
        column: null,
        value: '7 | 2024-01-02 | extra',
        reason: 'It has 3 cells, but the table has 2 columns. Look for a stray delimiter.',
      },
      // An empty cell too many is forgiven only where all rows end with one.
      {
        row: 1_506,
        column: null,
        value: '8 | 2024-01-02 | ',
        reason: 'It has 3 cells, but the table has 2 columns. Look for a stray delimiter.',
      },
    ]);
  });

  it('leaves rows of nothing but blanks out, counts them, and takes blank cells for empty', async () => {
    const done = await runImport(bytes('id,name,qty\n1,Bolt,5\n,,\n2,Nut, \n , ,\u00a0\n,,\n,\n'));
    expect(done.rows).toMatchObject({ read: 2, inserted: 2, rejected: 0 });
    expect(done.rowsLeftOut).toBe(4);
    expect((done.mapping ?? []).map(({ type }) => type)).toEqual(['INTEGER', 'TEXT', 'INTEGER']);
    expect(await exported(done.dataset?.slug ?? '')).toBe('id,name,qty\r\n1,Bolt,5\r\n2,Nut,\r\n');
  });

  it('leaves out what is no data of the table, and counts it', async () => {
    const text =
      'day,qty,price\n2026-01-02,5,1.5\nday,qty,price\n2026-01-03,7,2.5\nTotal,12,4.0\n\nSource: us\n\x1a\n';
    const done = await runImport(bytes(text));
    expect(done.rows).toMatchObject({ read: 2, inserted: 2, rejected: 0 });
    expect(done.rowsLeftOut).toBe(4);
    expect((done.mapping ?? []).map(({ type }) => type)).toEqual(['DATE', 'INTEGER', 'DECIMAL']);
    expect(await exported(done.dataset?.slug ?? '')).toBe(
      'day,qty,price\r\n2026-01-02,5,1.5\r\n2026-01-03,7,2.5\r\n',
    );
  });

  it('pads short rows only if the person said so', async () => {
    const done = await runImport(bytes('a,b\n1\n2,3\n'), { shortRows: 'pad' });
    expect(done.rows).toMatchObject({ inserted: 2, rejected: 0 });
    expect(await exported(done.dataset?.slug ?? '')).toBe('a,b\r\n1,\r\n2,3\r\n');
  });

  it('appends to a dataset by column name, whatever the order, and undoes and redoes', async () => {
    const user = await owner();
    const first = await runImport(bytes('a,b\n1,x\n'), { name: 'one.csv', dataset: { name: 'Both' } });
    const dataset = { id: first.dataset?.id ?? '' };
    const second = await runImport(bytes('B,c,A\ny,new,2\n'), { name: 'two.csv', dataset });
    expect(second.dataset?.slug).toBe('both');
    const both = 'a,b,c\r\n1,x,\r\n2,y,new\r\n';
    expect(await exported('both')).toBe(both);
    expect((await undoImport(first.id, user)).status).toBe('UNDONE');
    expect((await undoImport(first.id, user)).status).toBe('UNDONE');
    expect(await exported('both')).toBe('a,b,c\r\n2,y,new\r\n');
    await redoImport(first.id, user);
    expect(await exported('both')).toBe(both);
  });

  it('#1 refuses an empty file before any job', async () => {
    await expect(runImport(bytes(''))).rejects.toThrow('The file is empty');
  });

  it('#2 completes a header alone with 0 rows', async () => {
    const done = await runImport(bytes('a,b,c\n'));
    expect(done).toMatchObject({ status: 'COMPLETED', rows: { read: 0, inserted: 0, rejected: 0 } });
  });

  it('#8 rejects a row with a NUL byte and stores the others', async () => {
    const done = await runImport(bytes('a,b\n1,x\n2,y\0z\n3,w\n'));
    expect(done.rows).toMatchObject({ read: 3, inserted: 2, rejected: 1 });
    expect(done.rejections[0]).toMatchObject({ row: 3 });
  });

  it('#21 names a legacy workbook and what to do', async () => {
    const done = await runImport(
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]),
      { name: 'old.xls' },
    );
    expect(done).toMatchObject({ status: 'FAILED', failure: { reason: 'LEGACY_XLS' } });
    expect(done.failure?.nextStep).toContain('.xlsx');
  });
});

describe('columns with rules', () => {
  it('stores what keeps them and rejects the rest, balanced; later imports follow the dataset’s rules', async () => {
    const content =
      'Code,State,Amount,Note\nA-1,CA,"$1,000.50",x\nA-2,TX,$2,y\nA-1,NV,$3,z\n,CA,$4,v\nA-5,n/a,$-1,w\n';
    const columns = [
      {
        index: 0,
        name: 'Code',
        type: 'TEXT' as const,
        rules: { required: true, unique: true, pattern: 'A-\\d' },
      },
      {
        index: 1,
        name: 'State',
        type: 'CHOICE' as const,
        format: { empty: ['N/A'] },
        rules: { allowed: ['CA', 'NV'], default: 'NV' },
      },
      {
        index: 2,
        name: 'Amount',
        type: 'DECIMAL' as const,
        format: { currency: true, grouping: true },
        rules: { min: '-1' },
      },
    ];
    const done = await runImport(bytes(content), { dataset: { name: 'Ruled' }, columns });
    expect(done.rows).toMatchObject({ read: 5, inserted: 2, rejected: 3 });
    expect(done.rejections).toEqual([
      {
        row: 3,
        column: 'State',
        value: 'TX',
        reason: 'It is not one of the allowed values. Write one of “CA”, “NV”, exactly so.',
      },
      {
        row: 4,
        column: 'Code',
        value: 'A-1',
        reason: 'Row 2 has this value already and it may be there only once. Correct one of them.',
      },
      {
        row: 5,
        column: 'Code',
        value: '',
        reason: 'It is empty and this column needs a value. Fill it in.',
      },
    ]);
    expect(await exported('ruled')).toBe('Code,State,Amount\r\nA-1,CA,1000.50\r\nA-5,NV,-1\r\n');
    expect(
      await db().rejection.findMany({ where: { rowNumber: 4 }, select: { cells: true } }),
    ).toContainEqual({
      cells: ['A-1', 'NV', '3', ''],
    });

    const again = await runImport(bytes('code,state\nB-1,CA\nA-7,CA\n'), {
      dataset: { id: done.dataset?.id ?? '' },
      columns: [
        { index: 0, name: 'code', type: 'TEXT', rules: {} },
        { index: 1, name: 'state', type: 'TEXT' },
      ],
    });
    expect(again.rows).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    expect(again.rejections[0]).toMatchObject({ row: 2, column: 'code', value: 'B-1' });
    expect(again.mapping?.map(({ rules }) => rules)).toMatchObject([{ unique: true }, { default: 'NV' }]);
  });

  it('refuses rules that cannot be, and the import can still be started', async () => {
    const user = await owner();
    const id = await upload(bytes('a\n1\n'), 'rules.csv', user);
    const inspected = await runInspection(id, user);
    const columns = [{ index: 0, name: 'a', type: 'TEXT' as const, rules: { pattern: '(' } }];
    await expect(confirm(inspected, user, { columns })).rejects.toThrow('Column “a”');
    await confirm(inspected, user);
    expect((await runStage(id, user)).status).toBe('COMPLETED');
  });

  it('finds what is there twice across segments, with memory that does not grow', async () => {
    const rows = 70_000;
    const content = `n,t\n${Array.from({ length: rows }, (_, i) => `${i % 60_000},${'x'.repeat(100)}`).join('\n')}\n`;
    const done = await runImport(bytes(content), {
      columns: [
        { index: 0, name: 'n', type: 'INTEGER', rules: { unique: true, required: true } },
        { index: 1, name: 't', type: 'TEXT' },
      ],
    });
    expect(done).toMatchObject({
      status: 'COMPLETED',
      rows: { read: rows, inserted: 60_000, rejected: 10_000 },
    });
  });
});

describe('an attempt', () => {
  it('that was overtaken stores nothing, and the later one everything once', async () => {
    const user = await owner();
    const id = await upload(
      bytes(`n\n${Array.from({ length: 20_000 }, (_, i) => i).join('\n')}\n`),
      'twice.csv',
      user,
    );
    await confirm(await runInspection(id, user), user);
    const importId = (await findImport(id, user)).id;
    const never = new AbortController().signal;
    const attempt = () =>
      stageImport(importId, never).catch((error: unknown) => handleJobError(importId, error, false));
    const runs = await Promise.allSettled([attempt(), attempt()]);
    // Each attempt ends the connections of the other, whatever stands on them by then, also the next query: where
    // that hits somebody, the queue tries again, as often as here.
    let last = await findImport(id, user);
    for (let tries = 0; tries < 3 && last.status !== 'COMPLETED'; tries++) {
      await attempt().catch(() => undefined);
      last = await findImport(id, user);
    }
    expect(last.status).toBe('COMPLETED');
    expect(last.rowsInserted).toBe(20_000);
    expect(await countRows(last.id)).toBe(20_000);
    // Whichever failed was ended by the other, and by nothing else.
    expect(runs.filter((run) => run.status === 'rejected' && !isOutage(run.reason))).toEqual([]);
  });

  it('goes on from the checkpoint after a shutdown', async () => {
    const user = await owner();
    const rows = 800_000;
    const id = await upload(
      bytes(`n,text\n${Array.from({ length: rows }, (_, i) => `${i},row ${i}`).join('\n')}\n`),
      'resumed.csv',
      user,
    );
    await confirm(await runInspection(id, user), user);
    const shutdown = new AbortController();
    const internal = await findImport(id, user);
    const watching = setInterval(async () => {
      const now = await db().import.findUnique({ where: { id: internal.id }, select: { checkpoint: true } });
      if (now?.checkpoint) shutdown.abort();
    }, 20);
    const stopped = await runStage(id, user, shutdown.signal);
    clearInterval(watching);
    expect(stopped.status).toBe('STAGING');
    // Not the figures that the page shows: they are written every 400 ms, and this may have been quicker.
    const { checkpoint } = await db().import.findUniqueOrThrow({ where: { id: internal.id } });
    const { rowsRead } = storedCheckpoint.parse(checkpoint);
    expect(rowsRead).toBeGreaterThan(0);
    expect(rowsRead).toBeLessThan(rows);
    const done = await runStage(id, user);
    expect(done).toMatchObject({ status: 'COMPLETED', attempts: 2, rows: { read: rows, inserted: rows } });
    expect(done.file.sha256).not.toBeNull();
  });

  it('#67 stops when the import is cancelled, and nothing of it is left', async () => {
    const user = await owner();
    const id = await upload(
      bytes(`n\n${Array.from({ length: 400_000 }, (_, i) => i).join('\n')}\n`),
      'cancelled.csv',
      user,
    );
    await confirm(await runInspection(id, user), user);
    const internal = await findImport(id, user);
    const running = runStage(id, user);
    await new Promise((done) => setTimeout(done, 300));
    await cancelImport(id, user);
    expect((await running).status).toBe('CANCELLED');
    await purgeImport(internal.id);
    expect(await countRows(internal.id)).toBe(0);
  });
});

describe('the stored file', () => {
  it('#61 must be the one that was uploaded', async () => {
    const user = await owner();
    const id = await upload(bytes('a\n1\n2\n'), 'swapped.csv', user);
    await confirm(await runInspection(id, user), user);
    const record = await findImport(id, user);
    // As somebody who has the store's own key could.
    await putObject(record.objectKey, bytes('a\n1\n3\n'));
    const done = await runStage(id, user);
    expect(done).toMatchObject({ status: 'FAILED', failure: { reason: 'FILE_CHANGED' } });
    await expect(downloadSource(id, user)).rejects.toMatchObject({ code: 'conflict' });
    await putObject(record.objectKey, bytes('a\n1\n2\n'));
    const given = await fetch(await downloadSource(id, user));
    expect(await given.text()).toBe('a\n1\n2\n');
    await deleteObject(record.objectKey);
    await expect(downloadSource(id, user)).rejects.toMatchObject({ code: 'gone' });
  });
});

describe('what is proposed', () => {
  it('can be imported as it is, also with a very long name and names that differ only in case', async () => {
    const done = await runImport(bytes(`ID,id,${'x'.repeat(300)},${'x'.repeat(300)}\n1,2,3,4\n`), {
      name: 'names.csv',
    });
    expect(done.failure).toBeNull();
    expect(done.mapping?.map((column) => column.name)).toEqual([
      'ID',
      'id_2',
      `${'x'.repeat(190)}…`,
      `${'x'.repeat(190)}…_2`,
    ]);
    expect(done.inspection?.warnings.join(' ')).toContain('was shortened to 190');
  });

  it('gets a dataset of its own when many of one name start at once', async () => {
    const runs = await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        runImport(bytes(`a\n${i}\n`), { name: `${i}.csv`, dataset: { name: 'At once' } }),
      ),
    );
    expect(runs.map((run) => run.status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED']);
    expect(new Set(runs.map((run) => run.dataset?.slug)).size).toBe(4);
  });
});
