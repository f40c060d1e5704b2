import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findImport } from '@/lib/server/imports/find-import';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { storedInspection, storedLayout } from '@/lib/shared/schema/import/stored-import';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { confirm, runInspection, runStage, upload } from '@/worker/testing/run-import';

openDatabase();

const lines = Array.from({ length: 60_000 }, (_, i) => `${i},Bolt ${i},${i % 7}`);
const table = gzipSync(`id,name,qty\n${lines.join('\n')}\nTotal,,179997\nSource: the warehouse\n`);

/** An import of a file that was too large for its end to be looked at before it is started. */
async function inspectedWithoutEnd(choices: object = {}): Promise<string> {
  const user = await owner();
  const id = await upload(table, 'large.csv.gz', user);
  await runInspection(id, user);
  const record = await findImport(id, user);
  const inspection = storedInspection.parse(record.inspection);
  expect(inspection.leftOut).toHaveLength(2);
  const layout = storedLayout.parse({ ...inspection.layout, leftOut: [], endUnknown: true });
  await db().import.update({
    where: { id: record.id },
    data: { choices, inspection: jsonValue({ ...inspection, layout, leftOut: [] }) },
  });
  return id;
}

describe('the end of a very large packed file', () => {
  it('is looked at before the first row is stored, and what was found is said and counted', async () => {
    const user = await owner();
    const id = await inspectedWithoutEnd();
    await confirm(await getImport(id, user), user);
    const done = await runStage(id, user);
    expect(done.rows).toMatchObject({ read: 60_000, inserted: 60_000, rejected: 0 });
    expect(done.rowsLeftOut).toBe(2);
    expect(done.inspection?.leftOut.map(({ says }) => says)).toEqual([
      expect.stringMatching(/“Total”\) looks like a total and is left out/),
      expect.stringMatching(/“Source: the warehouse”\) looks like a note below the table and is left out/),
    ]);
  });

  it('holds data where the person said so of its kind', async () => {
    const user = await owner();
    const id = await inspectedWithoutEnd({ leftOut: { NOTE: false } });
    await confirm(await getImport(id, user), user);
    const done = await runStage(id, user);
    // The note is a row too short: it is rejected with its reason, and no longer left out.
    expect(done.rows).toMatchObject({ read: 60_001, inserted: 60_000, rejected: 1 });
    expect(done.rowsLeftOut).toBe(1);
    expect(done.inspection?.leftOut.map(({ isLeftOut }) => isLeftOut)).toEqual([true, false]);
  });

  it('is left to another worker where this one shuts down while it is looked at', async () => {
    const user = await owner();
    const id = await inspectedWithoutEnd();
    await confirm(await getImport(id, user), user);
    const ended = AbortSignal.abort(new Error('the worker shuts down'));
    expect(await runStage(id, user, ended)).toMatchObject({ status: 'STAGING', rows: { read: 0 } });
    expect(await runStage(id, user)).toMatchObject({ status: 'COMPLETED', rows: { inserted: 60_000 } });
  });
});
