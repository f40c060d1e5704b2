import { expect, it, vi } from 'vitest';
import { GET } from '@/app/api/health/route';
import { openDatabase } from '@/testing/environment';
import { db } from '../db/client';
import { openWorkerQueue } from '../queue/boss';

openDatabase();

const problem = 'No worker is running. Ask your administrator.';
let later = 0;

/** What /api/health says once its last answer is not good enough any more. */
async function health() {
  later += 2_000;
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + later);
  const answer = await GET(new Request('http://localhost/api/health'));
  clock.mockRestore();
  expect(answer.status).toBe(200);
  return answer.json();
}

it('says that no worker was ever there, that one is, that it ended, and that it fell silent', async () => {
  expect(await health()).toMatchObject({
    status: 'degraded',
    workers: { alive: 0, silent: 0, seenSecondsAgo: null, problem },
  });
  const worker = await openWorkerQueue();
  expect(await health()).toMatchObject({ status: 'ok', workers: { alive: 1, silent: 0, problem: null } });
  await worker.stop({ graceful: true });
  expect(await health()).toMatchObject({ status: 'degraded', workers: { alive: 0, silent: 0 } });
  await db().$executeRaw`update queue.instance set stopped_on = null, heartbeat_on = now() - interval '7 s'`;
  expect(await health()).toMatchObject({
    status: 'degraded',
    workers: { alive: 0, silent: 1, seenSecondsAgo: 7, problem },
  });
  await db().$executeRaw`update queue.instance set heartbeat_on = now() - interval '3 min'`;
  expect(await health()).toMatchObject({ status: 'degraded', workers: { alive: 0, silent: 0 } });
});
