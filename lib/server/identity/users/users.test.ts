import { beforeAll, describe, expect, it } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { shareDataset } from '@/lib/server/datasets/share-dataset';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser, type Person } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { requireUser } from '../auth/require-user';
import { signIn } from '../auth/sign-in';
import { changeRole } from './change-role';
import { disableUser, enableUser } from './disable-user';
import { listRemovedUsers, listUsers } from './list-users';
import { removeUser } from './remove-user';

openDatabase();

const request = new Request('http://localhost/');
const whoHas = (cookie: string) => requireUser(new Request('http://localhost/', { headers: { cookie } }));
let admin: Person;
beforeAll(async () => {
  admin = await makeUser('ADMIN', 'Ada');
});

it('somebody who is disabled is out at once, and in again when enabled', async () => {
  const person = await makeUser();
  const cookie = await cookieOf(person);
  await disableUser(person.id, admin);
  await expect(whoHas(cookie)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(signIn(person, request)).rejects.toMatchObject({ code: 'forbidden' });
  await enableUser(person.id, admin);
  await expect(whoHas(cookie)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(await whoHas(await cookieOf(person))).toMatchObject({ id: person.id });
});

it('a role counts from the next request on', async () => {
  const person = await makeUser();
  const cookie = await cookieOf(person);
  await changeRole(person.id, 'ADMIN', admin);
  expect(await whoHas(cookie)).toMatchObject({ role: 'ADMIN' });
  await changeRole(person.id, 'MEMBER', admin);
  expect(await whoHas(cookie)).toMatchObject({ role: 'MEMBER' });
});

describe('somebody who is removed', () => {
  it('is out, leaves the datasets to the administrator, and stays on the receipts by name', async () => {
    const person = await makeUser('MEMBER', 'Rae');
    const cookie = await cookieOf(person);
    const done = await runImport(new TextEncoder().encode('n\n1\n'), { name: 'of rae.csv', user: person });
    const slug = done.dataset?.slug ?? '';
    await shareDataset(slug, { email: admin.email, right: 'VIEW' }, person);
    const used = { acceptedAt: new Date(), expiresAt: new Date(), invitedById: admin.id, tokenHash: 'used' };
    await db().invitation.create({ data: { email: person.email, role: 'MEMBER', ...used } });
    await removeUser(person.id, admin);

    await expect(whoHas(cookie)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(signIn(person, request)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await db().account.count({ where: { userId: person.id } })).toBe(0);
    const { users } = await listUsers({ limit: 100 });
    const { users: removed } = await listRemovedUsers({ limit: 100 });
    expect(users.map(({ id }) => id)).not.toContain(person.id);
    expect(removed).toMatchObject([{ id: person.id, name: 'Rae', imports: 1 }]);
    expect(JSON.stringify(removed)).not.toContain(person.email);
    expect(await db().invitation.count({ where: { email: person.email } })).toBe(0);
    expect((await getImport(done.id, admin)).user.name).toBe('Rae');
    expect((await findDataset(slug, admin)).owner.name).toBe('Ada');
    expect(await db().datasetShare.count({ where: { userId: admin.id } })).toBe(0);
    const again = await db().user.create({ data: { email: person.email, name: 'Rae again' } });
    expect(again.id).not.toBe(person.id);
    await expect(removeUser(person.id, admin)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not oneself', async () => {
    await expect(removeUser(admin.id, admin)).rejects.toMatchObject({ code: 'conflict' });
  });
});

it('an administrator is always left, also when two step back at once', async () => {
  const another = await makeUser('ADMIN', 'Alan');
  const both = await Promise.allSettled([
    changeRole(admin.id, 'MEMBER', admin),
    changeRole(another.id, 'MEMBER', admin),
  ]);
  expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  const [last] = await db().user.findMany({ where: { role: 'ADMIN' } });
  expect(await db().user.count({ where: { role: 'ADMIN' } })).toBe(1);
  await expect(disableUser(last?.id ?? '', admin)).rejects.toMatchObject({ code: 'conflict' });
  await expect(changeRole(last?.id ?? '', 'MEMBER', admin)).rejects.toMatchObject({ code: 'conflict' });
  expect((await db().user.findUniqueOrThrow({ where: { id: last?.id ?? '' } })).disabledAt).toBeNull();
});

it('people are listed page by page, by name, and found by part of a name or an address', async () => {
  for (const name of ['Quentin', 'Quentin', 'Quincy']) await makeUser('MEMBER', name);
  const found: { id: string; name: string }[] = [];
  let after: string | undefined;
  do {
    const page = await listUsers({ q: 'qU', after, limit: 2 });
    expect(page.users.length).toBeLessThanOrEqual(2);
    found.push(...page.users);
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(found.map(({ name }) => name)).toEqual(['Quentin', 'Quentin', 'Quincy']);
  expect(new Set(found.map(({ id }) => id)).size).toBe(3);
  const { users } = await listUsers({ q: admin.email.toUpperCase(), limit: 25 });
  expect(users.map(({ id }) => id)).toEqual([admin.id]);
  expect((await listUsers({ q: '%', limit: 25 })).users).toEqual([]);
});
