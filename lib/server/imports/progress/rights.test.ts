import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { GET } from '@/app/api/v1/events/route';
import { requireUser } from '@/lib/server/identity/auth/require-user';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser, type Person } from '@/testing/people';
import { createImport } from '../create-import';
import { streamsAPerson } from './open-streams';
import { collect } from './testing/collect';

openDatabase();

const request = (cookie: string) =>
  new Request('http://localhost/api/v1/events', { headers: { cookie, host: 'localhost' } });

describe('who watches an import of somebody else', () => {
  let admin: Person;
  let rae: Person;
  let publicId: string;
  let datasetId: string;

  beforeEach(async () => {
    admin = await makeUser('ADMIN', 'Ada');
    rae = await makeUser('MEMBER', 'Rae');
    const ben = await makeUser('MEMBER', 'Ben');
    const made = await createImport({ fileName: 'of Ben.csv', fileSize: 10 }, ben);
    publicId = made.import.id;
    const slug = `of-ben-${publicId}`;
    const dataset = await db().dataset.create({ data: { slug, name: slug, ownerId: ben.id } });
    datasetId = dataset.id;
    await db().import.update({ where: { publicId }, data: { datasetId } });
    await share('MANAGE');
  });

  const share = (right: 'VIEW' | 'MANAGE') =>
    db().datasetShare.upsert({
      where: { datasetId_userId: { datasetId, userId: rae.id } },
      create: { datasetId, userId: rae.id, right },
      update: { right },
    });
  const change = (status: 'INSPECTING' | 'MAPPING' | 'QUEUED') =>
    db().import.update({ where: { publicId }, data: { status } });

  /** Two streams, of an administrator and of Rae, who both see a first change. */
  async function bothWatching(askAgain?: () => Promise<User>) {
    const [all, hers] = [collect([publicId], admin), collect([publicId], rae, askAgain)];
    await change('INSPECTING');
    await all.untilStatus(publicId, 'INSPECTING');
    await hers.untilStatus(publicId, 'INSPECTING');
    // What the database tells of her is heard as well by now.
    await sleep(1_500);
    return { all, hers, stop: () => Promise.all([all.stop(), hers.stop()]) };
  }
  const seenBy = ({ events }: ReturnType<typeof collect>) => events.map(({ view }) => view.status);

  it('gets no events once access is revoked, and gets them again once it is restored', async () => {
    const { all, hers, stop } = await bothWatching();
    await share('VIEW');
    await change('MAPPING');
    await all.untilStatus(publicId, 'MAPPING');
    await sleep(500);
    expect(seenBy(hers)).not.toContain('MAPPING');
    await share('MANAGE');
    await change('QUEUED');
    await hers.untilStatus(publicId, 'QUEUED');
    await stop();
    expect(seenBy(hers)).not.toContain('MAPPING');
  });

  it('gets no events after the session ends, and the stream ends too', async () => {
    const asking = request(await cookieOf(rae));
    const { all, hers, stop } = await bothWatching(() => requireUser(asking, 'imports:read'));
    await db().session.deleteMany({ where: { userId: rae.id } });
    await change('MAPPING');
    await all.untilStatus(publicId, 'MAPPING');
    await sleep(500);
    expect(hers.hasEnded()).toBe(true);
    expect(seenBy(hers)).not.toContain('MAPPING');
    await stop();
  });
});

it('a user may have a limited number of streams, and closing one frees its place', async () => {
  const cookie = await cookieOf(await makeUser('MEMBER', 'Greedy'));
  const other = await cookieOf(await makeUser('MEMBER', 'Modest'));
  const open = async (of = cookie) => GET(request(of), { params: Promise.resolve({}) });
  const streams = await Promise.all(Array.from({ length: streamsAPerson }, () => open()));
  expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
  const refused = await open();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const modest = await open(other);
  expect(modest.status).toBe(200);
  await streams[0]?.body?.cancel();
  const again = await open();
  expect(again.status).toBe(200);
  expect((await open()).status).toBe(429);
  for (const { body } of [...streams.slice(1), modest, again]) await body?.cancel();
});
