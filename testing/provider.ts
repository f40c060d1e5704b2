import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What an OpenID Connect provider says of somebody. */
export interface Claims {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

export interface Provider {
  /** What Sluice has to be told to let people in through it. */
  environment: Record<string, string>;
  /** Whoever comes next is this person, and brings this nonce. */
  expect(person: Claims, nonce: string): void;
  close(): void;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A provider of the tests' own, on this machine. */
export async function runProvider(): Promise<Provider> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let claims: object = {};
  const idToken = (issuer: string) => {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: 'sluice', iat: now, exp: now + 60, ...claims };
    const text = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${part(payload)}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const server = createServer((request, response) => {
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
  return {
    environment: {
      OIDC_ISSUER: `http://127.0.0.1:${at.port}`,
      OIDC_CLIENT_ID: 'sluice',
      OIDC_CLIENT_SECRET: 'a secret',
      PUBLIC_URL: 'http://localhost:3000',
    },
    expect: (person, nonce) => {
      claims = { ...person, nonce };
    },
    close: () => void server.close(),
  };
}
