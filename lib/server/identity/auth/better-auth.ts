// better-auth: sessions in our own database, passwords and OpenID Connect in one well-kept library that runs
// without a service of its own. “minimal” leaves its own database layer out: Prisma is there.

import { randomUUID } from 'node:crypto';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { recordEvent } from '@/lib/server/audit/record-event';
import { authEnv } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { passwordLength } from '@/lib/shared/schema/user/user-labels';
import { admitFromProvider } from '../accounts/admit-from-provider';
import { revokeAllTokens } from '../tokens/revoke-all-tokens';
import { lockUser } from '../users/lock-user';
import { inLibraryTransaction, libraryClient, libraryTransaction } from './library-transaction';

const day = 24 * 60 * 60;

/** Asks to keep API tokens when the password is changed. Set here alone: of a request only cookie and browser get here. */
export const keepTokensHeader = 'x-sluice-keep-tokens';

/** The provider's name in addresses and in the database. */
export const oidcProvider = 'oidc';

function make(secure: boolean) {
  const { AUTH_SECRET, PUBLIC_URL, ...oidc } = authEnv();
  return betterAuth({
    appName: 'Sluice',
    baseURL: PUBLIC_URL ? new URL(PUBLIC_URL).origin : `${secure ? 'https' : 'http'}://localhost`,
    basePath: '/api/auth',
    secret: AUTH_SECRET,
    database: prismaAdapter(libraryClient(), { provider: 'postgresql', transaction: true }),
    emailAndPassword: {
      enabled: true,
      // Accounts come from the set-up and from invitations only.
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    // Asked for in the database at every request, so a session that was ended is over at once.
    session: { expiresIn: 7 * day, updateAge: day, cookieCache: { enabled: false } },
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        disabledAt: { type: 'date', input: false, required: false },
      },
    },
    account: { encryptOAuthTokens: true },
    advanced: {
      cookiePrefix: 'sluice',
      useSecureCookies: secure,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      database: { generateId: false },
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { errorURL: '/sign-in' },
    logger: {
      level: 'error',
      log: (level, message) => log()[level]({ from: 'better-auth' }, message),
    },
    // Who comes in is written down before that happens: a crash in between leaves an event too many, and never somebody
    // who came in unseen. A new account, or a new password and what goes with it, are one transaction of the library.
    databaseHooks: {
      user: {
        create: {
          before: async (user) => {
            const by = { id: randomUUID(), name: user.name };
            const admitted = await admitFromProvider(user, by);
            return { data: { ...user, ...admitted, id: by.id } };
          },
        },
      },
      session: {
        create: {
          before: async ({ userId }, context) =>
            inLibraryTransaction(async (tx) => {
              const { disabledAt, ...by } = await tx.user.findUniqueOrThrow({
                where: { id: userId },
                select: { id: true, name: true, disabledAt: true },
              });
              if (disabledAt) throw new APIError('FORBIDDEN', { message: 'account_disabled' });
              // A new password puts a new session in the place of the old one: nobody came in.
              if (context?.path === '/change-password') return;
              const way = context?.path === '/sign-in/email' ? 'password' : 'single sign-on';
              await recordEvent(tx, { kind: 'SIGNED_IN', by, on: by, facts: { way } });
            }),
        },
        delete: {
          // Sessions go before the password: the account is held before both, as by whatever else takes ways in.
          before: async ({ userId }, context) => {
            if (context?.path === '/change-password') await lockUser(libraryTransaction(), userId);
          },
        },
      },
      account: {
        update: {
          before: async ({ password }, context) => {
            if (password === undefined && context?.path !== '/change-password') return;
            const by = context?.context.session?.user;
            if (!by) throw new Error('A password is changed by nobody.');
            const tx = libraryTransaction();
            await lockUser(tx, by.id);
            await recordEvent(tx, { kind: 'PASSWORD_CHANGED', by, on: by });
            if (!context?.headers?.has(keepTokensHeader)) await revokeAllTokens(tx, by.id, by);
          },
        },
      },
    },
    plugins: oidc.OIDC_ISSUER
      ? [
          genericOAuth({
            config: [
              {
                providerId: oidcProvider,
                discoveryUrl: `${oidc.OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
                clientId: oidc.OIDC_CLIENT_ID ?? '',
                clientSecret: oidc.OIDC_CLIENT_SECRET,
                scopes: ['openid', 'email', 'profile'],
                pkce: true,
                requireIdTokenVerification: true,
              },
            ],
          }),
        ]
      : [],
  });
}

type Library = ReturnType<typeof make>;
declare global {
  var sluiceLogin: Map<boolean, Library> | undefined;
}

/** Whether the person's browser speaks HTTPS to us, perhaps through a proxy. */
function isSecure(request: Request): boolean {
  const { PUBLIC_URL } = authEnv();
  if (PUBLIC_URL) return PUBLIC_URL.startsWith('https:');
  return request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}

/** The login library, with cookies that suit the request: Secure ones over HTTPS. */
export function loginLibrary(request: Request): Library {
  globalThis.sluiceLogin ??= new Map();
  const secure = isSecure(request);
  const there = globalThis.sluiceLogin.get(secure) ?? make(secure);
  globalThis.sluiceLogin.set(secure, there);
  return there;
}

/** What the library is told of a request: its cookies, and the browser's name for the list of sessions. */
export function headersForLibrary(request: Request): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent']) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value.slice(0, name === 'cookie' ? 8_192 : 300));
  }
  return headers;
}
