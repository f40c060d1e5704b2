import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { recordEvent } from '@/lib/server/audit/record-event';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { deleteRows } from '@/lib/server/datasets/rows/delete-rows';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { listRemovedUsers } from '@/lib/server/identity/users/list-users';
import { removeUser } from '@/lib/server/identity/users/remove-user';
import { createImport } from '@/lib/server/imports/create-import';
import { deleteDataset } from '@/lib/server/imports/deletion/delete-dataset';
import { deleteImport } from '@/lib/server/imports/deletion/delete-import';
import { previewPurge } from '@/lib/server/imports/deletion/preview-purge';
import { purgeUser } from '@/lib/server/imports/deletion/purge-user';
import { getImport } from '@/lib/server/imports/get-import';
import { listImports } from '@/lib/server/imports/list-imports';
import { listOutcomes } from '@/lib/server/imports/outcomes/list-outcomes';
import { readReceipt } from '@/lib/server/imports/receipt/read-receipt';
import { exportRejections } from '@/lib/server/imports/rejections/export-rejections';
import { downloadSource } from '@/lib/server/imports/source/download-source';
import { previewRedo, previewUndo } from '@/lib/server/imports/undo/preview-undo';
import { redoImport, undoImport } from '@/lib/server/imports/undo/undo-import';
import { db } from '@/lib/server/platform/db/client';
import { holdingFiles } from '@/lib/server/platform/limits/upload-quota';
import { jobsOf } from '@/lib/server/platform/queue/boss';
import { headObject } from '@/lib/server/platform/storage/objects';
import type { User } from '@/lib/server/platform/user';
import { countRows } from '@/testing/count-rows';
import { openDatabase } from '@/testing/environment';
import { datasetFaults } from '@/testing/invariants';
import { cookieOf, makeUser, owner } from '@/testing/people';
import { confirm, runImport, runInspection, upload } from '@/worker/testing/run-import';
import { expireFilesAndRejections } from '../sweep/expire-files-and-rejections';
import { expireRows } from '../sweep/expire-rows';
import { sweep } from '../sweep/sweep';
import { purgeImport } from './purge';
import { stageImport } from './stage';

openDatabase();
afterEach(async () => expect(await datasetFaults()).toEqual([]));

const day = 24 * 3600_000;
const bytes = (text: string) => new TextEncoder().encode(text);
const small = bytes('n,word\n1,one\nx,two\n3,three\n');
const columns = [
  { index: 0, name: 'n', type: 'INTEGER' as const },
  { index: 1, name: 'word', type: 'TEXT' as const },
];
const stored = (id: string) => db().import.findUniqueOrThrow({ where: { publicId: id } });
const left = async (importId: number) => ({
  rows: await countRows(importId),
  rejections: await db().rejection.count({ where: { importId } }),
});
const nothing = { rows: 0, rejections: 0 };
const notFound = { code: 'not-found' };

async function completed(user: User, name: string) {
  const done = await runImport(small, { name: `${name}.csv`, dataset: { name }, columns, user });
  expect(done).toMatchObject({ status: 'COMPLETED', rows: { inserted: 2, rejected: 1 } });
  return { done, it: await stored(done.id), slug: done.dataset?.slug ?? '' };
}

/** Runs the jobs that are waiting, and the sweep once no signed address is good any more. */
async function work(): Promise<void> {
  await runJobs();
  await sweep(new Date(Date.now() + 17 * 60_000));
  await db().import.updateMany({
    where: { deletedAt: { not: null } },
    data: { deletedAt: new Date(0) },
  });
  await db().user.updateMany({ where: { purgedAt: { not: null } }, data: { purgedAt: new Date(0) } });
  await runJobs();
}

async function runJobs(): Promise<void> {
  for (;;) {
    const [job] = await db().$queryRaw<{ id: string; importId: number }[]>`
      update queue.job set state = 'completed', completed_on = now() where id = (
        select id from queue.job where name = 'purge' and state < 'active' order by created_on limit 1
      ) returning id, (data->>'importId')::int as "importId"`;
    if (!job) return;
    await purgeImport(job.importId);
  }
}

describe('source files', () => {
  it('go in due time with the rejections and the sample, and the receipt stays', async () => {
    const user = await owner();
    const { done, it: record } = await completed(user, 'kept a while');
    const finished = record.finishedAt?.getTime() ?? 0;
    await sweep(new Date(finished + 30 * day - 60_000));
    expect(await headObject(record.objectKey)).not.toBeNull();
    await expireFilesAndRejections(new Date(finished + 99 * day), 0);
    expect(await headObject(record.objectKey)).not.toBeNull();
    const held = async () =>
      Number((await db().import.aggregate({ where: holdingFiles, _sum: { fileSize: true } }))._sum.fileSize);
    const before = await held();

    await sweep(new Date(finished + 30 * day + 60_000));
    expect(await headObject(record.objectKey)).toBeNull();
    expect(await left(record.id)).toEqual({ rows: 2, rejections: 0 });
    expect(await held()).toBe(before - small.byteLength);
    const view = await getImport(done.id, user);
    expect(view).toMatchObject({
      status: 'COMPLETED',
      rows: { read: 3, inserted: 2, rejected: 1 },
      inspection: { sample: [] },
      rejections: [],
    });
    expect(view.file.deletedAt).not.toBeNull();
    await expect(downloadSource(done.id, user)).rejects.toMatchObject({
      code: 'gone',
      message: expect.stringMatching(/were deleted on .*receipt stays/),
    });
    await expect(exportRejections(done.id, 'csv', user)).rejects.toMatchObject({ code: 'gone' });
    await sweep(new Date(finished + 31 * day));
    const events = await db().auditEvent.findMany({ where: { kind: 'FILE_EXPIRED', subjectId: done.id } });
    expect(events).toHaveLength(1);
  });

  it('of imports that wait for a person stay', async () => {
    const user = await owner();
    const id = await upload(small, 'waiting.csv', user);
    await runInspection(id, user);
    await sweep(new Date(Date.now() + 99 * day));
    expect(await headObject((await stored(id)).objectKey)).not.toBeNull();
  });
});

describe('rows of an undone import', () => {
  it('go in due time, and their receipt stays and says why it cannot be redone', async () => {
    const user = await owner();
    const { done, it: record, slug } = await completed(user, 'undone a while');
    const seen = new Date();
    const dataset = { id: done.dataset?.id ?? '' };
    await runImport(bytes('n,word\n7,seven\n'), { dataset, columns, user });
    const { redoDays } = await previewUndo(done.id, user);
    expect(redoDays).toBe(90);
    await undoImport(done.id, user);
    await redoImport(done.id, user);
    expect(await getImport(done.id, user)).toMatchObject({ redoUntil: null, rowsDeletedAt: null });
    await undoImport(done.id, user);
    const undoneAt = (await stored(done.id)).undoneAt?.getTime() ?? 0;
    const until = new Date(undoneAt + 90 * day);
    expect((await getImport(done.id, user)).redoUntil).toBe(until.toISOString());

    await expireRows(new Date(undoneAt + 999 * day), 0);
    await sweep(new Date(until.getTime() - 60_000));
    await runJobs();
    expect((await left(record.id)).rows).toBe(2);
    await sweep(new Date(until.getTime() + 60_000));
    await db().$executeRaw`delete from queue.job where name = 'purge'`;
    // The job was lost, and the next sweep sees to it.
    await sweep(new Date(until.getTime() + 360_000));
    await runJobs();
    expect((await left(record.id)).rows).toBe(0);

    const view = await getImport(done.id, user);
    expect(view).toMatchObject({ status: 'UNDONE', redoUntil: null, rows: { read: 3, inserted: 2 } });
    expect(view.rowsDeletedAt).not.toBeNull();
    const gone = { code: 'gone', message: expect.stringMatching(/rows .* deleted on .* \d{4}/) };
    await expect(redoImport(done.id, user)).rejects.toMatchObject(gone);
    await expect(previewRedo(done.id, user)).rejects.toMatchObject(gone);
    const outcomes = { outcome: 'inserted', after: 0, limit: 9 } as const;
    await expect(listOutcomes(done.id, outcomes, user)).rejects.toMatchObject(gone);
    const now = await findDataset(slug, user);
    await expect(readRowPage(now, { limit: 9, at: seen })).rejects.toMatchObject(gone);
    expect((await readRowPage(now, { limit: 9 })).rows.map(({ cells }) => cells)).toEqual([['7', 'seven']]);
    expect((await readReceipt(done.id, user)).rowsDeletedAt).toBe(view.rowsDeletedAt);
    const events = await db().auditEvent.findMany({ where: { kind: 'ROWS_EXPIRED', subjectId: done.id } });
    expect(events).toMatchObject([{ actorName: null, datasetName: 'undone a while' }]);
  });
});

describe('a dataset that is deleted', () => {
  it('is gone at once for everybody, and then rows, files and the fact that it is there', async () => {
    const ann = await makeUser('MEMBER', 'Ann');
    const ben = await makeUser('MEMBER', 'Ben');
    const first = await completed(ann, 'shared one');
    await shareDataset(first.slug, { email: ben.email, right: 'IMPORT' }, ann);
    const dataset = { id: first.done.dataset?.id ?? '' };
    const second = await runImport(small, { dataset, columns, user: ben });
    await expect(deleteDataset(first.slug, ben)).rejects.toMatchObject({ code: 'forbidden' });
    await deleteDataset(first.slug, ann);

    for (const user of [ann, ben, await owner()]) {
      await expect(findDataset(first.slug, user)).rejects.toMatchObject(notFound);
      await expect(getImport(second.id, user)).rejects.toMatchObject(notFound);
      await expect(downloadSource(first.done.id, user)).rejects.toMatchObject(notFound);
    }
    expect((await listImports({ limit: 100, dataset: dataset.id }, ann)).imports).toEqual([]);
    const again = await completed(ann, 'shared one');
    expect(again.slug).toBe(first.slug);

    const other = await stored(second.id);
    await work();
    for (const { id, objectKey } of [first.it, other]) {
      expect(await left(id)).toEqual(nothing);
      expect(await headObject(objectKey)).toBeNull();
      expect(await db().import.count({ where: { id } })).toBe(0);
    }
    await sweep();
    expect(await db().dataset.count({ where: { id: dataset.id } })).toBe(0);
    expect(await left(again.it.id)).toEqual({ rows: 2, rejections: 1 });
    const kinds = await db().auditEvent.findMany({
      where: { datasetId: dataset.id, kind: { in: ['DATASET_DELETED', 'IMPORT_PURGED', 'DATASET_PURGED'] } },
      orderBy: { id: 'asc' },
    });
    expect(kinds.map(({ kind, actorName, datasetName }) => [kind, actorName, datasetName])).toEqual([
      ['DATASET_DELETED', 'Ann', 'shared one'],
      ['IMPORT_PURGED', null, 'shared one'],
      ['IMPORT_PURGED', null, 'shared one'],
      ['DATASET_PURGED', null, 'shared one'],
    ]);
  });

  it.each(['dataset', 'import'] as const)(
    '#68 %s deleted while it runs: the attempt stops, nothing is visible, rows and file are gone',
    async (what) => {
      const user = await owner();
      const lines = Array.from({ length: 1_500_000 }, (_, i) => `${i},word ${i}`).join('\n');
      const name = `running ${what}`;
      const id = await upload(bytes(`n,word\n${lines}\n`), `${name}.csv`, user);
      await confirm(await runInspection(id, user), user, { dataset: { name } });
      const record = await stored(id);
      const running = stageImport(record.id, new AbortController().signal);
      const ended = expect(running).rejects.toMatchObject({ name: 'Fenced' });
      while ((await left(record.id)).rows === 0) await sleep(20);
      expect((await stored(id)).status).toBe('STAGING');
      const slug = (await getImport(id, user)).dataset?.slug ?? '';
      await (what === 'dataset' ? deleteDataset(slug, user) : deleteImport(id, user));
      await ended;
      await expect(getImport(id, user)).rejects.toMatchObject(notFound);
      await work();
      expect(await left(record.id)).toEqual(nothing);
      expect(await headObject(record.objectKey)).toBeNull();
      expect(await db().import.count({ where: { id: record.id } })).toBe(0);
    },
  );

  it('is removed also when the job stops halfway, or was lost', async () => {
    const user = await owner();
    const { it: record, slug } = await completed(user, 'halfway');
    await deleteDataset(slug, user);
    expect((await jobsOf('purge', { importId: record.id })).live).toBe(true);
    await db().$executeRaw`delete from queue.job where name = 'purge'`;
    const { number } = await db().dataset.findUniqueOrThrow({ where: { id: record.datasetId ?? '' } });
    await deleteRows(db(), { number, importId: record.id }, [2]);
    expect((await left(record.id)).rows).toBe(1);
    await sweep(new Date(Date.now() + 17 * 60_000));
    expect((await jobsOf('purge', { importId: record.id })).live).toBe(true);
    await work();
    expect(await left(record.id)).toEqual(nothing);
    expect(await db().import.count({ where: { id: record.id } })).toBe(0);
  });
});

describe('an import that is deleted', () => {
  it('has to be undone first when its rows are in use', async () => {
    const user = await owner();
    const { done, it: record } = await completed(user, 'in use');
    await expect(deleteImport(done.id, user)).rejects.toMatchObject({ code: 'conflict' });
    await undoImport(done.id, user);
    await deleteImport(done.id, user);
    await expect(deleteImport(done.id, user)).rejects.toMatchObject(notFound);
    await work();
    expect(await left(record.id)).toEqual(nothing);
    expect(await db().import.count({ where: { id: record.id } })).toBe(0);
  });

  it('leaves no file behind that came late, by an address signed before', async () => {
    const user = await owner();
    const made = await createImport({ fileName: 'late.csv', fileSize: 4 }, user);
    if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
    const { id, objectKey } = await stored(made.import.id);
    await deleteImport(made.import.id, user);
    await purgeImport(id);
    await fetch(made.upload.url, { method: 'PUT', body: 'a\n1\n', headers: made.upload.headers });
    expect(await headObject(objectKey)).not.toBeNull();
    await work();
    expect(await headObject(objectKey)).toBeNull();
    expect(await db().import.count({ where: { id } })).toBe(0);
  });
});

describe('a person who is deleted', () => {
  it('goes with datasets, imports, rows, files, sessions; the log keeps the fact and no name', async () => {
    const admin = await makeUser('ADMIN', 'Ada');
    const rae = await makeUser('MEMBER', 'Rae');
    const ben = await makeUser('MEMBER', 'Ben');
    await cookieOf(rae);
    const own = await completed(rae, 'of rae');
    const his = await completed(ben, 'of ben');
    await shareDataset(his.slug, { email: rae.email, right: 'IMPORT' }, ben);
    const into = await runImport(small, {
      dataset: { id: his.done.dataset?.id ?? '' },
      columns,
      user: rae,
    });
    expect((await findDataset(his.slug, ben)).rows).toBe(4);
    expect(await previewPurge(rae.id)).toEqual({
      datasets: [{ name: 'of rae', slug: own.slug }],
      imports: 2,
      importsOfOthers: 0,
      elsewhere: 1,
      rows: 4,
      bytes: 2 * small.byteLength,
      sessions: 1,
      tokens: 0,
    });
    await expect(purgeUser(rae.id, ben.email, admin)).rejects.toMatchObject({ code: 'bad-request' });
    await expect(purgeUser(admin.id, admin.email, admin)).rejects.toMatchObject({ code: 'conflict' });
    const elsewhere = await stored(into.id);
    await purgeUser(rae.id, rae.email, admin);

    await expect(findDataset(own.slug, admin)).rejects.toMatchObject(notFound);
    expect((await findDataset(his.slug, ben)).rows).toBe(2);
    expect(await db().session.count({ where: { userId: rae.id } })).toBe(0);
    await work();
    await sweep();
    for (const { id, objectKey } of [own.it, elsewhere]) {
      expect(await left(id)).toEqual(nothing);
      expect(await headObject(objectKey)).toBeNull();
    }
    expect(await left(his.it.id)).toEqual({ rows: 2, rejections: 1 });
    expect(await db().user.count({ where: { id: rae.id } })).toBe(0);
    const [event] = await db().auditEvent.findMany({ where: { kind: 'PERSON_PURGED' } });
    expect(event).toMatchObject({ actorName: 'Ada', subjectId: rae.id, subjectName: null });
    expect(
      await db().auditEvent.count({ where: { OR: [{ actorName: 'Rae' }, { subjectName: 'Rae' }] } }),
    ).toBe(0);
    expect(await db().auditEvent.count({ where: { actorId: rae.id } })).toBeGreaterThan(3);
    expect(
      JSON.stringify(await db().auditEvent.findMany(), (_, v) =>
        String(v) === '[object Object]' || Array.isArray(v) ? v : String(v),
      ),
    ).not.toContain(rae.email);
  });

  it('stays, with what can be redone, where the deletion stops after their imports were undone; then it is done anew', async () => {
    const admin = await makeUser('ADMIN', 'Ada');
    const una = await makeUser('MEMBER', 'Una');
    const his = await completed(await makeUser('MEMBER', 'Ben'), 'of another ben');
    const dataset = { id: his.done.dataset?.id ?? '' };
    const into = await runImport(small, { dataset, columns, user: admin });
    await db().import.update({ where: { publicId: into.id }, data: { userId: una.id } });
    await db().$executeRaw`
      alter table "AuditEvent" add constraint "stop" check ("kind" <> 'PERSON_PURGED') not valid`;
    const stop = purgeUser(una.id, una.email, admin);
    await expect(stop).rejects.toThrow();
    await db().$executeRaw`alter table "AuditEvent" drop constraint "stop"`;

    expect(await cookieOf(una)).not.toBe('');
    expect(await stored(into.id)).toMatchObject({ status: 'UNDONE', deletedAt: null, userId: una.id });
    expect((await findDataset(his.slug, admin)).rows).toBe(2);
    await redoImport(into.id, admin);
    expect((await findDataset(his.slug, admin)).rows).toBe(4);

    await purgeUser(una.id, una.email, admin);
    expect((await findDataset(his.slug, admin)).rows).toBe(2);
    await expect(getImport(into.id, admin)).rejects.toMatchObject(notFound);
  });

  it('goes also when the account was removed before: the imports, and the name and address from everywhere', async () => {
    const admin = await makeUser('ADMIN', 'Ada');
    const zoe = await makeUser('MEMBER', 'Zoe Removed');
    const { id: invitation } = await db().invitation.create({
      data: {
        email: zoe.email,
        role: 'MEMBER',
        tokenHash: zoe.id,
        invitedById: admin.id,
        acceptedAt: new Date(),
        expiresAt: new Date(),
      },
    });
    const by = { id: zoe.id, name: zoe.name };
    await recordEvent(db(), { kind: 'INVITATION_ACCEPTED', by, on: { id: invitation, name: 'z…@example' } });
    const own = await completed(zoe, 'of zoe');
    await removeUser(zoe.id, admin);
    // As it was left by a removal of before invitations went along.
    const kept = { role: 'MEMBER', invitedById: admin.id, expiresAt: new Date() } as const;
    await db().invitation.create({ data: { ...kept, id: invitation, email: zoe.email, tokenHash: zoe.id } });
    expect((await findDataset(own.slug, admin)).rows).toBe(2);
    expect(await previewPurge(zoe.id)).toMatchObject({ datasets: [], imports: 1, elsewhere: 1, rows: 2 });
    await expect(purgeUser(zoe.id, zoe.email, admin)).rejects.toMatchObject({ code: 'bad-request' });
    const removed = await listRemovedUsers({ limit: 100 });
    await purgeUser(zoe.id, removed.users.find(({ id }) => id === zoe.id)?.email ?? '', admin);
    expect((await findDataset(own.slug, admin)).rows).toBe(0);
    expect((await listRemovedUsers({ limit: 100 })).users.map(({ id }) => id)).not.toContain(zoe.id);
    await expect(previewPurge(zoe.id)).rejects.toMatchObject(notFound);
    await work();
    await sweep();
    expect(await left(own.it.id)).toEqual(nothing);
    expect(await db().user.count({ where: { id: zoe.id } })).toBe(0);
    expect(await db().invitation.count({ where: { email: zoe.email } })).toBe(0);
    const names = ['Zoe Removed', 'z…@example'];
    const named = { OR: [{ actorName: { in: names } }, { subjectName: { in: names } }] };
    expect(await db().auditEvent.count({ where: named })).toBe(0);
  });
});
