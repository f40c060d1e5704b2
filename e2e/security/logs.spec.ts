import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { bringUp } from '@/lib/local/bring-up';
import { MiB } from '@/lib/shared/bytes';
import type { MadeToken } from '@/lib/shared/schema/user/users';
import { Caller } from '@/testing/over-http';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { firstVisit, ownerOfTests, signInAt } from '@/testing/visit';

test('neither a cell value nor a signed address nor a secret is logged, whatever happens to an import', async () => {
  test.setTimeout(120_000);
  const folder = await openTemporaryFolder('sluice-logs-');
  const level = process.env.LOG_LEVEL;
  process.env.LOG_LEVEL = 'debug';
  const sluice = await bringUp({ folder, port: 0, host: '127.0.0.1', logs: 'pipe' });
  if (level === undefined) delete process.env.LOG_LEVEL;
  else process.env.LOG_LEVEL = level;
  let logged = '';
  for (const { stdout, stderr } of [sluice.web, sluice.worker]) {
    for (const stream of [stdout, stderr])
      stream?.on('data', (piece: Buffer) => (logged += piece.toString()));
  }
  const marker = 'Recognisable4711';
  try {
    const { cookie } = await firstVisit(sluice);
    const me = new Caller(sluice.url, cookie);
    const { token } = await me.call<MadeToken>('POST', '/api/v1/account/tokens', {
      name: 'logged?',
      scopes: ['imports:read'],
      days: 1,
    });
    const withToken = (path: string) =>
      fetch(new URL(path, sluice.url), { headers: { authorization: `Bearer ${token}` } });
    expect((await withToken('/api/v1/imports')).status).toBe(200);
    expect((await withToken('/api/v1/datasets')).status).toBe(403);
    const rows = Array.from({ length: 1_200 }, (_, i) => `${i},${marker} ${i}`).join('\n');
    const inspected = await me.upload('marked.csv', `n,${marker}-column\n${rows}\n${marker},rejected\n`);
    await me.call('POST', `/api/v1/imports/${inspected.id}/start`, me.confirmation(inspected, 'Marked'));
    const done = await me.until(inspected.id, ['COMPLETED', 'FAILED']);
    expect(done.rows).toMatchObject({ inserted: 1_200, rejected: 1 });
    const source = await me.ask('GET', `/api/v1/imports/${done.id}/source`);
    const signed = source.headers.get('location') ?? '';
    for (const path of [
      `/api/v1/datasets/${done.dataset?.slug}/export?format=csv`,
      `/api/v1/datasets/${done.dataset?.slug}/rows`,
      `/api/v1/imports/${done.id}/rejections/export`,
      `/api/v1/imports?q=${marker}`,
      `/api/v1/imports/${marker}`,
      '/imports',
    ]) {
      await (await me.ask('GET', path)).text();
    }
    // A file that cannot be read, parts that are not there, what is no JSON, and a wrong password.
    const unread = await me.upload(
      'bad.csv',
      `a,b\n1,2\n"${marker}${'x'.repeat(200)}\n${'y,z\n'.repeat(300_000)}`,
    );
    await me.call('POST', `/api/v1/imports/${unread.id}/start`, me.confirmation(unread, 'Unread'));
    expect((await me.until(unread.id, ['COMPLETED', 'FAILED'])).failure?.reason).toBe('UNCLOSED_QUOTE');
    const large = await me.create('large.csv', 20 * MiB);
    await me.ask('POST', `/api/v1/imports/${large.import.id}/upload/completion`, { marker });
    await me.ask('POST', `/api/v1/imports/${large.import.id}/upload/parts`, { partNumbers: [1], marker });
    await me.ask('POST', '/api/v1/imports', { fileName: 5, marker });
    const wrong = signInAt(sluice.url, ownerOfTests.email, `${marker} password`);
    await expect(wrong).rejects.toThrow('401');
    // A database that is gone in the middle of it: errors with everything that hangs on them.
    await sluice.services?.crashDatabase();
    await Promise.allSettled(Array.from({ length: 10 }, () => me.ask('GET', `/api/v1/imports?q=${marker}`)));
    await Promise.allSettled(Array.from({ length: 10 }, () => withToken('/api/v1/imports')));
    await expect.poll(() => logged.length).toBeGreaterThan(0);

    const secrets = {
      'a cell value': marker,
      'a signature': new URL(signed).searchParams.get('X-Amz-Signature') ?? 'none',
      'any signature': 'X-Amz-Signature',
      'the cookie': cookie.split('=')[1] ?? cookie,
      'an API token': token.slice('sluice_'.length),
      'the hash of an API token': createHash('sha256').update(token).digest('hex'),
      'the password': ownerOfTests.password,
      'the store’s secret': sluice.environment.S3_SECRET_ACCESS_KEY ?? '',
    };
    for (const [what, secret] of Object.entries(secrets)) {
      expect(secret.length, what).toBeGreaterThan(3);
      const at = logged.indexOf(secret);
      expect(at < 0 ? '' : logged.slice(Math.max(0, at - 300), at + 100), what).toBe('');
    }
    // It was listened to at all.
    expect(logged).toContain('the worker is ready');
  } finally {
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
