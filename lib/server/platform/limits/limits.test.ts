import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { cancelImport } from '@/lib/server/imports/cancel-import';
import { createImport } from '@/lib/server/imports/create-import';
import type { User } from '@/lib/server/platform/user';
import { openDatabase } from '@/testing/environment';
import { upload } from '@/worker/testing/run-import';
import { db } from '../db/client';
import { env } from '../env';
import { AppError } from '../errors';
import { countRequest, countSignIn, countVisitor, purgeExpiredCounts } from './count-request';
import { holdingFiles } from './upload-quota';

openDatabase();

let people = 0;
async function person(): Promise<User> {
  const name = `Person ${++people}`;
  return db().user.create({
    data: { name, email: `${people}@limits.test` },
    select: { id: true, name: true, role: true },
  });
}

const csv = (fileSize: number) => ({ fileName: 'a.csv', fileSize });
const megabytes = 1_000_000;

/** With some limits set otherwise, as an operator sets them. */
async function limited(limits: Partial<ReturnType<typeof env>>, work: () => Promise<void>): Promise<void> {
  const before = { ...env() };
  Object.assign(env(), limits);
  try {
    await work();
  } finally {
    Object.assign(env(), before);
  }
}

describe('a quota', () => {
  it('is of a person’s bytes, on their way or stored, and says the figures', async () => {
    const user = await person();
    await limited({ MAX_USER_BYTES: 10 * megabytes }, async () => {
      await createImport(csv(6 * megabytes), user);
      const refused = createImport(csv(5 * megabytes), user);
      await expect(refused).rejects.toMatchObject({ code: 'too-large' });
      await expect(refused).rejects.toThrow(/has 5 MB.* have 6 MB .* at most 10 MB .*MAX_USER_BYTES/);
      await createImport(csv(4 * megabytes), user);
      await createImport(csv(5 * megabytes), await person());
    });
  });

  it('counts a finished file, and no longer one that was cancelled', async () => {
    const user = await person();
    const content = Buffer.alloc(1_000, 'a,b\n');
    await limited({ MAX_USER_BYTES: 1_500 }, async () => {
      const id = await upload(content, 'a.csv', user);
      await expect(createImport(csv(1_000), user)).rejects.toMatchObject({ code: 'too-large' });
      await cancelImport(id, user);
      await createImport(csv(1_000), user);
    });
  });

  it('is of all people’s bytes together', async () => {
    const { _sum } = await db().import.aggregate({ where: holdingFiles, _sum: { fileSize: true } });
    await limited({ MAX_TOTAL_BYTES: Number(_sum.fileSize) + 999 }, async () => {
      await createImport(csv(900), await person());
      await expect(createImport(csv(900), await person())).rejects.toThrow(/MAX_TOTAL_BYTES/);
    });
  });

  it('is of open uploads, and holds when fifty are opened at once', async () => {
    const user = await person();
    await limited({ MAX_USER_UPLOADS: 7 }, async () => {
      const opened = await Promise.allSettled(Array.from({ length: 50 }, () => createImport(csv(100), user)));
      expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
      const refused = opened.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      for (const error of refused) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({ code: 'too-many-requests', retryAfter: 10 });
        expect(error.message).toContain('You have 7 uploads open');
      }
      expect(await db().import.count({ where: { userId: user.id } })).toBe(7);
    });
  });

  it('is of all open uploads together', async () => {
    const open = await db().import.count({ where: { status: 'UPLOADING' } });
    await limited({ MAX_TOTAL_UPLOADS: open + 1 }, async () => {
      await createImport(csv(100), await person());
      await expect(createImport(csv(100), await person())).rejects.toThrow(/MAX_TOTAL_UPLOADS/);
    });
  });

  it('is of one file', async () => {
    await limited({ MAX_FILE_BYTES: 2 * megabytes }, async () => {
      await expect(createImport(csv(3 * megabytes), await person())).rejects.toThrow(/has 3 MB.* up to 2 MB/);
    });
  });
});

describe('a rate', () => {
  // Every kind of limit is read when its first request comes: 120 imports, 600 changes.
  const begin = (user: User) => countRequest('POST', '/api/v1/imports', user);

  it('lets through as many as it says, then says how long to wait, and does so for one person alone', async () => {
    const [eager, other] = [await person(), await person()];
    const all = await Promise.allSettled(Array.from({ length: 130 }, () => begin(eager)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(120);
    const refused = begin(eager);
    await expect(refused).rejects.toMatchObject({ code: 'too-many-requests' });
    await expect(refused).rejects.toThrow(
      /more than 120 imports begun by one person in a minute.*RATE_IMPORTS.*Go on in \d+ s/,
    );
    const { retryAfter } = await begin(eager).then(
      () => ({ retryAfter: 0 }),
      (error: AppError) => error,
    );
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    await begin(other);
    // Other things that the eager one does are counted apart.
    await countRequest('POST', '/api/v1/imports/x/undo', eager);
  });

  it('counts reading not at all', async () => {
    const reader = await person();
    await countRequest('GET', '/api/v1/imports', reader);
    expect(await db().requestCount.count({ where: { key: { contains: reader.id } } })).toBe(0);
  });

  it('is one over all processes, and over when its minute is', async () => {
    const user = await person();
    const elsewhere = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        `import { countRequest } from '@/lib/server/platform/limits/count-request';
         import { closeDb } from '@/lib/server/platform/db/client';
         const user = { id: '${user.id}', name: '', role: 'MEMBER' };
         for (let i = 0; i < 119; i++) await countRequest('POST', '/api/v1/imports', user);
         await closeDb();`,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    expect((await once(elsewhere, 'exit'))[0]).toBe(0);
    await begin(user);
    await expect(begin(user)).rejects.toMatchObject({ code: 'too-many-requests' });

    const second = await person();
    await begin(second);
    await db().requestCount.updateMany({ data: { expire: Date.now() - 1 } });
    expect(await purgeExpiredCounts(new Date())).toBeGreaterThan(0);
    await begin(second);
    const found = await db().requestCount.findMany({ where: { key: { contains: second.id } } });
    expect(found.map(({ points }) => points)).toEqual([1]);
  });

  const from = (address: string, method = 'POST') =>
    new Request('http://sluice.test/', { method, headers: { 'x-forwarded-for': address } });

  it('of failed attempts to sign in is by e-mail address and network, and forgotten when one succeeds', async () => {
    const attempt = (email: string, address = '192.0.2.7') => countSignIn(email, from(address));
    for (let i = 0; i < 9; i++) await attempt('Ann@limits.test');
    const succeeded = await attempt('ann@limits.test ');
    await expect(attempt('ann@limits.test')).rejects.toThrow(/more than 10 failed attempts.*in 5 minutes/);
    // Ann herself, elsewhere, is not kept out by whoever guesses there.
    await attempt('ann@limits.test', '192.0.2.8');
    await attempt('bob@limits.test');
    await succeeded();
    await attempt('ann@limits.test');
    const keys = await db().requestCount.findMany({ where: { key: { startsWith: 'sign-ins' } } });
    expect(keys.length).toBeGreaterThan(2);
    expect(JSON.stringify(keys.map(({ key }) => key))).not.toMatch(/ann@|bob@|limits\.test/i);
  });

  it('takes the addresses of one IPv6 network for one', async () => {
    const attempt = (address: string) => countSignIn('eve@limits.test', from(address));
    const network = [
      '2001:db8:0:7::1',
      '2001:db8:0:7:ffff::',
      '2001:0db8:0000:0007:1:2:3:4',
      '2001:db8:0:7::',
    ];
    for (let i = 0; i < 10; i++) await attempt(network[i % 4] ?? '');
    await expect(attempt('2001:db8:0:7:9::9')).rejects.toMatchObject({ code: 'too-many-requests' });
    for (const other of ['2001:db8:0:8::1', '2001:db8::7', '::7', '::']) await attempt(other);
  });

  it('of requests without a session is by the address that the nearest proxy tells', async () => {
    const visit = (address: string, method = 'POST') => countVisitor(from(address, method));
    for (let i = 0; i < 120; i++) await visit(`10.9.9.${i}, 192.0.2.1`);
    await expect(visit('10.9.9.250, 192.0.2.1')).rejects.toMatchObject({ code: 'too-many-requests' });
    await visit('192.0.2.1, 192.0.2.2');
    await visit('10.9.9.250, 192.0.2.1', 'GET');
  });
});
