import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bringUp } from '@/lib/local/bring-up';
import { buildIfStale } from '@/lib/local/build';
import { noteRunning } from '@/lib/local/running';
import { openTemporaryFolder } from './temporary-folder';
import { firstVisit } from './visit';

/** The owner's cookies: what every test is signed in with unless it says otherwise. */
export const ownerState = 'e2e/results/owner.json';

/** Brings up the whole of Sluice, as `npm start` does, on a folder and a port of its own, and makes its owner. */
export default async function setup(): Promise<() => Promise<void>> {
  await buildIfStale();
  const folder = await openTemporaryFolder('sluice-e2e-');
  process.env.LOG_LEVEL ??= 'warn';
  // Tests play the proxy in front.
  process.env.TRUST_PROXY = 'loopback';
  const sluice = await bringUp({
    folder,
    port: 0,
    host: '127.0.0.1',
    logs: process.env.DEBUG ? 'inherit' : 'ignore',
  });
  await noteRunning(folder, sluice);
  const { cookies, cookie } = await firstVisit(sluice);
  await mkdir(dirname(ownerState), { recursive: true });
  await writeFile(ownerState, JSON.stringify({ cookies, origins: [] }), { mode: 0o600 });
  process.env.SLUICE_COOKIE = cookie;
  process.env.SLUICE_URL = sluice.url;
  process.env.SLUICE_E2E_FOLDER = folder;
  process.env.SLUICE_STORE = sluice.environment.S3_ENDPOINT;
  return async () => {
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
