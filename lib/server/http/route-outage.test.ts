import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { db, openDb } from '../platform/db/client';
import { authEnv } from '../platform/env';
import { json } from './answer';
import { openRoute, route } from './route';

openDatabase();

const noParams = { params: Promise.resolve({}) };

it('a burst that exhausts the connections is answered with Retry-After, never 500', async () => {
  const busy = openRoute(async () =>
    json(
      await db().$transaction(async (tx) => {
        await tx.$queryRaw`select 1 from pg_sleep(1.5)`;
        return tx.user.count();
      }),
    ),
  );
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => busy(new Request('http://localhost/api/test'), noParams)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
  for (const { status, headers } of answers) {
    expect(Number(headers.get('retry-after')) > 0).toBe(status === 503);
  }
});

it('a session that cannot be looked up is an outage too, and no fault', async () => {
  const kept = globalThis as typeof globalThis & { sluiceDb?: ReturnType<typeof openDb> };
  const before = kept.sluiceDb;
  const nowhere = openDb('postgresql://sluice:x@127.0.0.1:9/sluice', 1);
  kept.sluiceDb = nowhere;
  try {
    const token = 'a-token-of-some-session-of-32-xx';
    const signature = createHmac('sha256', authEnv().AUTH_SECRET).update(token).digest('base64');
    const cookie = `sluice.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
    const request = new Request('http://localhost/api/test', { headers: { cookie } });
    const answer = await route(async () => json({}))(request, noParams);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ error: { code: 'unavailable' } });
  } finally {
    kept.sluiceDb = before;
    await nowhere.$disconnect();
  }
});
