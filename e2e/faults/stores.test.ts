import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { storeTests } from './store-tests';

openDatabase();
describe('the embedded store', storeTests);

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    async () => {
      server.close();
      await once(server, 'close');
      return true;
    },
    () => false,
  );
}

/** Swift listens on four ports in a row: below those that the system hands out, so that nobody is given one meanwhile. */
async function fourFreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await Promise.all([0, 1, 2, 3].map((i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('No four free ports in a row were found.');
}

/** The script waits for Swift's front alone; what is behind it may take seconds more on a busy machine. */
async function untilReady(work: () => Promise<unknown>, seconds: number): Promise<void> {
  for (const until = Date.now() + seconds * 1000; ; await sleep(500)) {
    try {
      await work();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

/**
 * OpenStack Swift with its S3 API, where the script that starts it is at hand: a store that is not ours at all.
 * It installs Debian's packages, so only root can run it.
 */
const script = '../shared/s3/swift-s3';
if (existsSync(script) && process.getuid?.() === 0) {
  describe('Swift', async () => {
    // The environment is read once: these tests get modules of their own, which read it after it was changed.
    vi.resetModules();
    const swift = await import('./store-tests');
    const { store } = await import('@/lib/server/platform/storage/client');
    const { closeDb } = await import('@/lib/server/platform/db/client');
    let folder: string;
    beforeAll(async () => {
      // The client is kept across modules, and knows only the streams of those that made it.
      await closeDb();
      folder = await mkdtemp(join(tmpdir(), 'sluice-swift-'));
      const said = execFileSync(script, ['start', folder, String(await fourFreePorts())], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const lines = said.split('\n').filter((line) => line.startsWith('S3_'));
      Object.assign(process.env, Object.fromEntries(lines.map((line) => line.split('='))));
      await untilReady(() => store().send(new CreateBucketCommand({ Bucket: process.env.S3_BUCKET })), 60);
    }, 180_000);
    afterAll(async () => {
      execFileSync(script, ['stop', folder]);
      await rm(folder, { recursive: true, force: true });
    });
    swift.storeTests();
  });
}
