import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { openSocketFolder } from './postgres/socket-folder';
import { SupervisedProcess } from './processes/supervised-process';
import type { ServiceSettings } from './services';

export interface Services {
  /** The variables that web and worker need. They stay as they are when a service is started again. */
  environment: Record<string, string>;
  /** Process id of the child that holds them. */
  readonly pid: number;
  /** Makes another database on the same server. @returns its connection string */
  database(name: string): Promise<string>;
  /** Stops the database as a power cut would, and waits until it runs again: for tests of what survives that. */
  crashDatabase(): Promise<void>;
  /** Stops both; resolves when they are gone. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** Where Sluice's pages are, which may talk to the store. */
  origins?: string[];
  /** Has the database listen on 127.0.0.1 where it would at a socket: tests put proxies before it. */
  tcp?: boolean;
}

/** A port that is free on 127.0.0.1 at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No free port was found.');
  return address.port;
}

const answer = z.union([
  z.object({ environment: z.record(z.string(), z.string()) }),
  z.object({ databaseUrl: z.string() }),
  z.object({ crashed: z.literal(true) }),
  z.object({ error: z.string() }),
]);

const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);

/** The next thing that the child says. @throws Error with its sentence, or when it ends */
async function nextFrom(child: ChildProcess) {
  const gone = new AbortController();
  const ended = once(child, 'exit', { signal: gone.signal }).then(() => [
    { error: 'The embedded database and store stopped unexpectedly.' },
  ]);
  ended.catch(() => undefined);
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: gone.signal }), ended]);
    const said = answer.parse(message);
    if ('error' in said) throw new Error(said.error);
    return said;
  } finally {
    gone.abort();
  }
}

/**
 * Brings up the embedded PostgreSQL and S3 in a process of their own, and again whenever that process ends by itself.
 * @param folder where their data lives, e.g. `.sluice`
 * @throws Error with a sentence that says what to do
 */
export async function runServices(folder: string, options: ServiceOptions = {}): Promise<Services> {
  const place = resolve(folder);
  const socket = options.tcp ? null : await openSocketFolder(place);
  const settings: ServiceSettings = {
    folder: place,
    listening: socket ? { socketFolder: socket.path } : { port: await freePort() },
    store: {
      port: await freePort(),
      // Drawn anew at every start, so that none is well known.
      key: {
        accessKeyId: randomBytes(10).toString('hex'),
        secretAccessKey: randomBytes(30).toString('base64url'),
      },
      origins: options.origins ?? [],
    },
  };
  const started = Promise.withResolvers<Record<string, string>>();
  let isUp = false;
  const kept = new SupervisedProcess({
    name: 'The process of the embedded database and store',
    start: () =>
      fork(resolve('lib/local/services.ts'), {
        execArgv: ['--import', 'tsx'],
        // A group of its own, so that Ctrl-C in the terminal does not reach it before web and worker are done.
        detached: true,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    onStart: (child) => {
      child.send(settings);
      nextFrom(child).then(
        (said) => {
          if ('environment' in said) started.resolve(said.environment);
        },
        (error: unknown) => {
          started.reject(error);
          if (isUp) say(error instanceof Error ? error.message : String(error));
        },
      );
    },
    // If the first start fails, the caller gets the error.
    say: (sentence) => isUp && say(sentence),
  });
  const stop = async () => {
    await kept.stop();
    await socket?.remove();
  };
  let environment: Record<string, string>;
  try {
    environment = await started.promise;
  } catch (error) {
    await stop();
    throw error;
  }
  isUp = true;
  return {
    environment,
    get pid() {
      return kept.process.pid ?? 0;
    },
    database: async (name) => {
      kept.process.send({ database: name });
      const said = await nextFrom(kept.process);
      if (!('databaseUrl' in said)) throw new Error('The embedded database returned no connection string.');
      return said.databaseUrl;
    },
    crashDatabase: async () => {
      kept.process.send('crash');
      await nextFrom(kept.process);
    },
    stop,
  };
}
