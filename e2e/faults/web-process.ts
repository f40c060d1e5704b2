import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryVariables, webLimits } from '@/lib/local/processes/process-limits';
import { freePort } from '@/lib/local/run-services';
import { signLocalCredential } from '@/lib/server/identity/auth/sign-credential';

/** A web server as production runs it, and who may ask it everything. */
export interface WebProcess {
  url: string;
  port: number;
  /** The owner's, for a few minutes. */
  headers(): Record<string, string>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
  exited: Promise<{ code: number | null; signal: string | null }>;
  log(): string;
}

const key = 'the local key of the laboratory, of no use elsewhere';

/** Starts a web server of the build that is there; resolves when it answers. */
export async function startWeb(environment: Record<string, string>, at?: number): Promise<WebProcess> {
  const port = at ?? (await freePort());
  const child = spawn(process.execPath, [...webLimits, 'dist/web.mjs'], {
    env: {
      ...process.env,
      ...memoryVariables,
      NODE_OPTIONS: '',
      AUTH_SECRET: 'the secret of the laboratory, of no use elsewhere',
      LOCAL_KEY: key,
      ...environment,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (piece: Buffer) => (log += piece.toString()));
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null) {
    const ok = await fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) {
      const headers = () => ({ authorization: `Bearer ${signLocalCredential(key)}` });
      return { url, port, headers, kill: (signal) => void child.kill(signal), exited, log: () => log };
    }
    await sleep(50);
  }
  throw new Error(`The web server did not start:\n${log}`);
}
