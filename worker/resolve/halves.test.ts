import { afterEach, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { db } from '@/lib/server/platform/db/client';
import { countStored } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import { type RunOptions, runImport } from '@/worker/testing/run-import';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

/** More than are decided on by one backend. */
const count = 24_000;
const key = (i: number) => String(1_000_000 + i);

interface Case {
  name: string;
  /** The keys of the file's rows. */
  keys: string[];
  inserted: number;
  skipped: number;
  rejected: number;
}

const ascending = Array.from({ length: count }, (_, i) => key(i));
const swapped = ascending.with(7, key(count - 8)).with(count - 8, key(7));
const cases: Case[] = [
  { name: 'ascend', keys: ascending, inserted: count, skipped: 0, rejected: 0 },
  { name: 'descend', keys: ascending.toReversed(), inserted: count, skipped: 0, rejected: 0 },
  { name: 'ascend but for two of them', keys: swapped, inserted: count, skipped: 0, rejected: 0 },
  {
    name: 'ascend, and the last is the first once more',
    keys: ascending.with(count - 1, key(0)),
    inserted: count - 1,
    skipped: 1,
    rejected: 0,
  },
  {
    name: 'ascend, and one of the last rows has none',
    keys: ascending.with(count - 3, ''),
    inserted: count - 1,
    skipped: 0,
    rejected: 1,
  },
  {
    name: 'are the same in the middle',
    keys: ascending.map((text, i) => (Math.abs(i - count / 2) < 3 ? key(count / 2) : text)),
    inserted: count - 4,
    skipped: 4,
    rejected: 0,
  },
];

describe('a file whose halves are decided on side by side', () => {
  it.each(cases)('whose keys $name', async ({ name, keys, inserted, skipped, rejected }) => {
    const text = (word: string) => `n,word\n${keys.map((text, i) => `${text},${word} ${i}`).join('\n')}\n`;
    const options: RunOptions = { types: 'text', key: ['n'], dataset: { name } };
    const first = await runImport(new TextEncoder().encode(text('first')), options);
    expect(first).toMatchObject({ status: 'COMPLETED' });
    expect(first.rows).toMatchObject({ read: count, inserted, skipped, rejected });
    const dataset = { id: first.dataset?.id ?? '' };
    const second = await runImport(new TextEncoder().encode(text('second')), { types: 'text', dataset });
    expect(second).toMatchObject({ status: 'COMPLETED' });
    expect(second.rows).toMatchObject({ read: count, updated: inserted, skipped, rejected });

    const found = await findDataset(first.dataset?.slug ?? '', await owner());
    expect(found.rows).toBe(inserted);
    // Each key once, with the value of the last row that has it.
    const wanted = new Map(keys.flatMap((text, i) => (text === '' ? [] : [[text, `second ${i}`]])));
    const shown = new Map<string | null | undefined, string | null | undefined>();
    let after: string | undefined;
    do {
      const page = await readRowPage(found, { limit: 1_000, after });
      for (const { cells } of page.rows) shown.set(cells[0], cells[1]);
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(shown).toEqual(wanted);
    const { id } = await db().import.findUniqueOrThrow({ where: { publicId: second.id } });
    expect((await countStored(id)).changes).toBe(count);
  });
});
