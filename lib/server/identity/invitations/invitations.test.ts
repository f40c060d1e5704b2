import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser, type Person } from '@/testing/people';
import { sweep } from '@/worker/sweep/sweep';
import { requireUser } from '../auth/require-user';
import { signIn } from '../auth/sign-in';
import { acceptInvitation, checkInvitation } from './accept-invitation';
import { invite } from './invite';
import { listInvitations, listInvitationsQuery } from './list-invitations';
import { renewPassword } from './renew-password';
import { withdrawInvitation } from './withdraw-invitation';

openDatabase();

const request = new Request('http://localhost/');
let admin: Person;
beforeAll(async () => {
  admin = await makeUser('ADMIN', 'Ada');
});

const cookieIn = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0] ?? '';
const whoHas = (cookie: string) => requireUser(new Request('http://localhost/', { headers: { cookie } }));
const useless = { code: 'not-found' };

describe('an invitation', () => {
  it('makes one account of ten at once, with the role it was made for, and signs in', async () => {
    const { token } = await invite({ email: 'zoe@example.com', role: 'MEMBER' }, admin);
    expect(await checkInvitation(token)).toEqual({
      email: 'zoe@example.com',
      invitedBy: 'Ada',
      kind: 'account',
    });
    const input = { token, name: 'Zoë', password: 'long enough' };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => acceptInvitation(input, request)),
    );
    const won = outcomes.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(won).toHaveLength(1);
    for (const result of outcomes)
      if (result.status === 'rejected') expect(result.reason).toMatchObject(useless);
    expect(await whoHas(cookieIn(won[0] ?? new Headers()))).toMatchObject({ name: 'Zoë', role: 'MEMBER' });
    await expect(checkInvitation(token)).rejects.toMatchObject(useless);
    await expect(invite({ email: 'zoe@example.com', role: 'ADMIN' }, admin)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is kept without its secret', async () => {
    const { token } = await invite({ email: 'kept@example.com', role: 'MEMBER' }, admin);
    const kept = await db().invitation.findFirstOrThrow({ where: { email: 'kept@example.com' } });
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(JSON.stringify(await listInvitations({ limit: 100 }))).not.toContain(token);
    expect(token).toMatch(/^[\w-]{43}$/);
  });

  it('is no good when it was withdrawn, is too old, was replaced, or was never made', async () => {
    const password = 'long enough';
    const refused = async (token: string) => {
      await expect(checkInvitation(token)).rejects.toMatchObject(useless);
      await expect(acceptInvitation({ token, name: 'X', password }, request)).rejects.toMatchObject(useless);
    };
    const first = await invite({ email: 'yves@example.com', role: 'MEMBER' }, admin);
    const second = await invite({ email: 'yves@example.com', role: 'ADMIN' }, admin);
    await refused(first.token);
    await withdrawInvitation(second.id, admin);
    await refused(second.token);
    const third = await invite({ email: 'yves@example.com', role: 'MEMBER' }, admin);
    await db().invitation.update({ where: { id: third.id }, data: { expiresAt: new Date(0) } });
    await refused(third.token);
    await refused('never made');
    expect(await db().user.findUnique({ where: { email: 'yves@example.com' } })).toBeNull();
  });
});

it('a link for a new password sets it once, and ends every session of before', async () => {
  const person = await makeUser();
  const before = await cookieOf(person);
  const { token } = await renewPassword(person.id, admin);
  expect(await checkInvitation(token)).toMatchObject({ email: person.email, kind: 'password' });
  expect((await listInvitations({ limit: 100 })).invitations).not.toContainEqual(
    expect.objectContaining({ email: person.email }),
  );
  await whoHas(before);
  // Also for somebody who tried so often that no password is looked at any more.
  for (let i = 0; i < 10; i++) {
    const forgotten = signIn({ ...person, password: 'forgotten' }, request);
    await expect(forgotten).rejects.toMatchObject({ code: 'unauthenticated' });
  }
  await expect(signIn(person, request)).rejects.toMatchObject({ code: 'too-many-requests' });
  const headers = await acceptInvitation({ token, password: 'a new password' }, request);
  expect(await whoHas(cookieIn(headers))).toMatchObject({ id: person.id, name: person.name });
  await expect(whoHas(before)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(acceptInvitation({ token, password: 'another one' }, request)).rejects.toMatchObject(useless);
});

it('the address of somebody who was invited and never came goes a month after the link expired', async () => {
  await invite({ email: 'never@example.com', role: 'MEMBER' }, admin);
  const there = () => db().invitation.count({ where: { email: 'never@example.com' } });
  const days = 24 * 3600_000;
  await sweep(new Date(Date.now() + 36.9 * days));
  expect(await there()).toBe(1);
  await sweep(new Date(Date.now() + 37.1 * days));
  expect(await there()).toBe(0);
  // What the log keeps is no whole address.
  const events = await db().auditEvent.findMany({ select: { subjectName: true } });
  expect(JSON.stringify(events)).not.toContain('never@');
});

it('invitations come page by page, newest first', async () => {
  await db().invitation.deleteMany();
  const { id: invitedById } = await makeUser('ADMIN', 'Ada');
  for (const name of ['page 1', 'page 2', 'page 3'])
    await db().invitation.create({
      data: {
        email: `${name.replace(' ', '')}@example.com`,
        role: 'MEMBER',
        tokenHash: name,
        invitedById,
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
  const pages: string[][] = [];
  for (let before: string | undefined | null; before !== null; ) {
    const page = await listInvitations(listInvitationsQuery.parse({ before, limit: 2 }));
    pages.push(page.invitations.map(({ email }) => email));
    before = page.next;
  }
  expect(pages).toEqual([['page3@example.com', 'page2@example.com'], ['page1@example.com']]);
});
