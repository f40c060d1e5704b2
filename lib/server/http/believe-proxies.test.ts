import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as health } from '@/app/api/health/route';
import { openDatabase } from '@/testing/environment';
import { checkProxy } from '../doctor/check-proxy';
import { env } from '../platform/env';
import { countVisitor } from '../platform/limits/count-request';
import { addressOf } from '../platform/request-source';
import { isProxySetting, trustedProxies } from '../platform/trusted-proxies';
import { assertSameSite } from './assert-same-site';
import { settleForwarded } from './believe-proxies';

openDatabase();

let setting = 'false';
/** What the last request was when a handler saw it. */
let seen = new Request('http://none.test/');

/** As the web server does: Node's request is settled first, then made into the one that handlers know. */
const server = createServer(async (request, response) => {
  settleForwarded(request, trustedProxies(setting));
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  seen = new Request(`http://sluice.test${request.url}`, { method: request.method, headers });
  if (request.url !== '/api/health') return void response.end();
  response.end(await (await health(seen)).text());
});
let port = 0;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' ? (address?.port ?? 0) : 0;
});
afterAll(() => void server.close());

async function ask(headers: Record<string, string>): Promise<Request> {
  const [answer] = await once(get({ host: '127.0.0.1', port, headers, path: '/' }), 'response');
  answer.resume();
  await once(answer, 'end');
  return seen;
}

const forwarded = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'in.test',
};

describe('without a trusted proxy', () => {
  it('nothing of what a request says of its way is believed', async () => {
    setting = 'false';
    const { headers } = await ask({ ...forwarded, 'x-forwarded-port': '443', 'x-sluice-proxy': 'trusted' });
    expect(headers.get('x-forwarded-for')).toBe('127.0.0.1');
    expect(headers.get('x-forwarded-proto')).toBe('http');
    expect(headers.get('x-forwarded-host')).toBeNull();
    expect(headers.get('x-forwarded-port')).toBeNull();
    expect(headers.get('x-sluice-proxy')).toBe('ignored');
  });

  it('a new address for every request gets round no limit', async () => {
    setting = '10.0.0.0/8, loopback';
    const before = env().RATE_VISITORS;
    const visit = async (from: string) => {
      const { headers } = await ask({ 'x-forwarded-for': from });
      await countVisitor(new Request('http://sluice.test/', { method: 'POST', headers }));
    };
    // From a proxy that is believed each is somebody else …
    for (let i = 0; i <= before; i++) await visit(`198.51.100.${i % 250}`);
    // … and from anybody else they are one.
    setting = '10.0.0.0/8';
    const all = [];
    for (let i = 0; i <= before; i++)
      all.push(await visit(`203.0.113.${i % 250}`).catch((error: unknown) => error));
    expect(all.at(-1)).toMatchObject({ code: 'too-many-requests' });
    expect(all.slice(0, before).every((value) => value === undefined)).toBe(true);
  });

  it('a page cannot be of this site by a host that it says itself', async () => {
    setting = 'false';
    const { headers } = await ask({ ...forwarded, origin: 'https://in.test', host: 'sluice.test' });
    expect(() => assertSameSite(new Request('http://sluice.test/', { method: 'POST', headers }))).toThrow(
      'another site',
    );
  });
});

describe('from a trusted proxy', () => {
  it.each([
    ['loopback', '203.0.113.9', '203.0.113.9'],
    ['1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['2', '198.51.100.1, 203.0.113.9', '198.51.100.1'],
    ['2', '192.0.2.1, 198.51.100.1, 203.0.113.9', '198.51.100.1'],
    ['loopback, 203.0.113.0/24', '192.0.2.1, 198.51.100.1, 203.0.113.9', '198.51.100.1'],
    ['true', '192.0.2.1, 198.51.100.1, 203.0.113.9', '192.0.2.1'],
    ['1', '203.0.113.9:51123', '203.0.113.9'],
    ['1', '[2001:db8::7]:443', '2001:db8::7'],
    ['1', '2001:db8::7', '2001:db8::7'],
    ['1', 'unknown', '127.0.0.1'],
    ['1', '', '127.0.0.1'],
  ])('with TRUST_PROXY=%s, %s is from %s', async (given, from, address) => {
    setting = given;
    expect(addressOf(await ask({ 'x-forwarded-for': from }))).toBe(address);
  });

  it('scheme and host are those that the browser asked for', async () => {
    setting = 'loopback';
    const { headers } = await ask({
      'x-forwarded-proto': 'https, http',
      'x-forwarded-host': 'In.test, inner.test',
    });
    expect(headers.get('x-forwarded-proto')).toBe('https');
    expect(headers.get('x-forwarded-host')).toBe('in.test');
    expect(headers.get('x-sluice-proxy')).toBe('trusted');
  });
});

it('a setting that names no proxies is refused', () => {
  for (const fine of ['false', 'true', '0', '2', 'loopback', '10.0.0.0/8, ::1', 'UniqueLocal', 'fd00::/8']) {
    expect(isProxySetting(fine)).toBe(true);
  }
  for (const wrong of ['yes', '-1', '10.0.0.0/33', 'proxy.internal', '10.0.0.1;10.0.0.2', '*']) {
    expect(isProxySetting(wrong)).toBe(false);
  }
});

describe('the doctor', () => {
  /** A proxy in front, which adds the address that it sees to what it got. */
  const proxy = createServer(async (request, response) => {
    const given = request.headers['x-forwarded-for'];
    const from = [...(given ? [String(given)] : []), '203.0.113.5'].join(', ');
    const answer = await fetch(`http://127.0.0.1:${port}${request.url}`, {
      headers: { 'x-forwarded-for': from },
    });
    response.end(await answer.text());
  });
  const levels = async (origin: number, given: string) => {
    setting = given;
    return (await checkProxy(`http://127.0.0.1:${origin}`)).map(({ level, said }) => `${level} ${said}`);
  };

  it('says what TRUST_PROXY does to visitors', async () => {
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const address = proxy.address();
    const front = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await levels(front, 'false')).toEqual([expect.stringMatching(/^warn .* count as one address/)]);
    expect(await levels(front, '1')).toEqual([expect.stringMatching(/^ok /)]);
    expect(await levels(front, 'loopback')).toEqual([expect.stringMatching(/^ok /)]);
    expect(await levels(front, '2')).toEqual([expect.stringMatching(/^fail anybody can pretend/)]);
    expect(await levels(front, 'true')).toEqual([expect.stringMatching(/^fail anybody can pretend/)]);
    expect(await levels(port, 'false')).toEqual([expect.stringMatching(/^ok /)]);
    proxy.close();
  });
});
