import { bringUp } from '../../local/bring-up';
import { buildIfStale } from '../../local/build/build';
import { findRunning, noteRunning } from '../../local/processes/running';
import { signLocalCredential } from '../../server/identity/auth/sign-credential';
import { loadEnvFile, localEnv } from '../../server/platform/env';
import type { Server } from './api';

export interface Connection {
  server: Server;
  /** Call it when done. */
  leave(): Promise<void>;
}

const stay = async () => undefined;

/**
 * A Sluice to talk to: the one at the address, or the one that runs on this folder, or one brought up for now. To
 * one elsewhere SLUICE_TOKEN says who asks. Of this folder’s the command line is the owner: it can read the key that
 * lies there.
 * @throws Error when it is elsewhere and there is no token
 */
export async function connect(address: string | undefined): Promise<Connection> {
  loadEnvFile();
  const { SLUICE_DIR: folder, SLUICE_TOKEN: token } = localEnv();
  const running = await findRunning(folder);
  if (address && new URL(address).origin !== running?.url) {
    if (!token) {
      throw new Error(
        `No API token is given. Create one on your account page at ${address}, and set SLUICE_TOKEN to it.`,
      );
    }
    return { server: { url: address, credential: () => token }, leave: stay };
  }
  if (running) return { server: serverOf(running), leave: stay };
  await buildIfStale();
  process.env.LOG_LEVEL ??= 'warn';
  const sluice = await bringUp({ folder, port: 0, host: '127.0.0.1', logs: 'ignore' });
  const forget = await noteRunning(folder, sluice);
  const leave = async () => {
    await sluice.stop();
    await forget();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave().then(() => process.exit(130)));
  }
  return { server: serverOf(sluice), leave };
}

function serverOf({ url, key }: { url: string; key: string }): Server {
  return { url, credential: () => signLocalCredential(key) };
}
