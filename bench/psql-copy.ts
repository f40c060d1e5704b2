import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const table = `create table copied (order_id bigint, customer text, email text, ordered_on date, amount numeric, paid boolean, note text)`;

async function administer(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function runPsql(databaseUrl: string, path: string): Promise<boolean> {
  const child = spawn('psql', [databaseUrl, '-q', '-c', `\\copy copied from '${resolve(path)}' csv header`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [outcome] = await Promise.race([once(child, 'exit'), once(child, 'error')]);
  return outcome === 0;
}

/** The same stream without psql, where it is not installed. */
async function copyByHand(databaseUrl: string, path: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await pipeline(
    createReadStream(path, { highWaterMark: 1 << 18 }),
    client.query(copyFrom('copy copied from stdin csv header')),
  );
  await client.end();
}

/** Makes the table `copied`, and has the file in it. */
export async function copyInto(databaseUrl: string, path: string): Promise<void> {
  await administer(databaseUrl, `drop table if exists copied; ${table}`);
  await fill(databaseUrl, path);
}

async function fill(databaseUrl: string, path: string): Promise<void> {
  if (!(await runPsql(databaseUrl, path))) await copyByHand(databaseUrl, path);
}

/** Seconds that `psql \copy` takes for the file into a typed table without any check of ours. */
export async function measureCopy(databaseUrl: string, path: string): Promise<number> {
  await administer(databaseUrl, `drop table if exists copied; ${table}`);
  const begin = performance.now();
  await fill(databaseUrl, path);
  const seconds = (performance.now() - begin) / 1000;
  await administer(databaseUrl, 'drop table copied');
  return seconds;
}
