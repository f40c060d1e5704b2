import pg from 'pg';
import { afterEach, expect, it, vi } from 'vitest';
import { keptRejections } from '@/lib/server/imports/rejections/chunks';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { type RunOptions, runImport } from '@/worker/testing/run-import';
import { findRejectedKeys } from './find-rejected-keys';

/** What pg calls for each row that comes from the database, of which its types say nothing. */
const wire: { submit: unknown; handleDataRow?: (message: unknown) => void } = pg.Query.prototype;

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const columns: RunOptions['columns'] = [
  { index: 0, name: 'sku', type: 'TEXT' },
  { index: 1, name: 'n', type: 'INTEGER' },
];
const run = (lines: string[], options: RunOptions) =>
  runImport(new TextEncoder().encode(`sku,n\n${lines.join('\n')}\n`), { columns, ...options });

/** A dataset, and a file that is to replace it in which no key may be there twice. */
async function replacedBy(name: string, there: string[], lines: string[]) {
  const first = await run(there, { dataset: { name }, key: ['sku'] });
  return run(lines, {
    dataset: { id: first.dataset?.id ?? '' },
    mode: 'REPLACE',
    onRejection: 'REVIEW',
    duplicates: 'REJECT',
  });
}

it('rows that are rejected for their key are counted in the database, however many there are', async () => {
  const lines = Array.from({ length: 5_200 }, (_, i) => `k${i},${i}`);
  const { id, replaces } = await replacedBy('Twice over', lines, [...lines, ...lines]);
  const found = { rejected: 5_200, rejectedRows: Array.from({ length: 20 }, (_, i) => i + 2) };
  expect(replaces).toMatchObject({ removed: 5_200, ...found });
  const { dataset, ...record } = await db().import.findUniqueOrThrow({
    where: { publicId: id },
    include: { dataset: true },
  });
  expect(record.rowsRejected).toBe(10_400);
  const rows = vi.spyOn(wire, 'handleDataRow');
  try {
    const key = [{ name: 'sku', slot: 0, type: 'TEXT' as const }];
    if (!dataset) throw new Error('It goes into a dataset.');
    expect(await findRejectedKeys(record, { id: dataset.id, number: dataset.number, key })).toEqual(found);
    // Those that the database keeps are read a page at a time; of the others none comes here.
    expect(rows.mock.calls.length).toBeGreaterThanOrEqual(keptRejections);
    expect(rows.mock.calls.length).toBeLessThan(keptRejections + 100);
  } finally {
    rows.mockRestore();
  }
});

it('a key counts once, whether one cell or the key itself is what is wrong with its rows', async () => {
  const record = await replacedBy('Both', ['a,1', 'b,2', 'c,3'], ['a,1', 'b,much', 'b,7', 'b,8', 'c,many']);
  expect(record.replaces).toMatchObject({ removed: 2, rejected: 2, rejectedRows: [3, 4, 5, 6] });
});
