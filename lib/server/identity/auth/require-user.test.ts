import { describe, expect, it, vi } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser } from '@/testing/people';
import { requireUser } from './require-user';
import { signLocalCredential } from './sign-credential';
import { signIn } from './sign-in';
import { signOut } from './sign-out';

openDatabase();

const asked = (headers: Record<string, string>) =>
  new Request('http://localhost/api/v1/imports', { headers });
const local = (key: string) => ({ authorization: `Bearer ${signLocalCredential(key)}` });
const rightKey = 'the local key of the tests, of no use elsewhere';

describe('a session', () => {
  it('identifies the user', async () => {
    const person = await makeUser('MEMBER', 'Ann');
    const user = await requireUser(asked({ cookie: await cookieOf(person) }));
    expect(user).toMatchObject({ id: person.id, name: 'Ann', role: 'MEMBER' });
  });

  it('is kept with its token signed, httpOnly and SameSite, and Secure over HTTPS', async () => {
    const person = await makeUser();
    const [plain = ''] = (await signIn(person, asked({}))).getSetCookie();
    expect(plain).toMatch(/^sluice\.session_token=/);
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure/i);
    const [secure = ''] = (await signIn(person, asked({ 'x-forwarded-proto': 'https' }))).getSetCookie();
    expect(secure).toMatch(/^__Secure-sluice\.session_token=.*Secure/i);
    const { token } = await db().session.findFirstOrThrow({ where: { userId: person.id } });
    await expect(requireUser(asked({ cookie: `sluice.session_token=${token}` }))).rejects.toThrow(/Sign in/);
    await expect(
      requireUser(asked({ cookie: `sluice.session_token=${token}.${'A'.repeat(43)}%3D` })),
    ).rejects.toThrow(/Sign in/);
  });

  it('ends when it is revoked, when it expires, when the account is disabled, and on sign-out', async () => {
    const person = await makeUser();
    const cookie = await cookieOf(person);
    const request = asked({ cookie });
    await requireUser(request);

    await db().user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    await expect(requireUser(request)).rejects.toThrow(/session has ended/);
    await db().user.update({ where: { id: person.id }, data: { disabledAt: null } });
    await requireUser(request);

    await db().session.updateMany({ where: { userId: person.id }, data: { expiresAt: new Date(0) } });
    await expect(requireUser(request)).rejects.toThrow(/session has ended/);

    const second = asked({ cookie: await cookieOf(person) });
    await requireUser(second);
    await db().session.deleteMany({ where: { userId: person.id } });
    await expect(requireUser(second)).rejects.toThrow(/session has ended/);

    const third = asked({ cookie: await cookieOf(person) });
    await requireUser(third);
    const gone = await signOut(third);
    expect(gone.getSetCookie().join()).toMatch(/session_token=;.*Max-Age=0/i);
    await expect(requireUser(third)).rejects.toThrow(/session has ended/);
  });

  it('does not start with a wrong password, an unknown address or a disabled account', async () => {
    const person = await makeUser();
    const wrong = { ...person, password: 'not this one' };
    await expect(signIn(wrong, asked({}))).rejects.toMatchObject({ code: 'unauthenticated' });
    const unknown = { email: 'nobody@example.com', password: 'whatever it is' };
    await expect(signIn(unknown, asked({}))).rejects.toMatchObject({ code: 'unauthenticated' });
    await db().user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    await expect(signIn(person, asked({}))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await db().session.count({ where: { userId: person.id } })).toBe(0);
  });

  it('takes the address in any case', async () => {
    const person = await makeUser();
    const shouted = { ...person, email: person.email.toUpperCase() };
    expect((await signIn(shouted, asked({}))).getSetCookie()).toHaveLength(1);
  });
});

describe('the credential of the local command line', () => {
  it('stands for an administrator', async () => {
    expect(await requireUser(asked(local(rightKey)))).toMatchObject({ role: 'ADMIN' });
  });

  it('is refused with another key, when it is old, and when it was changed', async () => {
    const refused = { code: 'unauthenticated' };
    await expect(requireUser(asked(local('another key, also of 32 characters')))).rejects.toMatchObject(
      refused,
    );
    const { authorization } = local(rightKey);
    const [kind, expiry = '', signature] = authorization.split('.');
    for (const changed of [
      `${kind}.${Number(expiry) + 60}.${signature}`,
      `${kind}.${expiry}.`,
      `${kind}.${expiry}`,
      `${kind}..${signature}`,
      'Bearer local.',
      'Basic YTpi',
      'Bearer',
    ]) {
      await expect(requireUser(asked({ authorization: changed }))).rejects.toMatchObject(refused);
    }
    vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ['Date'] });
    try {
      await expect(requireUser(asked({ authorization }))).rejects.toMatchObject(refused);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is checked alone: a session does not make up for a wrong one', async () => {
    const cookie = await cookieOf(await makeUser());
    await expect(requireUser(asked({ cookie, authorization: 'Bearer nonsense' }))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});
