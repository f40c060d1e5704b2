import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareDatabase } from '@/lib/server/platform/migrations/prepare-database';
import { localEnv } from '../server/platform/env';
import { keptSecret } from './folder/secret';
import { memoryVariables, webLimits, workerLimits } from './processes/process-limits';
import { SupervisedProcess } from './processes/supervised-process';
import { Watchdog } from './processes/watchdog';
import { freePort, runServices, type Services } from './run-services';

export interface Sluice {
  /** Address of the web server. */
  url: string;
  environment: Record<string, string>;
  /** With it the command line proves that it may read the folder. */
  key: string;
  /** What sessions are signed with. */
  secret: string;
  services: Services | null;
  /** The processes that run now: one that ends by itself is started again. */
  readonly web: ChildProcess;
  readonly worker: ChildProcess;
  /** Stops worker and web, then database and store. */
  stop(): Promise<void>;
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
  /** Told of every process that is started, with its logs if they are piped. */
  onProcess?(child: ChildProcess): void;
}

/** @throws Error with a sentence when somebody listens there already */
export async function assertPortFree(port: number, host: string): Promise<void> {
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
  if (options.port !== 0) await assertPortFree(options.port, options.host);
  const { DATABASE_URL: given, S3_BUCKET: bucket, AUTH_SECRET: secret } = localEnv();
  if (Boolean(given) !== Boolean(bucket)) {
    const [set, unset] = given ? ['DATABASE_URL', 'S3_BUCKET'] : ['S3_BUCKET', 'DATABASE_URL'];
    throw new Error(`${set} is set but ${unset} is not: set both, or neither for the embedded set-up.`);
  }
  const port = options.port || (await freePort());
  const services = given
    ? null
    : await runServices(options.folder, { origins: pageOrigins(port, options.host) });
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

/** Where this web server's pages are, as browsers name it: at its public address, and on this machine. */
function pageOrigins(port: number, host: string): string[] {
  const { PUBLIC_URL: address } = localEnv();
  const hosts = new Set(['localhost', '127.0.0.1', ...(host === '0.0.0.0' || host === '::' ? [] : [host])]);
  return [
    ...(address ? [new URL(address).origin] : []),
    ...[...hosts].map((name) => `http://${name}:${port}`),
  ];
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
  const start = {
    web: () =>
      options.development
        ? run(
            [resolve('node_modules/next/dist/bin/next'), 'dev', '-p', String(port), '-H', options.host],
            false,
          )
        : run([...webLimits, 'dist/web.mjs'], false),
    worker: () =>
      options.development
        ? run(['--watch-path=worker', '--watch-path=lib', '--import', 'tsx', 'worker/index.ts'], false)
        : run([...workerLimits, 'dist/worker.mjs'], true),
  };
  const watchdog = new Watchdog();
  let isUp = false;
  const keep = (name: string, of: () => ChildProcess) =>
    new SupervisedProcess({
      name,
      start: of,
      onStart: (child) => {
        watchdog.watch(name, child.pid);
        options.onProcess?.(child);
      },
      say: (sentence) => isUp && process.stderr.write(`${sentence}\n`),
    });
  const web = keep('The web server', start.web);
  const worker = keep('The worker', start.worker);
  const stop = async () => {
    await Promise.all([worker.stop(), web.stop()]);
    watchdog.stop();
    await services?.stop();
  };
  const url = `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${port}`;
  try {
    await waitUntilHealthy(url, Promise.race([web.ended, worker.ended]));
    isUp = true;
  } catch (error) {
    await stop();
    throw error;
  }
  const { LOCAL_KEY: key = '', AUTH_SECRET: secret = '' } = environment;
  return {
    url,
    environment,
    key,
    secret,
    services,
    get web() {
      return web.process;
    },
    get worker() {
      return worker.process;
    },
    stop,
  };
}
