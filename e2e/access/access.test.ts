import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { signLocalCredential } from '@/lib/server/identity/auth/sign-credential';
import { makeToken } from '@/lib/server/identity/tokens/make-token';
import { openApiDocument } from '@/lib/server/openapi/document';
import { db } from '@/lib/server/platform/db/client';
import { scopes } from '@/lib/shared/schema/user/user-labels';
import { ApiDocument } from '@/testing/api-document';
import { openDatabase } from '@/testing/environment';
import { expectations, open, undocumented } from './expectations';
import { ask, type Handler, listHandlers, listPages } from './handlers';
import { makeWorld, type World } from './world';

openDatabase();

const handlers = await listHandlers();
const closed = handlers.filter(({ name }) => !(name in open));
let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

const api = ApiDocument.parse(openApiDocument());

/** Whether an answer is one that the document names, with a body as the document says. */
function expectDocumented({ name }: Handler, answer: Response, text: string): void {
  if (name in undocumented) return;
  const type = answer.headers.get('content-type');
  expect(api.deviation(api.operation(name), answer.status, type, text)).toBe('');
}

const expected = (handler: Handler) => {
  const found = expectations[handler.name];
  if (!found) throw new Error(`${handler.name} is new: say in e2e/access/expectations.ts how it is asked.`);
  return found;
};

/** What an answer says; of a stream, what comes within a second. */
async function textOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.text();
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const late = new Promise<{ done: true; value: undefined }>((end) =>
    setTimeout(() => end({ done: true, value: undefined }), 1_000),
  );
  for (;;) {
    const piece = await Promise.race([reader?.read() ?? late, late]);
    if (piece.done) break;
    text += decoder.decode(piece.value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

const asked = (handler: Handler, headers: Record<string, string>) => {
  const { params, body } = expected(handler);
  return ask(handler, params?.(world) ?? {}, headers, body?.(world));
};

/** Everything that a request of Ben's could have changed and may not. */
const stateOfOthers = async () => ({
  imports: await db().import.findMany({ where: { userId: world.ann.id }, orderBy: { id: 'asc' } }),
  corrections: await db().correctionFile.findMany({ where: { userId: world.ann.id } }),
  parts: await db().uploadedPart.findMany(),
  datasets: await db().dataset.findMany({ where: { ownerId: world.ann.id }, include: { shares: true } }),
  people: await db().user.findMany({ where: { id: { not: world.ben.id } }, orderBy: { id: 'asc' } }),
  invitations: await db().invitation.findMany({ orderBy: { id: 'asc' } }),
  sessions: await db().session.findMany({ where: { userId: world.ann.id } }),
  tokens: await db().apiToken.findMany({ where: { userId: world.ann.id } }),
});

describe('every handler', () => {
  it('is found, and those that answer without a session are named with the reason', () => {
    expect(handlers.length).toBeGreaterThan(25);
    const names = handlers.map(({ name }) => name);
    expect(Object.keys(open).filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(expectations).filter((name) => !names.includes(name))).toEqual([]);
    expect(closed.filter(({ name }) => !(name in expectations)).map(({ name }) => name)).toEqual([]);
  });

  it('is in the OpenAPI document, which names no other and says what credential each asks for', () => {
    const documented = api.operations.map(({ name }) => name);
    expect(handlers.map(({ name }) => name).filter((name) => !documented.includes(name))).toEqual(
      Object.keys(undocumented),
    );
    const names = handlers.map(({ name }) => name);
    expect(documented.filter((name) => !names.includes(name))).toEqual([]);
    for (const { name, security } of api.operations) {
      const scope = expectations[name]?.scope;
      const closedTo = scope ? [{ session: [] }, { token: [scope] }] : [{ session: [] }];
      expect(security, name).toEqual(name in open ? [] : closedTo);
    }
  });

  it.each(closed)('$name answers nobody without a session', async (handler) => {
    const credentials: Record<string, string>[] = [
      {},
      { cookie: 'sluice.session_token=forged.signature; __Secure-sluice.session_token=forged.signature' },
      { authorization: 'Bearer forged' },
      { authorization: `Bearer sluice_${'A'.repeat(43)}` },
      { authorization: `Bearer ${signLocalCredential('a key that nobody handed down, of no use')}` },
      { cookie: world.cookies.ann, authorization: 'Bearer forged' },
      { 'x-forwarded-for': '127.0.0.1', 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    ];
    for (const headers of credentials) {
      const answer = await asked(handler, headers);
      const text = await textOf(answer);
      expect(answer.status, `${Object.keys(headers)}: ${text}`).toBe(401);
      expectDocumented(handler, answer, text);
      for (const secret of world.secrets) expect(text).not.toContain(secret);
    }
  });

  it.each(closed)('#56 $name tells another person nothing, and changes nothing', async (handler) => {
    const { own, admin, right } = expected(handler);
    const before = await stateOfOthers();
    const answer = await asked(handler, { cookie: world.cookies.ben });
    const text = await textOf(answer);
    if (own) expect(right ? [right] : [200, 201], text).toContain(answer.status);
    else expect(answer.status, text).toBe(admin ? 403 : 404);
    expect(answer.headers.get('location')).toBeNull();
    expectDocumented(handler, answer, text);
    for (const secret of world.secrets) expect(text).not.toContain(secret);
    expect(await stateOfOthers()).toEqual(before);
  });

  it.each(closed.filter(({ path }) => path.includes('[')))(
    '#55 $name answers a forged name as it does another person’s',
    async (handler) => {
      const { params, body, admin } = expected(handler);
      const [key = ''] = Object.keys(params?.(world) ?? {});
      const cookie = admin ? world.cookies.admin : world.cookies.ben;
      for (const forged of [
        '019a0000-0000-7000-8000-000000000000',
        'x',
        '1',
        '../../etc/passwd',
        '%00',
        '\0',
        "' or 1=1 --",
        'é'.repeat(3_000),
      ]) {
        const all = { ...params?.(world), [key]: forged };
        const answer = await ask(handler, all, { cookie }, body?.(world));
        expect(answer.status, `${forged.slice(0, 40)}: ${await textOf(answer)}`).toBe(404);
      }
    },
  );

  const tokens = new Map<string, ReturnType<typeof makeToken>>();
  const bearerOf = async (person: typeof world.ann, allowed: readonly (typeof scopes)[number][]) => {
    // One for all handlers: a person may have a hundred.
    const key = `${person.id} ${allowed.join(' ')}`;
    const token =
      tokens.get(key) ?? makeToken({ name: 'a script', scopes: [...allowed], days: 1 }, person, null);
    tokens.set(key, token);
    return { authorization: `Bearer ${(await token).token}` };
  };

  it.each(closed)('$name refuses a token without its scope, and any where it names none', async (handler) => {
    const { admin, scope } = expected(handler);
    const person = admin ? world.admin : world.ann;
    const bearer = await bearerOf(
      person,
      scopes.filter((other) => other !== scope),
    );
    const answer = await asked(handler, bearer);
    const text = await textOf(answer);
    expect(answer.status, text).toBe(403);
    expect(text).toContain(scope ? `lacks the scope ${scope}` : 'An API token cannot do this');
    const withCookie = await asked(handler, { ...bearer, cookie: world.cookies.admin });
    expect(withCookie.status).toBe(403);
  });

  // Last, since it changes things: the refusals above are for the person’s sake, and not because nothing is there.
  it.each(closed)('$name answers the right person', async (handler) => {
    const { admin, right } = expected(handler);
    const answer = await asked(handler, { cookie: admin ? world.cookies.admin : world.cookies.ann });
    const text = await textOf(answer);
    expect(right ? [right] : [200, 201, 302, 409], text).toContain(answer.status);
    expectDocumented(handler, answer, text);
  });

  const scoped = closed.filter(({ name }) => expectations[name]?.scope);
  it.each(scoped)('$name takes a token with its scope alone', async (handler) => {
    const { scope } = expected(handler);
    const answer = await asked(handler, await bearerOf(world.ann, scope ? [scope] : []));
    expect([200, 201, 302, 409], await textOf(answer)).toContain(answer.status);
  });

  const others = closed.filter(({ name }) => {
    const { own, admin, private: hers, once } = expectations[name] ?? {};
    return !own && !admin && !hers && !once;
  });
  it.each(others)('$name answers an administrator', async (handler) => {
    const answer = await asked(handler, { cookie: world.cookies.admin });
    expect([200, 201, 302, 409], await textOf(answer)).toContain(answer.status);
  });
});

it('pages hold no data: they ask handlers, like everybody', async () => {
  const pages = await listPages();
  expect(pages.length).toBeGreaterThan(5);
  const reading = pages.filter((page) =>
    /from '@\/lib\/|from '(\.\.\/)+lib\//.test(readFileSync(page, 'utf8')),
  );
  expect(reading).toEqual([]);
});

it('there are no server actions: each would be a handler that the tests above do not see', () => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  }).split('\n');
  const code = tracked.filter((path) => /^(app|components|lib)\/.*\.[jt]sx?$/.test(path));
  expect(code.length).toBeGreaterThan(100);
  expect(code.filter((path) => /^\s*['"]use server['"]/m.test(readFileSync(path, 'utf8')))).toEqual([]);
});
