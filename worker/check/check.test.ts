import { expect, it, vi } from 'vitest';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { readCheck } from '@/lib/server/imports/checks/read-check';
import { requestCheck } from '@/lib/server/imports/checks/request-check';
import { chooseLayout } from '@/lib/server/imports/drafts/choose-layout';
import { findImport } from '@/lib/server/imports/find-import';
import { getImport } from '@/lib/server/imports/get-import';
import { startImport } from '@/lib/server/imports/start-import';
import { db } from '@/lib/server/platform/db/client';
import { Fenced } from '@/lib/server/platform/errors';
import { type StartImportInput, startImportInput } from '@/lib/shared/schema/import/start';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { checkImport } from '@/worker/jobs/check';
import { purgeImport } from '@/worker/jobs/purge';
import { asImport } from '@/worker/stage/imports-under-way';
import { runImport, runInspection, upload } from '@/worker/testing/run-import';
import { runCheck, workOnCheck } from './testing/run-check';

openDatabase();

const signal = new AbortController().signal;

const columns: StartImportInput['columns'] = [
  { index: 0, name: 'n', type: 'INTEGER' },
  { index: 1, name: 'day', type: 'DATE', dateOrder: 'MDY' },
  { index: 2, name: 'state', type: 'TEXT' },
];
const content = 'n,day,state\n1,31/12/2025,CA\n2,30/12/2025,\n3,01/02/2025,CA\nx,02/03/2025,NV\n';

async function matching(name: string, text = content) {
  const user = await owner();
  const id = await upload(new TextEncoder().encode(text), `${name}.csv`, user);
  await runInspection(id, user);
  const input = startImportInput.parse({ dataset: { name }, columns });
  return { id, user, input, importId: (await findImport(id, user)).id };
}

const jobsOf = (importId: number) =>
  db().$queryRaw<{ version: number }[]>`
    select (data ->> 'version')::int as version from queue.job
    where name = 'check' and (data ->> 'importId')::int = ${importId} order by created_on, id`;

it('counts by column and by cause, with the fix that helps most rows first', async () => {
  const { id, user, input } = await matching('Figures');
  expect(await readCheck(id, user)).toEqual({ check: null });
  const check = await runCheck(id, input, user);
  expect(check).toMatchObject({ state: 'DONE', failure: null, version: 1, bytes: content.length });
  expect(check.figures).toMatchObject({
    rows: { read: 4, accepted: 1, rejected: 3, leftOut: 0 },
    bytesRead: content.length,
    complete: true,
    examined: 3,
    columns: [
      { index: 0, name: 'n', rejected: 1, empty: 0, distinct: { count: 1, more: false } },
      { index: 1, name: 'day', rejected: 2, empty: 0, distinct: { count: 1, more: false } },
      { index: 2, name: 'state', rejected: 0, empty: 0, distinct: { count: 1, more: false } },
    ],
  });
  expect(check.figures?.causes.map(({ column, rows }) => [column, rows])).toEqual([
    ['day', 2],
    ['n', 1],
  ]);
  expect(check.figures?.causes[0]?.fixes[0]).toMatchObject({
    fix: { kind: 'DATE_ORDER', column: 'day', dateOrder: 'DMY' },
    rows: 2,
  });
  expect(await db().rejection.count()).toBe(0);
});

it('counts what is different, up to a bound, and what is empty', async () => {
  const rows = Array.from(
    { length: 10_050 },
    (_, i) => `${i},2025-01-0${(i % 5) + 1},${i % 3 === 0 ? '' : 'CA'}`,
  );
  const { id, user, input } = await matching('Different', `n,day,state\n${rows.join('\n')}\n`);
  const { figures } = await runCheck(id, input, user);
  expect(figures?.columns).toMatchObject([
    { distinct: { count: 10_000, more: true }, empty: 0 },
    { distinct: { count: 5, more: false }, empty: 0 },
    { distinct: { count: 1, more: false }, empty: 3_350 },
  ]);
});

it('begins anew when something else is to be checked, and only then', async () => {
  const { id, user, input, importId } = await matching('Anew');
  await runCheck(id, input, user);
  expect((await requestCheck(id, input, user)).check).toMatchObject({ state: 'DONE', version: 1 });
  expect(await jobsOf(importId)).toEqual([{ version: 1 }]);
  const other = { ...input, columns: input.columns.map((column) => ({ ...column, type: 'TEXT' as const })) };
  expect((await requestCheck(id, other, user)).check).toMatchObject({
    state: 'WAITING',
    version: 2,
    figures: null,
  });
  // The job of what was to be checked before has nothing to do.
  await checkImport({ importId, version: 1 }, signal);
  expect((await readCheck(id, user)).check).toMatchObject({ state: 'WAITING', version: 2 });
  expect(await workOnCheck(id, user)).toMatchObject({ state: 'DONE', figures: { rows: { accepted: 4 } } });
  expect(await jobsOf(importId)).toEqual([{ version: 1 }, { version: 2 }]);
});

const figuresOf = (importId: number) =>
  vi.waitUntil(async () => (await db().check.findUniqueOrThrow({ where: { importId } })).figures, {
    interval: 5,
    timeout: 60_000,
  });

/** Has a check under way for so long that something can happen to it: it gives way to an import. */
async function underWay(importId: number, happens: () => Promise<unknown>): Promise<unknown> {
  return asImport(async () => {
    const running = checkImport({ importId, version: 1 }, signal).catch((error: unknown) => error);
    await figuresOf(importId);
    await happens();
    return running;
  });
}

/** Rows enough for a check that gives way to go on for many seconds. */
const many = `n,day,state\n${'1,01/02/2025,a text that makes the file long enough for several pieces\n'.repeat(150_000)}`;

it('ends at once when the mapping changes while it runs', async () => {
  const { id, user, input, importId } = await matching('Changed', many);
  await requestCheck(id, input, user);
  const other = { ...input, shortRows: 'pad' as const };
  expect(await underWay(importId, () => requestCheck(id, other, user))).toBeInstanceOf(Fenced);
  expect(await workOnCheck(id, user)).toMatchObject({
    state: 'DONE',
    version: 2,
    figures: { rows: { accepted: 150_000 } },
  });
});

it('ends when the import is started, and says so', async () => {
  const { id, user, input, importId } = await matching('Started', many);
  await requestCheck(id, input, user);
  expect(await underWay(importId, () => startImport(id, input, user))).toBeInstanceOf(Fenced);
  expect((await readCheck(id, user)).check).toMatchObject({ state: 'STOPPED' });
  await expect(requestCheck(id, input, user)).rejects.toMatchObject({ code: 'conflict' });
});

it('begins again with another worker when one dies, and when one shuts down', async () => {
  const { id, user, input, importId } = await matching('Dead', many);
  await requestCheck(id, input, user);
  // A dead one leaves it so.
  const dead = { state: 'RUNNING', attempt: 1 } as const;
  await db().check.update({ where: { importId }, data: dead });
  const shutdown = new AbortController();
  await asImport(async () => {
    const running = checkImport({ importId, version: 1 }, shutdown.signal);
    await figuresOf(importId);
    shutdown.abort();
    await running;
  });
  expect(await jobsOf(importId)).toEqual([{ version: 1 }, { version: 1 }]);
  expect(await db().check.findUnique({ where: { importId } })).toMatchObject({
    state: 'RUNNING',
    attempt: 2,
  });
  expect(await workOnCheck(id, user)).toMatchObject({ state: 'DONE', figures: { rows: { read: 150_000 } } });
});

it('an attempt that was taken over writes nothing', async () => {
  const { id, user, input, importId } = await matching('Taken over', many);
  await requestCheck(id, input, user);
  const later = () => db().check.update({ where: { importId }, data: { attempt: { increment: 1 } } });
  expect(await underWay(importId, later)).toBeInstanceOf(Fenced);
  expect(await db().check.findUnique({ where: { importId } })).toMatchObject({
    state: 'RUNNING',
    attempt: 2,
  });
});

it('is wanted no more once the head of the file is read anew, and begins anew after that', async () => {
  const { id, user, input, importId } = await matching('Layout');
  await requestCheck(id, input, user);
  await chooseLayout(id, { headerRow: null }, user);
  await checkImport({ importId, version: 1 }, signal);
  expect((await readCheck(id, user)).check).toMatchObject({ state: 'STOPPED', figures: null });
  await runInspection(id, user);
  // One that waited all that time finds other rows than it was asked about.
  await checkImport({ importId, version: 1 }, signal);
  expect(await readCheck(id, user)).toEqual({ check: null });
  const texts = { ...input, columns: columns.map((column) => ({ ...column, type: 'TEXT' as const })) };
  expect((await requestCheck(id, texts, user)).check).toMatchObject({ version: 2 });
  expect(await workOnCheck(id, user)).toMatchObject({ figures: { rows: { accepted: 5 } } });
});

it('says why a file cannot be read while its columns are matched, and leaves the import as it is', async () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => `${i},2025-01-01,some state`).join('\n');
  const { id, user, input } = await matching('Unread', `n,day,state\n${rows}\n1,"${'x'.repeat(2 ** 21)}\n`);
  const check = await runCheck(id, input, user);
  expect(check).toMatchObject({ state: 'FAILED', failure: { message: expect.stringMatching(/\w/) } });
  expect((await findImport(id, user)).status).toBe('MAPPING');
});

it('begins again when it is asked for after an outage', async () => {
  const { id, user, input, importId } = await matching('Outage');
  await runCheck(id, input, user);
  const outage = { state: 'FAILED', failureReason: 'OUTAGE', failureMessage: 'It was away.' } as const;
  await db().check.update({ where: { importId }, data: outage });
  expect((await requestCheck(id, input, user)).check).toMatchObject({ state: 'WAITING', failure: null });
});

it('takes types and rules from the dataset, and offers no fix that would change them', async () => {
  const user = await owner();
  const rules = { allowed: ['CA'] };
  const choice = { index: 2, name: 'state', type: 'CHOICE' as const, rules };
  const { dataset } = await runImport(new TextEncoder().encode('n,day,state\n1,2025-01-01,CA\n'), {
    name: 'ruled.csv',
    columns: [...columns.slice(0, 2), choice],
  });
  const { id } = await matching('Ruled');
  const into = { dataset: { id: dataset?.id ?? '' }, columns };
  const { figures } = await runCheck(id, into, user);
  const cause = figures?.causes.find(({ column }) => column === 'state');
  expect(cause).toMatchObject({ code: 'not-allowed', rows: 1 });
  expect(cause?.fixes.map(({ fix }) => fix.kind)).toEqual(['EMPTY']);
  const { figures: alone } = await runCheck(id, { dataset: { name: 'New' }, columns: [choice] }, user);
  expect(alone?.causes[0]?.fixes.map(({ fix }) => fix.kind)).toContain('ALLOW');
});

it('refuses what starting the import would refuse, and everybody else', async () => {
  const { id, user, input } = await matching('Refused');
  const twice = { ...input, columns: [...input.columns, { index: 0, name: 'm', type: 'TEXT' as const }] };
  await expect(requestCheck(id, twice, user)).rejects.toMatchObject({ code: 'bad-request' });
  const foreign = await runImport(new TextEncoder().encode('a\n1\n'), { user: await makeUser() });
  const member = await makeUser();
  const own = await upload(new TextEncoder().encode(content), 'own.csv', member);
  await runInspection(own, member);
  const into = { ...input, dataset: { id: foreign.dataset?.id ?? '' } };
  await expect(requestCheck(own, into, member)).rejects.toMatchObject({ code: 'not-found' });
  await expect(requestCheck(id, input, member)).rejects.toMatchObject({ code: 'not-found' });
  await expect(readCheck(id, member)).rejects.toMatchObject({ code: 'not-found' });
});

it('tells the import that follows how many rows there are, while its file is read as it was then', async () => {
  const { id, user, input, importId } = await matching('Expected');
  expect((await getImport(id, user)).expectedRows).toBeNull();
  await runCheck(id, input, user);
  expect((await getImport(id, user)).expectedRows).toBe(4);
  // As the version before may have written them.
  const earlier = { rows: { read: 4 }, complete: true };
  await db().check.update({ where: { importId }, data: { figures: earlier } });
  expect((await getImport(id, user)).expectedRows).toBe(4);
  await chooseLayout(id, { headerRow: null }, user);
  await runInspection(id, user);
  expect((await getImport(id, user)).expectedRows).toBeNull();
  await runCheck(id, input, user);
  await startImport(id, input, user);
  expect((await getImport(id, user)).expectedRows).toBe(5);
});

it('goes with the file of an import that was cancelled: it shows values', async () => {
  const { id, user, input, importId } = await matching('Gone');
  await runCheck(id, input, user);
  await cancelImport(id, user);
  await purgeImport(importId);
  expect(await db().check.count({ where: { importId } })).toBe(0);
});
