import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FullConfig } from '@playwright/test';
import { bringUp } from '@/lib/local/bring-up';
import { buildIfStale } from '@/lib/local/build/build';
import { noteRunning } from '@/lib/local/processes/running';
import { openTemporaryFolder } from './temporary-folder';
import { firstVisit } from './visit';

/** Which of Playwright's workers this is: each has a Sluice of its own, so that no file sees what another does. */
const worker = process.env.TEST_PARALLEL_INDEX ?? '0';

const ownerStateOf = (index: string | number) => `e2e/results/owner-${index}.json`;

/** The owner's cookies: what every test is signed in with unless it says otherwise. */
export const ownerState = ownerStateOf(worker);

/** In a worker: tells its tests of its own Sluice. */
export function chooseOwnSluice(): void {
  for (const name of ['SLUICE_URL', 'SLUICE_COOKIE', 'SLUICE_E2E_FOLDER', 'SLUICE_STORE']) {
    const value = process.env[`${name}_${worker}`];
    if (value !== undefined) process.env[name] = value;
  }
}

/**
 * Brings up the whole of Sluice for each worker, as `npm start` does, on a folder and ports of its own, and makes its
 * owner.
 */
export default async function setup({ workers }: FullConfig): Promise<() => Promise<void>> {
  await buildIfStale();
  process.env.LOG_LEVEL ??= 'warn';
  // Tests play the proxy in front.
  process.env.TRUST_PROXY = 'loopback';
  const stops = await Promise.all(Array.from({ length: workers }, (_, index) => setUpWorker(index)));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

async function setUpWorker(index: number): Promise<() => Promise<void>> {
  const folder = await openTemporaryFolder('sluice-e2e-');
  const sluice = await bringUp({
    folder,
    port: 0,
    host: '127.0.0.1',
    logs: process.env.DEBUG ? 'inherit' : 'ignore',
  });
  await noteRunning(folder, sluice);
  const { cookies, cookie } = await firstVisit(sluice);
  await mkdir(dirname(ownerState), { recursive: true });
  await writeFile(ownerStateOf(index), JSON.stringify({ cookies, origins: [] }), { mode: 0o600 });
  Object.assign(process.env, {
    [`SLUICE_URL_${index}`]: sluice.url,
    [`SLUICE_COOKIE_${index}`]: cookie,
    [`SLUICE_E2E_FOLDER_${index}`]: folder,
    [`SLUICE_STORE_${index}`]: sluice.environment.S3_ENDPOINT,
  });
  return async () => {
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
