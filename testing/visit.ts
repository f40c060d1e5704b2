import { setUpCode } from '@/lib/server/identity/accounts/set-up-code';

export const ownerOfTests = {
  name: 'Olive Owner',
  email: 'owner@example.com',
  password: 'a password of the tests',
};

/** A session as Playwright's storage and as a header. */
export interface Visit {
  cookie: string;
  cookies: {
    name: string;
    value: string;
    domain: string;
    path: string;
    httpOnly: boolean;
    sameSite: 'Lax';
    secure: boolean;
    expires: number;
  }[];
}

/** A request as a browser's page makes it. */
export async function ask(url: string, method: string, path: string, body?: unknown, cookie?: string) {
  const answer = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: {
      origin: new URL(url).origin,
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answer;
}

function visitFrom(url: string, answer: Response): Visit {
  const parsed = answer.headers.getSetCookie().map((line) => {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
    return { name, value };
  });
  if (!answer.ok || parsed.length === 0) throw new Error(`Nobody is signed in: ${answer.status}.`);
  return {
    cookie: parsed.map(({ name, value }) => `${name}=${value}`).join('; '),
    cookies: parsed.map(({ name, value }) => ({
      name,
      value,
      domain: new URL(url).hostname,
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: false,
      expires: -1,
    })),
  };
}

/** Makes the owner's account of a new Sluice, as its first visitor does. */
export async function firstVisit({ url, secret }: { url: string; secret: string }): Promise<Visit> {
  return visitFrom(
    url,
    await ask(url, 'POST', '/api/v1/setup', { ...ownerOfTests, code: setUpCode(secret) }),
  );
}

/** Signs in anew. */
export async function signInAt(url: string, email: string, password: string): Promise<Visit> {
  return visitFrom(url, await ask(url, 'POST', '/api/v1/session', { email, password }));
}
