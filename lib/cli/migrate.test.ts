import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '@/lib/local/run-services';
import { openDatabase } from '@/testing/environment';

openDatabase();

it('the release step waits for a database that starts at the same time', async () => {
  const { DATABASE_URL: given = '', ...others } = process.env;
  const real = new URL(given);
  const early = new URL(given);
  early.port = String(await freePort());
  const release = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/migrate.ts'], {
    env: { ...others, DATABASE_URL: early.href },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', error: '' };
  release.stdout.on('data', (piece: Buffer) => (said.out += piece.toString()));
  const waits = new Promise<void>((resolve) =>
    release.stderr.on('data', (piece: Buffer) => {
      said.error += piece.toString();
      resolve();
    }),
  );
  const ended = once(release, 'exit');
  await Promise.race([waits, ended]);
  expect(said.error).toMatch(
    /^The database does not answer yet, waiting for a minute: .*Can't reach database server/,
  );
  expect(said.error).not.toContain(real.password || 'no password');
  const database = createServer((socket) => {
    const upstream = connect(Number(real.port), real.hostname);
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) end.on('error', () => undefined);
  }).listen(Number(early.port), '127.0.0.1');
  try {
    expect(await ended, said.error).toEqual([0, null]);
    expect(said.out).toBe('The database is up to date.\n');
  } finally {
    database.close();
  }
});
