import pg from 'pg';
import { expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { db } from './db/client';
import { loggedError } from './log';
import { headObject } from './storage/objects';
import { signPut } from './storage/upload';

openDatabase();

const marker = 'Recognisable Value 4711';

async function errorOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

async function logged(work: () => Promise<unknown>): Promise<string> {
  return JSON.stringify(loggedError(await errorOf(work)));
}

it('errors of the database are logged without the values that they are about', async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const plain = await logged(() => client.query('select $1::int', [marker]));
  await client.end();
  const byPrisma = await logged(() => db().$queryRawUnsafe('select $1::text::int', marker));
  const arguments_ = await logged(() =>
    db().dataset.create({
      data: { slug: marker, name: marker, ownerId: '00000000-0000-4000-8000-000000000000' },
    }),
  );
  const wrongShape: object = { where: { nonsense: marker } };
  const validation = await logged(() => db().import.findMany(wrongShape));
  for (const text of [plain, byPrisma, arguments_, validation]) {
    expect(text).not.toContain(marker);
    expect(text).toMatch(/"message":"[^"]+/);
    expect(text).toContain('log.test.ts');
  }
});

it('addresses are logged without their signature, connection strings without their password', async () => {
  const url = await signPut('imports/x', 5);
  const error = new Error(`PUT ${url} failed`, {
    cause: new Error('postgres://sluice:hunter2@db.test:5432/sluice'),
  });
  const text = JSON.stringify(loggedError(error));
  expect(text).toContain('/imports/x?…');
  expect(text).not.toContain('X-Amz-');
  expect(text).toContain('postgres://•••@db.test:5432/sluice');
  expect(text).not.toContain('hunter2');
});

it('errors of the store are logged with their name and without the request', async () => {
  const text = await logged(() => headObject('x'.repeat(5_000)));
  expect(text).toMatch(/"type":"[A-Z]\w+"/);
  expect(text).not.toMatch(/authorization/i);
  expect(text).not.toContain(process.env.S3_ACCESS_KEY_ID);
});
