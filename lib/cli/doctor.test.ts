import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { db } from '../server/platform/db/client';
import { openWorkerQueue } from '../server/platform/queue/boss';

openDatabase();

/** Runs the doctor as an operator does, but from its source. */
async function examine(environment: Record<string, string> = {}, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/doctor.ts', ...args], {
    env: {
      ...process.env,
      AUTH_SECRET: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'silent',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  const [code] = await once(child, 'close');
  const secrets = [
    process.env.S3_SECRET_ACCESS_KEY,
    process.env.S3_ACCESS_KEY_ID,
    new URL(process.env.DATABASE_URL ?? '').password,
    ...Object.values(environment).filter((value) => /hidden/.test(value)),
  ];
  for (const secret of secrets) if (secret && secret.length >= 8) expect(said).not.toContain(secret);
  expect(said).not.toMatch(/hidden/);
  expect(said).not.toMatch(/X-Amz-Signature/);
  return { code: Number(code), said };
}

const line = (said: string, what: string) =>
  said.split('\n').find((text) => text.slice(6).startsWith(what)) ?? '';

describe('the doctor', () => {
  it('finds everything well where a worker runs, and only the store’s rules unknown', async () => {
    const worker = await openWorkerQueue();
    const { code, said } = await examine({}, '--origin', 'http://pages.test');
    await worker.stop({ graceful: true });
    for (const what of [
      'Environment',
      'Database',
      'Migrations',
      'COPY',
      'LISTEN',
      'Connections',
      'Clock of the database',
      'Bucket',
      'Upload',
      'Exact length',
      'Ranged reads',
      'Multipart',
      'Privacy',
      'CORS',
      'Clock of the store',
      'Worker',
    ]) {
      expect(line(said, `${what}:`), said).toMatch(/^ok/);
    }
    expect(line(said, 'Lifecycle')).toMatch(/^warn/);
    expect(said).toContain('AbortIncompleteMultipartUpload');
    // Nobody answers at pages.test.
    expect(said.match(/^fail/gm)).toHaveLength(1);
    expect(line(said, 'Web')).toMatch(/^fail/);
    expect(code).toBe(1);
  });

  it('exits with 0 when nothing is broken, and warns that CORS could not be checked', async () => {
    const worker = await openWorkerQueue();
    const { code, said } = await examine();
    await worker.stop({ graceful: true });
    expect(line(said, 'CORS')).toMatch(/^warn/);
    expect(said).not.toMatch(/^fail/m);
    expect(code).toBe(0);
  });

  it('names a secret that can be guessed, without showing it', async () => {
    const typed = 'hidden secret hidden secret hidden secret';
    expect(line((await examine({ AUTH_SECRET: typed })).said, 'AUTH_SECRET')).toMatch(/^fail.*guessed/);
    const random = randomBytes(32).toString('base64');
    const { said } = await examine({ AUTH_SECRET: random });
    expect(line(said, 'AUTH_SECRET')).toMatch(/^ok/);
    expect(said).not.toContain(random);
  });

  it('misses a worker', async () => {
    const { code, said } = await examine();
    expect(line(said, 'Workers')).toMatch(/^fail.*imports wait/);
    expect(said).toContain('npm run worker');
    expect(code).toBe(1);
  });

  it('names a migration that is not applied', async () => {
    const [last] = await db().$queryRaw<{ name: string }[]>`
      delete from _prisma_migrations where migration_name = (select max(migration_name) from _prisma_migrations)
      returning migration_name as name`;
    const { code, said } = await examine();
    expect(line(said, 'Migrations')).toContain(last?.name);
    expect(said).toContain('npm run release');
    expect(code).toBe(1);
    const restore = `insert into _prisma_migrations (id, migration_name, checksum, finished_at, applied_steps_count)
      values (gen_random_uuid(), $1, '', now(), 1)`;
    await db().$executeRawUnsafe(restore, last?.name);
  });

  it('says what is wrong with variables before anything else', async () => {
    const { code, said } = await examine({ DATABASE_POOL: 'many', S3_BUCKET: 'x' });
    expect(line(said, 'Environment: DATABASE_POOL')).toMatch(/^fail/);
    expect(line(said, 'Environment: S3_BUCKET')).toMatch(/^fail/);
    expect(line(said, 'Database:')).toBe('');
    expect(code).toBe(1);
  });

  it('shows no secret of a database or store that refuses it, and goes on after the first failure', async () => {
    const url = new URL(process.env.DATABASE_URL ?? '');
    url.password = 'hidden-%40password';
    url.username = 'nobody_of_this_name';
    const { code, said } = await examine({
      DATABASE_URL: url.href,
      S3_SECRET_ACCESS_KEY: 'hidden-secret-key',
    });
    expect(line(said, 'Database:')).toMatch(/^fail.*cannot be reached/);
    expect(line(said, 'Upload')).toMatch(/^fail.*403/);
    expect(code).toBe(1);
  });

  it('finds a store that gives files to everybody, takes any length and tells no page that it may come in', async () => {
    const stored = new Map<string, Buffer>();
    const server = createServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const found = stored.get(path);
        if (request.method === 'PUT') stored.set(path, Buffer.concat(pieces));
        else if (request.method === 'DELETE') stored.delete(path);
        else if (request.method !== 'OPTIONS' && !found) response.statusCode = 404;
        response.setHeader('etag', '"1"');
        response.setHeader('date', new Date(Date.now() - 20 * 60_000).toUTCString());
        response.end(request.method === 'GET' ? found : undefined);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = server.address();
    if (typeof at !== 'object' || at === null) throw new Error('The server has no port.');
    const { code, said } = await examine(
      { S3_ENDPOINT: `http://127.0.0.1:${at.port}` },
      '--origin',
      'http://127.0.0.1:9',
    );
    server.close();
    expect(line(said, 'Privacy')).toMatch(/^fail/);
    expect(line(said, 'Exact length')).toMatch(/^fail/);
    expect(line(said, 'CORS')).toMatch(/^fail.*may not upload/);
    expect(line(said, 'Ranged reads')).toMatch(/^fail/);
    expect(line(said, 'Clock of the store')).toMatch(/^fail.*1[12]\d\d s behind/);
    expect(stored.size).toBe(0);
    expect(code).toBe(1);
  });

  it('says that a bucket is missing', async () => {
    const { code, said } = await examine({ S3_BUCKET: 'nobody-made-this' });
    expect(line(said, 'Bucket:')).toMatch(/^fail.*no bucket “nobody-made-this”/);
    expect(said).toContain('Create it');
    expect(line(said, 'Upload')).toBe('');
    expect(code).toBe(1);
  });

  it('says of a database without tables that it was never brought up to date, and nothing of COPY', async () => {
    const name = `empty_${randomUUID().replaceAll('-', '')}`;
    await db().$executeRawUnsafe(`create database ${name}`);
    const url = new URL(process.env.DATABASE_URL ?? '');
    url.pathname = `/${name}`;
    const { code, said } = await examine({ DATABASE_URL: url.href });
    await db().$executeRawUnsafe(`drop database ${name} with (force)`);
    expect(line(said, 'Migrations:')).toMatch(/^fail.*never brought up to date/);
    expect(said).toContain('npm run release');
    expect(said).not.toMatch(/COPY|SQL views/);
    expect(said.match(/^fail/gm)).toHaveLength(1);
    expect(line(said, 'LISTEN:')).toMatch(/^ok/);
    expect(code).toBe(1);
  });

  it('says that the clock is wrong where a store refuses signatures for it, and nothing of keys', async () => {
    const server = createServer((request, response) => {
      response.setHeader('date', new Date(Date.now() + 40 * 60_000).toUTCString());
      response.statusCode = 403;
      request.resume();
      request.on('end', () =>
        response.end(
          request.method === 'HEAD' ? undefined : '<Error><Code>RequestTimeTooSkewed</Code></Error>',
        ),
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = server.address();
    if (typeof at !== 'object' || at === null) throw new Error('The server has no port.');
    const { code, said } = await examine({ S3_ENDPOINT: `http://127.0.0.1:${at.port}` });
    server.close();
    expect(line(said, 'Clock of the store')).toMatch(/^fail.*2[34]\d\d s ahead/);
    expect(said).toContain('NTP');
    expect(line(said, 'Bucket')).toBe('');
    expect(said).not.toMatch(/check the key|the key itself/i);
    expect(code).toBe(1);
  });

  it('has nothing to configure where everything is embedded', async () => {
    const unset = { DATABASE_URL: '', S3_BUCKET: '', SLUICE_DIR: '/tmp/no-sluice-here' };
    const { code, said } = await examine(unset);
    expect(line(said, 'Set-up')).toMatch(/^warn.*no Sluice runs/);
    expect(code).toBe(0);
  });
});
