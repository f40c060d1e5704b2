import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareDatabase } from '@/prisma/prepare';
import { localEnv } from '../env';
import { memoryVariables, webLimits, workerLimits } from './process-limits';
import { freePort, runServices, type Services } from './run-services';
import { keptSecret } from './secret';

export interface Sluice {
  /** Address of the web server. */
  url: string;
  environment: Record<string, string>;
  /** With it the command line proves that it may read the folder. */
  key: string;
  /** What sessions are signed with. */
  secret: string;
  services: Services | null;
  web: ChildProcess;
  worker: ChildProcess;
  /** Stops worker and web, then database and store. */
  stop(): Promise<void>;
  /** Resolves with a sentence when one of the processes ends by itself. */
  ended: Promise<string>;
}

export interface BringUpOptions {
  /** Folder of the embedded database and store. */
  folder: string;
  /** 0: any free port. */
  port: number;
  host: string;
  /** `next dev` and a worker that restarts when its code changes, instead of the production build. */
  development?: boolean;
  /** Where the processes' logs go: to this terminal, to whoever reads them, or nowhere. */
  logs?: 'inherit' | 'pipe' | 'ignore';
}

/** @throws Error with a sentence when somebody listens there already */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  const server = createServer();
  const taken = new Promise<never>((_resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE';
      reject(
        new Error(
          busy
            ? `Port ${port} is in use by another program. Choose another one: PORT=${port + 1} npm start`
            : `Port ${port} cannot be used: ${error.message}`,
        ),
      );
    });
  });
  server.listen(port, host);
  await Promise.race([once(server, 'listening'), taken]);
  server.close();
  await once(server, 'close');
}

async function waitUntilHealthy(url: string, ended: Promise<string>): Promise<void> {
  for (;;) {
    const outcome = await Promise.race([
      fetch(`${url}/api/health`).then(
        (answer) => answer.ok,
        () => false,
      ),
      ended,
    ]);
    if (typeof outcome === 'string') throw new Error(outcome);
    if (outcome) return;
    await sleep(100);
  }
}

/**
 * Brings up everything: embedded database and store unless the environment names others, migrations, web and
 * worker. Resolves when the web server answers.
 */
export async function bringUp(options: BringUpOptions): Promise<Sluice> {
  if (options.port !== 0) await refuseTakenPort(options.port, options.host);
  const { DATABASE_URL: given, S3_BUCKET: bucket, AUTH_SECRET: secret } = localEnv();
  if (Boolean(given) !== Boolean(bucket)) {
    const [set, unset] = given ? ['DATABASE_URL', 'S3_BUCKET'] : ['S3_BUCKET', 'DATABASE_URL'];
    throw new Error(`${set} is set but ${unset} is not: set both, or neither for the embedded set-up.`);
  }
  const services = given ? null : await runServices(options.folder);
  const port = options.port || (await freePort());
  const environment: Record<string, string> = {
    ...services?.environment,
    AUTH_SECRET: secret ?? (await keptSecret(options.folder)),
    LOCAL_KEY: randomBytes(32).toString('base64url'),
    PORT: String(port),
    HOST: options.host,
    NEXT_TELEMETRY_DISABLED: '1',
  };
  try {
    await prepareDatabase(services?.environment.DATABASE_URL ?? given ?? '');
    return await startProcesses(options, environment, services, port);
  } catch (error) {
    await services?.stop();
    throw error;
  }
}

async function startProcesses(
  options: BringUpOptions,
  environment: Record<string, string>,
  services: Services | null,
  port: number,
): Promise<Sluice> {
  const run = (args: string[], ipc: boolean) =>
    spawn(process.execPath, args, {
      env: {
        ...process.env,
        ...environment,
        ...memoryVariables,
        ...(options.development ? {} : { NODE_ENV: 'production' }),
      },
      // Groups of their own: Ctrl-C reaches only this process, which stops them in order.
      detached: true,
      stdio: [
        'ignore',
        options.logs ?? 'inherit',
        options.logs ?? 'inherit',
        ...(ipc ? (['ipc'] as const) : []),
      ],
    });
  const web = options.development
    ? run([resolve('node_modules/next/dist/bin/next'), 'dev', '-p', String(port), '-H', options.host], false)
    : run([...webLimits, 'dist/web.mjs'], false);
  const worker = options.development
    ? run(['--watch-path=worker', '--watch-path=lib', '--import', 'tsx', 'worker/index.ts'], false)
    : run([...workerLimits, 'dist/worker.mjs'], true);

  const watchdog = watchOver([web.pid, worker.pid]);
  let stopping = false;
  const ended = new Promise<string>((done) => {
    web.once('exit', (code) => stopping || done(`The web server stopped (exit code ${code}).`));
    worker.once('exit', (code) => stopping || done(`The worker stopped (exit code ${code}).`));
  });
  const stop = async () => {
    stopping = true;
    await Promise.all([stopChild(worker), stopChild(web)]);
    watchdog.kill('SIGKILL');
    await services?.stop();
  };
  const url = `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${port}`;
  try {
    await waitUntilHealthy(url, ended);
  } catch (error) {
    await stop();
    throw error;
  }
  const { LOCAL_KEY: key = '', AUTH_SECRET: secret = '' } = environment;
  return { url, environment, key, secret, services, web, worker, stop, ended };
}

/** Waits for the end of its input, asks the process groups to end, and after 25 s makes them. */
const watchdogScript = `
read -r _
kill -TERM "$@" 2>/dev/null
n=0
while [ $n -lt 25 ]; do
  alive=
  for group; do kill -0 "$group" 2>/dev/null && alive=yes; done
  [ $alive ] || exit 0
  sleep 1
  n=$((n + 1))
done
kill -KILL "$@" 2>/dev/null`;

/**
 * Ends the processes when this one is gone without a word (kill -9, a crash): a shell's input ends when nobody is
 * left who could write it.
 */
function watchOver(pids: (number | undefined)[]): ChildProcess {
  const groups = pids.filter((pid) => pid !== undefined).map((pid) => `-${pid}`);
  const watchdog = spawn('sh', ['-c', watchdogScript, 'sluice-watchdog', ...groups], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A machine without a shell does without the watchdog.
  watchdog.on('error', () => undefined);
  watchdog.unref();
  return watchdog;
}

/** SIGTERM, and SIGKILL for one that does not go within 25 s. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const late = AbortSignal.timeout(25_000);
  late.addEventListener('abort', () => child.kill('SIGKILL'));
  await exited;
}
