import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { type Claims, type Provider, runProvider } from '@/testing/provider';
import { invite } from '../invitations/invite';
import { requireUser } from './require-user';
import { signInWithProvider } from './sign-in-with-provider';

openDatabase();

let provider: Provider;

beforeAll(async () => {
  provider = await runProvider();
  Object.assign(process.env, provider.environment);
});
afterAll(() => provider.close());

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** The whole way to the provider and back, as a browser goes it. @returns where it ends, and who is signed in */
async function goThere(as: Claims) {
  const to = await signInWithProvider(
    new Request('http://localhost:3000/api/auth/sign-in/social', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
      body: JSON.stringify({
        provider: 'oidc',
        callbackURL: '/imports',
        errorCallbackURL: '/sign-in',
        disableRedirect: true,
      }),
    }),
    ['sign-in', 'social'],
  );
  const { url } = z.object({ url: z.url() }).parse(await to.json());
  const asked = new URL(url).searchParams;
  provider.expect(as, asked.get('nonce') ?? '');
  expect(asked.get('redirect_uri')).toBe('http://localhost:3000/api/auth/callback/oidc');
  expect(asked.get('code_challenge_method')).toBe('S256');
  const back = new URL('http://localhost:3000/api/auth/callback/oidc');
  back.search = new URLSearchParams({ code: 'a code', state: asked.get('state') ?? '' }).toString();
  const answer = await signInWithProvider(new Request(back, { headers: { cookie: cookiesOf(to) } }), [
    'callback',
    'oidc',
  ]);
  const cookie = cookiesOf(answer);
  const user = await requireUser(new Request('http://localhost:3000/', { headers: { cookie } })).catch(
    () => null,
  );
  return { location: answer.headers.get('location') ?? '', user };
}

const claims = (email: string, verified = true) => ({
  sub: `of ${email}`,
  email,
  email_verified: verified,
  name: 'From Elsewhere',
});

it('lets in who has an account or an invitation, and nobody else', async () => {
  const early = await goThere(claims('early@example.com'));
  expect(early.user).toBeNull();
  const admin = await makeUser('ADMIN');

  const stranger = await goThere(claims('stranger@example.com'));
  expect(stranger.user).toBeNull();
  expect(stranger.location).toBe('/sign-in?error=not_invited');
  expect(await db().user.findUnique({ where: { email: 'stranger@example.com' } })).toBeNull();

  await invite({ email: 'guest@example.com', role: 'ADMIN' }, admin);
  const unverified = await goThere(claims('guest@example.com', false));
  expect(unverified.user).toBeNull();
  const guest = await goThere(claims('Guest@example.com'));
  expect(guest.location).toBe('/imports');
  expect(guest.user).toMatchObject({ name: 'From Elsewhere', role: 'ADMIN' });
  expect(await db().invitation.count({ where: { acceptedAt: null } })).toBe(0);
  expect((await goThere(claims('guest@example.com'))).user).toMatchObject({ id: guest.user?.id });

  const known = await makeUser('MEMBER', 'Known');
  expect((await goThere(claims(known.email))).user).toMatchObject({ id: known.id, name: 'Known' });
  expect((await goThere({ ...claims(known.email, false), sub: 'another' })).user).toBeNull();

  await db().user.update({ where: { id: known.id }, data: { disabledAt: new Date() } });
  expect((await goThere(claims(known.email))).user).toBeNull();
});

it.each([
  ['the sign-in', 'SIGNED_IN', 'known'],
  ['the use of an invitation', 'INVITATION_ACCEPTED', 'invited'],
  ['the new account', 'PERSON_ADMITTED', 'invited'],
])(
  'nobody comes in unseen: where %s cannot be written down there is no session, and the next try succeeds',
  async (_what, kind, who) => {
    const admin = await makeUser('ADMIN');
    const email =
      who === 'known' ? (await makeUser()).email : `${kind.toLowerCase().replaceAll('_', '-')}@example.com`;
    if (who === 'invited') await invite({ email, role: 'MEMBER' }, admin);
    const before = { users: await db().user.count(), sessions: await db().session.count() };
    await db().$executeRawUnsafe(
      `alter table "AuditEvent" add constraint "full" check ("kind" <> '${kind}') not valid`,
    );
    let first: Awaited<ReturnType<typeof goThere>>;
    try {
      first = await goThere(claims(email));
    } finally {
      await db().$executeRaw`alter table "AuditEvent" drop constraint "full"`;
      // The login library says so when the database fails under it.
      vi.mocked(console.error).mockClear();
    }
    expect(first.user).toBeNull();
    expect({ users: await db().user.count(), sessions: await db().session.count() }).toEqual(before);
    const unused = { email, acceptedAt: null, expiresAt: { gt: new Date() } };
    expect(await db().invitation.count({ where: unused })).toBe(who === 'invited' ? 1 : 0);

    const { user } = await goThere(claims(email));
    expect(await db().session.count({ where: { userId: user?.id } })).toBe(1);
    const event = await db().auditEvent.findFirstOrThrow({ where: { kind: 'SIGNED_IN', actorId: user?.id } });
    expect(event.facts).toMatchObject({ way: 'single sign-on' });
  },
);

it('opens none of the library’s other endpoints', async () => {
  const ask = (method: string, path: string) =>
    signInWithProvider(
      new Request(`http://localhost:3000/api/auth/${path}`, {
        method,
        body: method === 'POST' ? '{}' : undefined,
      }),
      path.split('/'),
    );
  for (const path of ['sign-up/email', 'update-user', 'get-session', 'callback/other', 'sign-in/social/']) {
    for (const method of ['GET', 'POST']) {
      await expect(ask(method, path), `${method} ${path}`).rejects.toMatchObject({ code: 'not-found' });
    }
  }
});
