import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertRulesFit } from '@/lib/server/datasets/columns/assert-rules';
import { listCauses } from '@/lib/server/imports/review/list-causes';
import { startImport } from '@/lib/server/imports/start-import';
import { env } from '@/lib/server/platform/env';
import type { CheckView } from '@/lib/shared/schema/import/check';
import { type StartImportInput, startImportInput } from '@/lib/shared/schema/import/start';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import type { Cause } from '@/lib/shared/schema/review/cause';
import { openDatabase } from '@/testing/environment';
import { isLong } from '@/testing/long';
import { owner } from '@/testing/people';
import { randomFrom } from '@/testing/random-from';
import { generate, mappingOf } from '@/worker/stage/fast-csv/testing/random-csv';
import { runInspection, runStage, upload } from '@/worker/testing/run-import';
import { proposedInput, runCheck } from './testing/run-check';

openDatabase();

const folders = ['../shared/corpus/real', 'e2e/files/csv', 'e2e/files/xlsx', 'e2e/files/cases']
  .map((folder) => resolve(folder))
  .filter((folder) => existsSync(folder));
const files = folders
  .flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(csv|tsv|txt|dat|gz|xlsx)$/i.test(entry.name))
      .map(({ name }) => join(folder, name)),
  )
  .filter((_file, i) => isLong || i % 4 === 0);

const bare = (causes: Cause[]) => causes.map(({ fixes: _fixes, ...cause }) => cause);

/** Checks a file, imports it, and holds one to the other. */
async function compare(content: Uint8Array, name: string, chosen: Partial<StartImportInput> = {}) {
  const user = await owner();
  const id = await upload(content, name, user);
  const inspected = await runInspection(id, user);
  if (inspected.status !== 'MAPPING') return null;
  const dataset = { name: `${name} ${id}` };
  const input = { ...proposedInput(inspected.inspection, dataset), ...chosen };
  const check = await runCheck(id, input, user);
  await startImport(id, startImportInput.parse(input), user);
  const done = await runStage(id, user);
  if (done.failure) {
    expect(check.failure?.reason).toBe(done.failure.reason);
    return check;
  }
  expect(check).toMatchObject({ state: 'DONE', failure: null, figures: { complete: true } });
  expect(check.figures?.rows).toEqual({
    read: done.rows.read,
    accepted: done.rows.read - done.rows.rejected,
    rejected: done.rows.rejected,
    leftOut: done.rowsLeftOut,
  });
  const { causes, examined } = await listCauses(id, user);
  expect(bare(check.figures?.causes ?? [])).toEqual(bare(causes));
  expect(check.figures?.examined).toBe(examined);
  return check;
}

/** A random column as a person could have it. Only the import itself finds what is there twice. */
function possible({ slot: _slot, ...column }: MappedColumn) {
  const rules = { ...column.rules, unique: undefined };
  try {
    assertRulesFit({ ...column, rules });
    return { ...column, rules };
  } catch {
    return { ...column, rules: null };
  }
}

const rejectedOf = (check: CheckView | null) => check?.figures?.rows.rejected ?? 0;

describe('a check says of a file what its import does', () => {
  const found = { files: 0, rejecting: 0 };
  it.each(files.map((file) => [basename(file), file]))('%s', async (name, file) => {
    const check = await compare(await readFile(file), name);
    if (!check) return;
    found.files++;
    if (rejectedOf(check) > 0) found.rejecting++;
  });
  it('of many, some with rejected rows', () => {
    expect(found.files).toBeGreaterThan(10);
    expect(found.rejecting).toBeGreaterThan(1);
  });

  it('of messy ones, with rules of all kinds', async () => {
    const random = randomFrom(7);
    let rejecting = 0;
    for (let i = 0; i < (isLong ? 300 : 30); i++) {
      const { bytes, types } = generate(random);
      const content = Buffer.concat([
        Buffer.from(`${types.map((_type, at) => `c${at}`).join(',')}\n`),
        bytes,
      ]);
      const user = await owner();
      const { inspection } = await runInspection(await upload(content, `messy ${i}.csv`, user), user);
      const width = inspection?.columns.length ?? 0;
      const columns = mappingOf(random, types)
        .filter(({ index }) => index < width)
        .map(possible);
      if (columns.length === 0) continue;
      if (rejectedOf(await compare(content, `messy ${i}.csv`, { columns })) > 0) rejecting++;
    }
    expect(rejecting).toBeGreaterThan(5);
  });

  it('of one with more rejected rows than are kept, whichever way it is read', async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => (i % 2 === 0 ? `${i},x${i % 7}` : `${i},${i}`));
    const content = new TextEncoder().encode(`n,m\n${rows.join('\n')}\n`.repeat(2));
    const columns = [
      { index: 0, name: 'n', type: 'INTEGER' as const },
      { index: 1, name: 'm', type: 'INTEGER' as const },
    ];
    const fast = await compare(content, 'many.csv', { columns });
    expect(fast?.figures).toMatchObject({ rows: { rejected: 12_001 }, examined: 10_000 });
    env().FAST_CSV = 'off';
    const slow = await compare(content, 'many.csv', { columns });
    env().FAST_CSV = 'on';
    expect(slow?.figures).toEqual(fast?.figures);
  });
});
