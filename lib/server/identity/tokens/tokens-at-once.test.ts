import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as createToken } from '@/app/api/v1/account/tokens/route';
import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser, type Person } from '@/testing/people';
import { loginLibrary } from '../auth/better-auth';
import { changePassword } from '../auth/change-password';
import { findSession } from '../auth/find-session';
import { acceptInvitation } from '../invitations/accept-invitation';
import { renewPassword } from '../invitations/renew-password';
import { disableUser, enableUser } from '../users/disable-user';
import { removeUser } from '../users/remove-user';
import { makeToken } from './make-token';

openDatabase();

const input = { name: 'nightly', scopes: ['imports:read' as const], days: 30 };
const request = (cookie?: string) =>
  new Request('http://localhost/', { headers: { ...(cookie ? { cookie } : {}) } });

/** Somebody from outside of the pool, who holds up what others do. */
let holder: pg.Client;
beforeEach(async () => {
  holder = new pg.Client({ connectionString: env().DATABASE_URL });
  await holder.connect();
});
afterEach(async () => holder.end());

/** Waits until so many others wait for a lock. */
const waiting = (count: number, orUntil = () => false) =>
  vi.waitFor(
    async () => {
      // In a transaction it would see what it saw first.
      await holder.query('select pg_stat_clear_snapshot()');
      const { rows } = await holder.query(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(orUntil() || rows[0].n === count).toBe(true);
    },
    { timeout: 20_000, interval: 20 },
  );

const ways: [string, (ann: Person, cookie: string) => Promise<unknown>][] = [
  [
    'changes the password',
    (ann, cookie) =>
      changePassword(
        { currentPassword: ann.password, newPassword: randomUUID(), keepTokens: false },
        request(cookie),
      ),
  ],
  [
    'sets a new password by a link of an administrator',
    async (ann) => {
      const { token } = await renewPassword(ann.id, await makeUser('ADMIN'));
      return acceptInvitation({ token, password: randomUUID() }, request());
    },
  ],
  [
    'is disabled, and enabled again',
    async (ann) => {
      const admin = await makeUser('ADMIN');
      await disableUser(ann.id, admin);
      await enableUser(ann.id, admin);
    },
  ],
];

describe.each(ways)('no token outlives it when a person %s', (_, end) => {
  it('while the token is made', async () => {
    const ann = await makeUser();
    const cookie = await cookieOf(ann);
    const session = await findSession(request(cookie));
    await db().$executeRawUnsafe(`create function hold() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock(4711); return new; end $$`);
    await db().$executeRawUnsafe(
      'create trigger held after insert on "ApiToken" for each row execute function hold()',
    );
    try {
      await holder.query('select pg_advisory_lock(4711)');
      const made = makeToken(input, ann, session?.id ?? '');
      await waiting(1);
      let over = false;
      const ended = end(ann, cookie).finally(() => {
        over = true;
      });
      await waiting(2, () => over);
      await holder.query('select pg_advisory_unlock(4711)');
      await Promise.all([made, ended]);
    } finally {
      await holder.query('select pg_advisory_unlock_all()');
      await db().$executeRawUnsafe('drop function hold cascade');
    }
    expect(await db().apiToken.count({ where: { userId: ann.id } })).toBe(0);
  });

  it('before the token is made, by a request that was let in before', async () => {
    const ann = await makeUser();
    const cookie = await cookieOf(ann);
    const session = await findSession(request(cookie));
    await end(ann, cookie);
    await expect(makeToken(input, ann, session?.id ?? '')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await db().apiToken.count({ where: { userId: ann.id } })).toBe(0);
  });
});

it('a token is made for the session of the request', async () => {
  const ann = await makeUser();
  const asked = new Request('http://localhost/api/v1/account/tokens', {
    method: 'POST',
    headers: {
      cookie: await cookieOf(ann),
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify(input),
  });
  expect((await createToken(asked, { params: Promise.resolve({}) })).status).toBe(201);
  expect(await db().apiToken.count({ where: { userId: ann.id } })).toBe(1);
});

it('a password is changed by nobody but who is signed in', async () => {
  const ann = await makeUser();
  const account = await db().account.findFirstOrThrow({ where: { userId: ann.id } });
  const { internalAdapter } = await loginLibrary(request()).$context;
  await expect(internalAdapter.updateAccount(account.id, { password: 'another' })).rejects.toThrow(
    'changed by nobody',
  );
  expect(await db().account.findFirstOrThrow({ where: { userId: ann.id } })).toEqual(account);
});

it('as many password changes run at once as there are connections', async () => {
  const people = await Promise.all(
    Array.from({ length: env().DATABASE_POOL }, async () => {
      const ann = await makeUser();
      return { ann, cookie: await cookieOf(ann) };
    }),
  );
  await holder.query('begin');
  await holder.query('lock table "AuditEvent" in exclusive mode');
  const changes = people.map(({ ann, cookie }) =>
    changePassword(
      { currentPassword: ann.password, newPassword: randomUUID(), keepTokens: false },
      request(cookie),
    ),
  );
  // Each has a connection now, and none is left.
  await waiting(people.length);
  await holder.query('commit');
  for (const headers of await Promise.all(changes)) expect(headers.getSetCookie()).not.toEqual([]);
});

it('a password that is changed while its person is disabled or removed holds up neither', async () => {
  for (const end of [disableUser, removeUser]) {
    const [ann, admin] = [await makeUser(), await makeUser('ADMIN')];
    const cookie = await cookieOf(ann);
    await holder.query('begin');
    await holder.query('lock table "AuditEvent" in exclusive mode');
    const passwords = { currentPassword: ann.password, newPassword: randomUUID(), keepTokens: false };
    const changed = changePassword(passwords, request(cookie));
    await waiting(1);
    const ended = end(ann.id, admin);
    await waiting(2);
    await holder.query('commit');
    await Promise.all([changed, ended]);
    expect(await db().session.count({ where: { userId: ann.id } })).toBe(0);
  }
});
