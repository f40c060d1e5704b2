import { beforeAll, expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { makeUser, type Person } from '@/testing/people';
import { purgeUser } from '../imports/deletion/purge-user';
import { db } from '../platform/db/client';
import { noteCredential, runAsRequest } from '../platform/request-source';
import { erasedName, eraseUser } from './erase-user';
import { listEvents } from './list-events';
import { type AuditEntry, recordEvent } from './record-event';

openDatabase();

const request = (address: string) =>
  new Request('http://localhost/', { headers: { 'x-forwarded-for': address } });
const [hers, adas] = ['192.0.2.7', '192.0.2.99'];
const invitation = { id: '019a0000-0000-7000-8000-00000000000a', name: 'r…@example.com' };
const token = { id: '019a0000-0000-7000-8000-00000000000b', name: 'laptop of rae' };
const note = (address: string, entry: AuditEntry, via?: string) =>
  runAsRequest(request(address), async () => {
    if (via) noteCredential(via);
    await recordEvent(db(), entry);
  });
let ada: Person;
let rae: Person;
let ben: Person;

const all = () => db().auditEvent.findMany({ orderBy: { id: 'asc' } });
const text = async () =>
  JSON.stringify(await all(), (_, event) => (typeof event === 'bigint' ? String(event) : event));
const page = () => listEvents({ limit: 200 });

beforeAll(async () => {
  ada = await makeUser('ADMIN', 'Ada Lovelace');
  rae = await makeUser('ADMIN', 'Rae Reader');
  ben = await makeUser('MEMBER', 'Ben');
  await note(adas, { kind: 'INVITED', by: ada, on: invitation, facts: { role: 'ADMIN' } });
  await note(hers, { kind: 'INVITATION_ACCEPTED', by: rae, on: invitation });
  await note(hers, { kind: 'SIGN_IN_FAILED', by: null, on: rae });
  await note(hers, { kind: 'TOKEN_MADE', by: rae, on: token });
  await note(hers, { kind: 'IMPORT_CREATED', by: rae, on: { id: token.id } }, 'token:laptop of rae');
  await note(hers, { kind: 'ROLE_CHANGED', by: rae, on: ben, facts: { role: 'MEMBER' } });
  await note(adas, { kind: 'PERSON_ENABLED', by: ada, on: rae });
});

it.each([
  ['name', `update "AuditEvent" set "actorName" = null where "actorName" = 'Rae Reader'`],
  ['address', `update "AuditEvent" set "address" = null`],
  ['name by her own erasure', ''],
])('the %s of somebody who is there cannot be taken out', async (_what, sql) => {
  const before = await all();
  await expect(sql ? db().$executeRawUnsafe(sql) : eraseUser(rae.id)).rejects.toThrow(/append-only/);
  expect(await all()).toEqual(before);
});

it('once somebody is deleted no name, address or token of theirs is shown, and then none is there; nothing else goes', async () => {
  const secrets = ['Rae', 'laptop', hers, 'r…@'];
  const before = await all();
  const shown = await page();
  for (const secret of secrets) expect(JSON.stringify(shown) + (await text())).toContain(secret);
  await purgeUser(rae.id, rae.email, ada);
  const hidden = await page();
  for (const secret of secrets.slice(0, 3)) expect(JSON.stringify(hidden)).not.toContain(secret);
  expect((await listEvents({ limit: 1, person: rae.id })).names.person).toBe(erasedName);

  const others = `update "AuditEvent" set "actorName" = null where "actorName" = 'Ada Lovelace'`;
  await expect(db().$executeRawUnsafe(others)).rejects.toThrow(/append-only/);
  for (const change of [
    `set "actorName" = 'Ada Lovelace'`,
    `set "address" = '${adas}'`,
    `set "kind" = 'SIGNED_OUT', "actorName" = null`,
    `set "at" = now(), "actorName" = null`,
    `set "facts" = '{}', "actorName" = null`,
    `set "actorId" = null, "actorName" = null`,
  ]) {
    const sql = `update "AuditEvent" ${change} where "actorId" = '${rae.id}'`;
    await expect(db().$executeRawUnsafe(sql), change).rejects.toThrow(/append-only/);
  }
  await eraseUser(rae.id);
  for (const secret of secrets) expect(await text()).not.toContain(secret);
  const after = await all();
  const facts = (events: typeof after) =>
    events.map(({ actorName: _a, subjectName: _s, address: _i, via: _v, ...fact }) => fact);
  expect(facts(after).slice(0, before.length)).toEqual(facts(before));
  const untouched = (events: typeof after) => events.filter(({ actorName }) => actorName === 'Ada Lovelace');
  expect(
    untouched(after)
      .map(({ address }) => address)
      .slice(0, 2),
  ).toEqual([adas, adas]);
  expect(after.find(({ kind }) => kind === 'ROLE_CHANGED')).toMatchObject({
    actorName: null,
    subjectName: 'Ben',
  });
  expect(after.find(({ kind }) => kind === 'IMPORT_CREATED')).toMatchObject({ via: 'token' });
  const gone = await page();
  expect(gone.events.map(({ id, kind }) => [id, kind]).slice(-shown.events.length)).toEqual(
    shown.events.map(({ id, kind }) => [id, kind]),
  );
  expect(gone.events.filter(({ by }) => by?.id === rae.id).map(({ by }) => by?.name)).toEqual(
    Array.from({ length: 4 }, () => erasedName),
  );
});
