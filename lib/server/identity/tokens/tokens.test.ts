import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { GET as listOfDatasets } from '@/app/api/v1/datasets/route';
import { GET as listOfImports } from '@/app/api/v1/imports/route';
import { db } from '@/lib/server/platform/db/client';
import { currentRequestSource, runAsRequest } from '@/lib/server/platform/request-source';
import type { User } from '@/lib/server/platform/user';
import { makeTokenInput } from '@/lib/shared/schema/user/users';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser } from '@/testing/people';
import { changePassword } from '../auth/change-password';
import { requireUser } from '../auth/require-user';
import { acceptInvitation } from '../invitations/accept-invitation';
import { renewPassword } from '../invitations/renew-password';
import { disableUser, enableUser } from '../users/disable-user';
import { removeUser } from '../users/remove-user';
import { listTokens } from './list-tokens';
import { makeToken, mostTokens } from './make-token';
import { purgeExpiredTokens } from './purge-expired-tokens';
import { revokeToken } from './revoke-token';

openDatabase();

const asked = (token: string) =>
  new Request('http://localhost/api/v1/imports', { headers: { authorization: `Bearer ${token}` } });
const whoHas = (token: string) => requireUser(asked(token), 'imports:read');
const input = { name: 'nightly', scopes: ['imports:read' as const], days: 30 };
const refused = { code: 'unauthenticated' };

it('a token stands for its person where it has the scope, and nowhere else', async () => {
  const ann = await makeUser('MEMBER', 'Ann');
  const { token } = await makeToken(input, ann, null);
  expect(await whoHas(token)).toEqual({ id: ann.id, name: 'Ann', role: 'MEMBER' });
  const params = { params: Promise.resolve({}) };
  expect((await listOfImports(asked(token), params)).status).toBe(200);
  const wrong = await listOfDatasets(asked(token), params);
  expect(wrong.status).toBe(403);
  expect(await wrong.text()).toContain('lacks the scope datasets:read');
  await expect(requireUser(asked(token))).rejects.toMatchObject({ code: 'forbidden' });
});

it('the token is kept as a hash alone, and never listed', async () => {
  const ann = await makeUser();
  const { token, id } = await makeToken(input, ann, null);
  expect(token).toMatch(/^sluice_[\w-]{43}$/);
  const stored = await db().apiToken.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify(stored)).not.toContain(token.slice(7));
  const listed = JSON.stringify(await listTokens(ann));
  expect(listed).toContain(id);
  expect(listed).not.toContain(token.slice(7));
  expect(listed).not.toContain(stored.tokenHash);
  await expect(whoHas(stored.tokenHash)).rejects.toMatchObject(refused);
  await expect(whoHas(`sluice_${stored.tokenHash}`)).rejects.toMatchObject(refused);
});

it('a forged, a changed, an expired and a revoked token are refused', async () => {
  const ann = await makeUser();
  const { token, id } = await makeToken(input, ann, null);
  await expect(whoHas(`sluice_${'A'.repeat(43)}`)).rejects.toMatchObject(refused);
  await expect(whoHas(`${token}x`)).rejects.toMatchObject(refused);
  await expect(whoHas('sluice_')).rejects.toMatchObject(refused);
  await db().apiToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  await expect(whoHas(token)).rejects.toMatchObject(refused);
  expect(await listTokens(ann)).toMatchObject([{ expired: true, lastUsedAt: null }]);
  await db().apiToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() + 60_000) } });
  await whoHas(token);
  const ben = await makeUser();
  await expect(revokeToken(id, ben)).rejects.toMatchObject({ code: 'not-found' });
  await revokeToken(id, ann);
  await expect(whoHas(token)).rejects.toMatchObject(refused);
});

it('a token is refused while its person is disabled, and goes with the person', async () => {
  const ann = await makeUser();
  const { token } = await makeToken(input, ann, null);
  await db().user.update({ where: { id: ann.id }, data: { disabledAt: new Date() } });
  await expect(whoHas(token)).rejects.toMatchObject(refused);
  await db().user.update({ where: { id: ann.id }, data: { disabledAt: null } });
  await whoHas(token);
  await removeUser(ann.id, await makeUser('ADMIN'));
  await expect(whoHas(token)).rejects.toMatchObject(refused);
  expect(await db().apiToken.count({ where: { userId: ann.id } })).toBe(0);
});

it('the last use is written once a minute', async () => {
  const ann = await makeUser();
  const { token } = await makeToken(input, ann, null);
  const lastUse = async () => (await listTokens(ann))[0]?.lastUsedAt;
  expect(await lastUse()).toBeNull();
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
  try {
    const first = new Date().toISOString();
    await whoHas(token);
    expect(await lastUse()).toBe(first);
    vi.setSystemTime(Date.now() + 59_000);
    await whoHas(token);
    expect(await lastUse()).toBe(first);
    vi.setSystemTime(Date.now() + 2_000);
    await whoHas(token);
    expect(await lastUse()).toBe(new Date().toISOString());
  } finally {
    vi.useRealTimers();
  }
});

it('making, using and revoking a token are written down, its use once an hour, however many ask at once', async () => {
  const ann = await makeUser('MEMBER', 'Ann');
  const made = await runAsRequest(asked('none'), () => makeToken(input, ann, null));
  const events = () => db().auditEvent.findMany({ where: { subjectId: made.id }, orderBy: { id: 'asc' } });
  vi.useFakeTimers({ now: new Date('2026-06-01T10:00:00Z'), toFake: ['Date'] });
  const use = () =>
    Promise.all(
      Array.from({ length: 10 }, () =>
        runAsRequest(asked(made.token), async () => {
          await whoHas(made.token);
          return currentRequestSource().via;
        }),
      ),
    );
  try {
    expect(new Set(await use())).toEqual(new Set(['token:nightly']));
    vi.setSystemTime(new Date('2026-06-01T10:50:00Z'));
    await use();
    vi.setSystemTime(new Date('2026-06-01T11:00:30Z'));
    await use();
  } finally {
    vi.useRealTimers();
  }
  await revokeToken(made.id, ann);
  await expect(revokeToken(made.id, ann)).rejects.toMatchObject({ code: 'not-found' });
  const written = await events();
  expect(written.map(({ kind }) => kind)).toEqual([
    'TOKEN_MADE',
    'TOKEN_USED',
    'TOKEN_USED',
    'TOKEN_REVOKED',
  ]);
  expect(written[0]).toMatchObject({
    actorId: ann.id,
    actorName: 'Ann',
    subjectName: 'nightly',
    facts: { scope: 'imports:read' },
  });
  expect(JSON.stringify(written, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))).not.toContain(
    made.token.slice(7),
  );
});

it('a token needs a name, scopes of the list, and an end within a year', () => {
  for (const wrong of [
    { ...input, name: ' ' },
    { ...input, scopes: [] },
    { ...input, scopes: ['people:write'] },
    { ...input, days: 366 },
    { ...input, days: 0 },
    { name: 'no end', scopes: input.scopes },
  ]) {
    expect(makeTokenInput.safeParse(wrong).success).toBe(false);
  }
  expect(makeTokenInput.parse({ ...input, days: 365 }).days).toBe(365);
});

it('an expired token is listed as such for a month, and then gone', async () => {
  const ann = await makeUser();
  const { id } = await makeToken({ name: 'of old', scopes: ['imports:read'], days: 1 }, ann, null);
  const after = (days: number) => new Date(Date.now() + days * 24 * 3600_000);
  await purgeExpiredTokens(after(30.9));
  expect(await listTokens(ann)).toMatchObject([{ id, expired: false }]);
  await db().apiToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await listTokens(ann)).toMatchObject([{ id, expired: true }]);
  expect(await purgeExpiredTokens(after(29.9))).toBe(0);
  expect(await purgeExpiredTokens(after(30.1))).toBe(1);
  expect(await listTokens(ann)).toEqual([]);
});

it('a person may have a hundred tokens, and another after one is revoked, also when many are made at once', async () => {
  const ann = await makeUser();
  const some = Array.from({ length: mostTokens - 2 }, (_, i) => ({
    userId: ann.id,
    name: `token ${i}`,
    scopes: input.scopes,
    expiresAt: new Date(Date.now() + 60_000),
    tokenHash: `${ann.id}-${i}`,
  }));
  await db().apiToken.createMany({ data: some });
  const made = await Promise.allSettled(Array.from({ length: 6 }, () => makeToken(input, ann, null)));
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  const full = { code: 'conflict', message: expect.stringContaining('You have 100 API tokens') };
  await expect(makeToken(input, ann, null)).rejects.toMatchObject(full);
  const listed = await listTokens(ann);
  expect(listed).toHaveLength(mostTokens);
  await revokeToken(listed[0]?.id ?? '', ann);
  await makeToken(input, ann, null);
  await makeToken(input, await makeUser(), null);
});

describe('all tokens of a person end', () => {
  const both = async (ann: User) => [await makeToken(input, ann, null), await makeToken(input, ann, null)];
  const revocations = (ids: string[]) =>
    db().auditEvent.count({ where: { subjectId: { in: ids }, kind: 'TOKEN_REVOKED' } });

  async function expectEnded(made: { id: string; token: string }[]): Promise<void> {
    for (const { token } of made) await expect(whoHas(token)).rejects.toMatchObject(refused);
    expect(await revocations(made.map(({ id }) => id))).toBe(made.length);
  }

  it('when the person is disabled, and stay so when enabled again', async () => {
    const [ann, admin] = [await makeUser(), await makeUser('ADMIN')];
    const made = await both(ann);
    await disableUser(ann.id, admin);
    await enableUser(ann.id, admin);
    await expectEnded(made);
    await whoHas((await makeToken(input, ann, null)).token);
  });

  it('when a new password is set by a link of an administrator, and not when the link is only made', async () => {
    const [ann, admin] = [await makeUser(), await makeUser('ADMIN')];
    const made = await both(ann);
    const { token } = await renewPassword(ann.id, admin);
    for (const token of made) await whoHas(token.token);
    await acceptInvitation({ token, password: randomUUID() }, new Request('http://localhost/'));
    await expectEnded(made);
  });

  it('when the password is changed, unless the person keeps them', async () => {
    const ann = await makeUser();
    const made = await both(ann);
    let { password: currentPassword } = ann;
    const change = async (keepTokens: boolean) => {
      const headers = { cookie: await cookieOf({ ...ann, password: currentPassword }) };
      const newPassword = randomUUID();
      await changePassword(
        { currentPassword, newPassword, keepTokens },
        new Request('http://localhost/', { headers }),
      );
      currentPassword = newPassword;
    };
    await change(true);
    for (const token of made) await whoHas(token.token);
    await change(false);
    await expectEnded(made);
  });

  it.each([
    ['a token', 'ApiToken'],
    ['a session', 'Session'],
  ])('together with the password: where %s cannot be ended, nothing is changed', async (_, table) => {
    const ann = await makeUser();
    const made = await both(ann);
    const stored = () =>
      db().user.findUniqueOrThrow({ where: { id: ann.id }, include: { accounts: true, sessions: true } });
    const headers = { cookie: await cookieOf(ann) };
    const passwords = { currentPassword: ann.password, newPassword: randomUUID(), keepTokens: false };
    const change = () => changePassword(passwords, new Request('http://localhost/', { headers }));
    const before = await stored();
    await db().$executeRawUnsafe(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
    );
    await db().$executeRawUnsafe(
      `create trigger refused before delete on "${table}" for each row execute function refuse()`,
    );
    try {
      await expect(change()).rejects.toThrow();
    } finally {
      await db().$executeRawUnsafe('drop function refuse cascade');
    }
    expect(await stored()).toEqual(before);
    for (const token of made) await whoHas(token.token);
    await change();
    await expectEnded(made);
  });

  it('not when the password was not changed', async () => {
    const ann = await makeUser();
    const made = await both(ann);
    const headers = { cookie: await cookieOf(ann) };
    const wrong = { currentPassword: 'another', newPassword: randomUUID(), keepTokens: false };
    await expect(changePassword(wrong, new Request('http://localhost/', { headers }))).rejects.toMatchObject({
      code: 'forbidden',
    });
    for (const token of made) await whoHas(token.token);
  });
});
