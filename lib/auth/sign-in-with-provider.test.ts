import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '@/e2e/setup/environment';
import { makePerson } from '@/e2e/setup/people';
import { db } from '../db/client';
import { invite } from '../invitations/invite';
import { requireUser } from './require-user';
import { signInWithProvider } from './sign-in-with-provider';

openDatabase();

/** A provider of its own: it says that whoever comes is the person named here. */
let person = { sub: '', email: '', email_verified: true, name: '' };
let nonce = '';
let server: Server;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function idToken(issuer: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: 'sluice', iat: now, exp: now + 60, nonce, ...person };
  const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const issuer = `http://${request.headers.host}`;
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
      '/token': { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken(issuer) },
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || at === null) throw new Error('The provider has no port.');
  Object.assign(process.env, {
    OIDC_ISSUER: `http://127.0.0.1:${at.port}`,
    OIDC_CLIENT_ID: 'sluice',
    OIDC_CLIENT_SECRET: 'a secret',
    PUBLIC_URL: 'http://localhost:3000',
  });
});
afterAll(() => server.close());

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** The whole way to the provider and back, as a browser goes it. @returns where it ends, and who is signed in */
async function goThere(as: typeof person) {
  person = as;
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
  nonce = asked.get('nonce') ?? '';
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
  const admin = await makePerson('ADMIN');

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

  const known = await makePerson('MEMBER', 'Known');
  expect((await goThere(claims(known.email))).user).toMatchObject({ id: known.id, name: 'Known' });
  expect((await goThere({ ...claims(known.email, false), sub: 'another' })).user).toBeNull();

  await db().user.update({ where: { id: known.id }, data: { disabledAt: new Date() } });
  expect((await goThere(claims(known.email))).user).toBeNull();
});

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
