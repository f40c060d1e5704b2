import { rm } from 'node:fs/promises';
import { bringUp } from '@/lib/local/bring-up';
import { buildIfStale } from '@/lib/local/build';
import { noteRunning } from '@/lib/local/running';
import { openTemporaryFolder } from './temporary-folder';

/** Brings up the whole of Sluice, as `npm start` does, on a folder and a port of its own. */
export default async function setup(): Promise<() => Promise<void>> {
  await buildIfStale();
  const folder = await openTemporaryFolder('sluice-e2e-');
  process.env.LOG_LEVEL ??= 'warn';
  const sluice = await bringUp({
    folder,
    port: 0,
    host: '127.0.0.1',
    logs: process.env.DEBUG ? 'inherit' : 'ignore',
  });
  await noteRunning(folder, sluice);
  process.env.SLUICE_URL = sluice.url;
  process.env.SLUICE_E2E_FOLDER = folder;
  process.env.SLUICE_STORE = sluice.environment.S3_ENDPOINT;
  return async () => {
    await sluice.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
