import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

export interface Services {
  /** The variables that web and worker need. */
  environment: Record<string, string>;
  /** Process id of the child that holds them. */
  pid: number;
  /** Makes another database on the same server. @returns its connection string */
  database(name: string): Promise<string>;
  /** Stops the database as a power cut would and starts it again: for tests of what survives that. */
  crashDatabase(): Promise<void>;
  /** Stops both; resolves when they are gone. */
  stop(): Promise<void>;
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

/**
 * Brings up the embedded PostgreSQL and S3 in a process of their own.
 * @param folder where their data lives, e.g. `.sluice`
 * @throws Error with a sentence that says what to do
 */
export async function runServices(folder: string): Promise<Services> {
  const [postgresPort, storePort] = [await freePort(), await freePort()];
  const child = fork(
    resolve('lib/local/services.ts'),
    [resolve(folder), String(postgresPort), String(storePort)],
    {
      execArgv: ['--import', 'tsx'],
      // A group of its own, so that Ctrl-C in the terminal does not reach it before web and worker are done.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const exited = once(child, 'exit');
  const ask = async () => {
    const [message] = await Promise.race([
      once(child, 'message'),
      exited.then(() => [{ error: 'The embedded database and store stopped unexpectedly.' }]),
    ]);
    const said = answer.parse(message);
    if ('error' in said) throw new Error(said.error);
    return said;
  };
  const started = await ask();
  if (!('environment' in started) || child.pid === undefined)
    throw new Error('The embedded services gave no address.');
  return {
    environment: started.environment,
    pid: child.pid,
    database: async (name) => {
      child.send({ database: name });
      const said = await ask();
      if (!('databaseUrl' in said)) throw new Error('The embedded database gave no address.');
      return said.databaseUrl;
    },
    crashDatabase: async () => {
      child.send('crash');
      await ask();
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await exited;
      }
    },
  };
}
