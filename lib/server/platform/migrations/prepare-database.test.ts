import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { prepareDatabase } from './prepare-database';

const name = `released_${randomUUID().replaceAll('-', '')}`;
const url = new URL(process.env.DATABASE_URL ?? '');
url.pathname = `/${name}`;

async function ask(database: string, sql: string): Promise<unknown[]> {
  const address = new URL(url);
  address.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

afterAll(() => ask('postgres', `drop database if exists ${name} with (force)`));

it('two releases at once apply every migration once, and both succeed', async () => {
  await ask('postgres', `create database ${name}`);
  const migrations = readdirSync('prisma/migrations').filter((folder) => /^\d{14}_/.test(folder));
  const applied = await Promise.all([prepareDatabase(url.href), prepareDatabase(url.href)]);
  expect(applied.flat().sort()).toEqual(migrations.sort());
  const noted = 'select migration_name, finished_at is not null from _prisma_migrations order by 1';
  expect(await ask(name, noted)).toEqual(migrations.map((migration) => [migration, true]));
  expect(await prepareDatabase(url.href)).toEqual([]);
});
