import { loadEnvFile, localEnv } from '../env';
import { bringUp } from '../local/bring-up';
import { buildIfStale } from '../local/build';
import { findRunning, noteRunning } from '../local/running';

/**
 * A Sluice to talk to: the one at the address, or the one that runs on this folder, or one brought up for now.
 * @returns its address, and what to call when done
 */
export async function connect(address: string | undefined): Promise<{ url: string; leave(): Promise<void> }> {
  if (address) return { url: address, leave: async () => undefined };
  loadEnvFile();
  const { SLUICE_DIR: folder } = localEnv();
  const running = await findRunning(folder);
  if (running) return { url: running.url, leave: async () => undefined };
  await buildIfStale();
  process.env.LOG_LEVEL ??= 'warn';
  const sluice = await bringUp({ folder, port: 0, host: '127.0.0.1', logs: 'ignore' });
  const forget = await noteRunning(folder, sluice.url);
  const leave = async () => {
    await sluice.stop();
    await forget();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave().then(() => process.exit(130)));
  }
  return { url: sluice.url, leave };
}
