import { describe, expect, it } from 'vitest';
import { env } from '../platform/env';
import { assertSameSite } from './assert-same-site';

function sent(headers: Record<string, string>, method = 'POST'): () => void {
  return () =>
    assertSameSite(
      new Request('http://sluice.test/api/v1/imports', {
        method,
        headers: { host: 'sluice.test', ...headers },
      }),
    );
}

describe('#65 a request that changes something', () => {
  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }],
    ['a word that no browser says', { 'sec-fetch-site': 'whatever' }],
    ['another origin, from an old browser', { origin: 'https://evil.test' }],
    ['another port', { origin: 'http://sluice.test:8080' }],
    ['a sandboxed frame or a file', { origin: 'null' }],
    ['a name that only begins like ours', { origin: 'https://sluice.test.evil.test' }],
    ['no text that is an origin', { origin: 'sluice.test' }],
    [
      'an origin that contradicts Sec-Fetch-Site',
      { 'sec-fetch-site': 'same-origin', origin: 'https://evil.test' },
    ],
    ['neither header but a cookie', { cookie: 'session=1' }],
    [
      'the host behind a proxy that says another',
      { origin: 'http://sluice.test', 'x-forwarded-host': 'other.test' },
    ],
  ])('is refused from %s', (_, headers) => {
    expect(sent(headers)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  it.each([
    ['this site', { 'sec-fetch-site': 'same-origin', origin: 'https://sluice.test', cookie: 'session=1' }],
    ['this site, by an old browser', { origin: 'https://sluice.test', cookie: 'session=1' }],
    ['this site behind proxies', { origin: 'https://in.test', 'x-forwarded-host': 'in.test, inner.test' }],
    ['a program without cookies', {}],
    ['a program with a token', { authorization: 'Bearer x' }],
  ])('is taken from %s', (_, headers) => {
    expect(sent(headers)).not.toThrow();
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('is refused whether POST or %s', (method) => {
    expect(sent({ origin: 'https://evil.test' }, method)).toThrow('another site');
  });
});

it('reading is not refused: links from anywhere lead here', () => {
  expect(sent({ 'sec-fetch-site': 'cross-site', cookie: 'session=1' }, 'GET')).not.toThrow();
});

it('PUBLIC_URL is this site, also where a proxy passes on neither its host nor the browser’s', () => {
  const from = (origin: string) => sent({ origin, host: '10.0.0.7:3000' });
  expect(from('https://sluice.example.com')).toThrow('another site');
  const before = env().PUBLIC_URL;
  Object.assign(env(), { PUBLIC_URL: 'https://sluice.example.com/' });
  try {
    expect(from('https://sluice.example.com')).not.toThrow();
    expect(from('http://sluice.example.com')).toThrow('another site');
  } finally {
    Object.assign(env(), { PUBLIC_URL: before });
  }
});
