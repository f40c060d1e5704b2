import { expect, it } from 'vitest';
import { findImport } from '@/lib/server/imports/find-import';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { confirm, runInspection, upload } from '@/worker/testing/run-import';
import { handleJobError } from './fail-import';
import { sparingWorkers } from './lost-workers';
import { stageImport } from './stage';

openDatabase();

const dead = { value: { message: 'job heartbeat timeout' } };
const outage = { message: 'connect ECONNREFUSED' };

async function queued(name: string) {
  const user = await owner();
  const id = await upload(Buffer.from('n\n1\n2\n'), `${name}.csv`, user);
  await confirm(await runInspection(id, user), user, { dataset: { name } });
  return { id, user, importId: (await findImport(id, user)).id };
}

/** A job that takes its worker with it: nothing behind it runs. */
const dies = (importId: number, before: unknown) =>
  Promise.race([
    sparingWorkers(importId, 'stage', before, () => new Promise<never>(() => {})).then(() => 'ran'),
    new Promise((resolve) => setTimeout(resolve, 300, 'died')),
  ]);

it('a job over which two workers were lost is given up with a reason', async () => {
  const { id, user, importId } = await queued('fatal');
  expect(await dies(importId, null)).toBe('died');
  expect(await dies(importId, dead)).toBe('died');
  let ran = false;
  await sparingWorkers(importId, 'stage', dead, async () => {
    ran = true;
  }).catch((error: unknown) => handleJobError(importId, error, false));
  expect(ran).toBe(false);
  const { status, failure } = await getImport(id, user);
  expect(status).toBe('FAILED');
  expect(failure).toMatchObject({ reason: 'INTERNAL', message: expect.stringContaining('stopped 2 times') });
});

it('outages are no lost workers, and rows that were stored since speak for the file', async () => {
  const { id, user, importId } = await queued('unlucky');
  for (let i = 0; i < 5; i++) expect(await dies(importId, outage)).toBe('died');
  for (let rowsRead = 1; rowsRead < 6; rowsRead++) {
    expect(await dies(importId, dead)).toBe('died');
    await db().import.update({ where: { id: importId }, data: { checkpoint: { rowsRead } } });
  }
  await db().$executeRaw`update "Import" set checkpoint = null where id = ${importId}`;
  await db().lostWorkers.deleteMany({ where: { importId } });
  await sparingWorkers(importId, 'stage', dead, () => stageImport(importId, new AbortController().signal));
  expect(await getImport(id, user)).toMatchObject({ status: 'COMPLETED', rows: { inserted: 2 } });
  expect(await db().lostWorkers.count({ where: { importId } })).toBe(0);
});
