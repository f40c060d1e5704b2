import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import type { ImportStatus } from '@/lib/server/platform/db/generated/enums';
import type { User } from '@/lib/server/platform/user';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { owner } from '@/testing/people';
import { workbookEntries } from '@/worker/read/xlsx/testing/workbook-writer';
import { zipBytes } from '@/worker/read/xlsx/testing/zip-writer';
import { confirm, upload } from '@/worker/testing/run-import';
import { type Laboratory, openLaboratory } from '../faults/laboratory';
import type { WorkerProcess } from '../faults/worker-process';
import { blankRows, hostileFiles } from './hostile-files';

/**
 * What one worker may take at most, whatever it is given, all of it one after another; what it took is asked of the
 * kernel. Measured: 212 MB, and 191 MB at most where each file has a worker of its own (`npm run bench`).
 */
const memoryMb = 256;

let lab: Laboratory;
let worker: WorkerProcess;
let user: User;
/** Set when the worker ended: nothing would come any more. */
let gone = '';

beforeAll(async () => {
  lab = await openLaboratory();
  worker = await lab.work();
  void worker.exited.then(({ code, signal }) => {
    gone = `The worker ended (${code ?? signal}):\n${worker.log()}`;
  });
  user = await owner();
});
afterAll(() => lab.close());

async function until(id: string, wanted: ImportStatus[], as: User): Promise<ImportDetails> {
  for (;;) {
    const now = await getImport(id, as);
    if (wanted.includes(now.status)) return now;
    if (gone !== '') throw new Error(gone);
    await sleep(20);
  }
}

const ended: ImportStatus[] = ['COMPLETED', 'FAILED'];

/** The whole way through the worker's process: uploaded, inspected, confirmed as proposed, staged. */
async function importWhole(
  content: Buffer,
  name: string,
  as: User,
  types: 'infer' | 'text' = 'text',
): Promise<ImportDetails> {
  const id = await upload(content, name, as);
  const inspected = await until(id, ['MAPPING', ...ended], as);
  if (inspected.status !== 'MAPPING') return inspected;
  await confirm(inspected, as, { types });
  return until(id, ended, as);
}

async function retries(): Promise<number> {
  const [row] = await db().$queryRaw<{ sum: number }[]>`
    select coalesce(sum(retry_count), 0)::int as sum from queue.job`;
  return row?.sum ?? 0;
}

describe('a worker that is given a hostile file', () => {
  it.each(hostileFiles)(
    '$name',
    async ({ name, content, types, reasons, rows }) => {
      const done = await importWhole(await content(), name, user, types);
      if (reasons.length > 0) {
        expect(done.failure?.reason).toBeOneOf(reasons);
        expect(done.failure?.nextStep).not.toBe('');
      } else {
        expect(done.failure).toBeNull();
        expect(done.rows).toMatchObject(rows ?? {});
      }
      expect(done.attempts).toBeLessThanOrEqual(1);
      expect(worker.memory().peak).toBeLessThan(memoryMb);
      // It beats on: nobody took the worker for dead, so no job was given out a second time.
      expect(await retries()).toBe(0);
    },
    120_000,
  );

  it('#52 two files of 1 MB a row at once', async () => {
    const worst = hostileFiles.filter(({ name }) => /rows of 1 MB|just below 1 MB/.test(name));
    const both = await Promise.all(
      worst.map(async ({ name, content }) => importWhole(await content(), `again ${name}`, user)),
    );
    expect(both.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(worker.memory().peak).toBeLessThan(memoryMb);
  });

  it('#53 formulas are text, and escaped on request', async () => {
    const formulas = ['=HYPERLINK("http://evil.test","x")', '+cmd|calc', '-1+1', '@x', '\tx'];
    const lines = formulas.map((text) => `"${text.replaceAll('"', '""')}"`).join('\n');
    const done = await importWhole(Buffer.from(`f\n${lines}\n`), '#53 formulas.csv', user);
    expect(done.rows.inserted).toBe(formulas.length);
    const dataset = await findDataset(done.dataset?.slug ?? '', user);
    let escaped = '';
    for await (const piece of exportRows(dataset, { format: 'csv', escape: 'formulas' })) escaped += piece;
    const [, ...cells] = escaped.trim().split('\r\n');
    expect(cells).toHaveLength(formulas.length);
    for (const cell of cells) expect(cell).toMatch(/^"?'/);
  });

  it('other people’s imports go on while one is chewed on', async () => {
    const other = await db().user.create({
      data: { email: 'other@hostile.test', name: 'Other' },
      select: { id: true, name: true, role: true },
    });
    const slow = await zipBytes(workbookEntries({ sheets: [{ rows: blankRows() }] }));
    const id = await upload(slow, 'slow.xlsx', user);
    let chewing = true;
    const chewed = until(id, ['MAPPING', ...ended], user).finally(() => (chewing = false));
    let meanwhile = 0;
    do {
      const small = await importWhole(Buffer.from('a,b\n1,2\n'), 'small.csv', other);
      expect(small.status).toBe('COMPLETED');
      if (chewing) meanwhile += 1;
    } while (chewing);
    expect((await chewed).status).toBe('MAPPING');
    expect(meanwhile).toBeGreaterThan(0);
    expect(await retries()).toBe(0);
  });

  it('is still the same process in the end', () => {
    expect(worker.memory().peak).toBeLessThan(memoryMb);
    expect(worker.log()).not.toContain('a job failed');
  });
});
