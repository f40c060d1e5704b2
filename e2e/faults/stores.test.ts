import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { freePort } from '@/lib/local/run-services';
import { openDatabase } from '../setup/environment';
import { storeTests } from './store-tests';

openDatabase();
describe('the embedded store', storeTests);

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
    const { store } = await import('@/lib/storage/client');
    const { closeDb } = await import('@/lib/db/client');
    let folder: string;
    beforeAll(async () => {
      // The client is kept across modules, and knows only the streams of those that made it.
      await closeDb();
      folder = await mkdtemp(join(tmpdir(), 'sluice-swift-'));
      const said = execFileSync(script, ['start', folder, String(await freePort())], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const lines = said.split('\n').filter((line) => line.startsWith('S3_'));
      Object.assign(process.env, Object.fromEntries(lines.map((line) => line.split('='))));
      await store().send(new CreateBucketCommand({ Bucket: process.env.S3_BUCKET }));
    }, 180_000);
    afterAll(async () => {
      execFileSync(script, ['stop', folder]);
      await rm(folder, { recursive: true, force: true });
    });
    swift.storeTests();
  });
}
