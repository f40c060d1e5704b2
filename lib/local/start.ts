import { z } from 'zod';
import { apiPrefix } from '@/lib/shared/api/prefix';
import { setUpCode } from '../server/identity/accounts/set-up-code';
import { loadEnvFile, localEnv } from '../server/platform/env';
import { messageOf } from '../server/platform/errors';
import { assertPortFree, bringUp } from './bring-up';
import { buildIfStale } from './build/build';
import { readableLogs } from './processes/readable-logs';
import { findRunning, noteRunning } from './processes/running';

const usage = `npm start

  Runs Sluice on this machine: database, file store, worker and web server, at http://localhost:3000 until Ctrl-C.

  PORT=4000 npm start              another port; 0: a free one
  HOST=0.0.0.0 npm start           lets other machines in as well
  SLUICE_DIR=/data/sluice npm start   where everything is kept (default: .sluice here)
  npm run dev                      the same, and pages reload when their code changes

  The same settings may stand in the file .env; .env.example lists all of them.
`;

/**
 * `npm start` (and `npm run dev`): everything on this machine. Prints one address and waits; Ctrl-C stops
 * worker, web, store and database in this order.
 */
async function main(): Promise<void> {
  const unknown = process.argv.slice(2).find((argument) => argument !== '--dev');
  if (unknown !== undefined) {
    const isAsked = unknown === '--help' || unknown === '-h';
    if (isAsked) process.stdout.write(usage);
    else process.stderr.write(`npm start takes no “${unknown}”.\n\n${usage}`);
    process.exit(isAsked ? 0 : 1);
  }
  loadEnvFile();
  const development = process.argv.includes('--dev');
  const { SLUICE_DIR: folder, PORT: port, HOST: host = '127.0.0.1' } = localEnv();
  const already = await findRunning(folder);
  if (already) throw new Error(`Sluice already runs on ${folder}: ${already.url} (process ${already.pid}).`);
  if (port !== 0) await assertPortFree(port, host);
  if (!development) await buildIfStale();

  // A terminal that was closed cannot be written to; stopping in order matters more.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const interrupt = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupt.resolve());
  }
  const sluice = await bringUp({
    folder,
    port,
    host,
    development,
    // What Next says while it develops is for people as it is.
    ...(development ? {} : { logs: 'pipe', onProcess: readableLogs(process.stderr) }),
  });
  const forget = await noteRunning(folder, sluice);
  process.stdout.write(
    `\n  Sluice is ready: ${sluice.url}\n${await firstVisit(sluice)}  Stop it with Ctrl-C.\n\n`,
  );

  await interrupt.promise;
  process.stderr.write('Stopping …\n');
  await sluice.stop();
  await forget();
  process.exit(0);
}

/** The line for a Sluice that nobody has an account on yet: its link carries the code that makes the owner. */
async function firstVisit({ url, secret }: { url: string; secret: string }): Promise<string> {
  const answer = await fetch(`${url}${apiPrefix}/setup`);
  const { needed } = z.object({ needed: z.boolean() }).parse(await answer.json());
  return needed ? `  Create your account: ${url}/setup#${setUpCode(secret)}\n` : '';
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});
