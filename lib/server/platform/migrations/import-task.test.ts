import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A database as the version before left it, brought to this one. */
const name = `migrated_${randomUUID().replaceAll('-', '')}`;
const given = new URL(process.env.DATABASE_URL ?? '');
const url = Object.assign(new URL(given), { pathname: `/${name}` });
const database = new pg.Client({ connectionString: url.href });

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(given), { pathname: '/postgres' }).href,
  });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const folder = 'prisma/migrations';
const migrations = readdirSync(folder)
  .filter((entry) => /^\d{14}_/.test(entry))
  .sort();
const own = '20261129015059_import_task';
const apply = (migration: string) =>
  database.query(readFileSync(join(folder, migration, 'migration.sql'), 'utf8'));

/** An import as the version before wrote it. @returns its id */
async function importOf(status: string, task: object | null = null, isReviewed = false): Promise<number> {
  const { rows } = await database.query(
    `insert into "Import" ("publicId", "userId", "status", "fileName", "fileSize", "objectKey", "task", "reviewedAt")
     select gen_random_uuid(), "id", $1::"ImportStatus", 'a.csv', 1, gen_random_uuid()::text, $2::jsonb,
       case when $3 then now() end
     from "User" limit 1 returning "id"`,
    [status, task === null ? null : JSON.stringify(task), isReviewed],
  );
  return rows[0].id;
}

async function next(id: number): Promise<[string, number | null]> {
  const { rows } = await database.query('select "nextTask", "correctionId" from "Import" where "id" = $1', [
    id,
  ]);
  return [rows[0].nextTask, rows[0].correctionId];
}

/** What a process of the version before does: it knows none of the new columns. */
const move = (id: number, to: string, task: object | null) =>
  database.query('update "Import" set "status" = $2::"ImportStatus", "task" = $3::jsonb where "id" = $1', [
    id,
    to,
    task === null ? null : JSON.stringify(task),
  ]);

const recheck = { kind: 'CHECK_AGAIN' };
const correct = { kind: 'CORRECTION', correctionId: 7 };
const before: Record<string, number> = {};

beforeAll(async () => {
  await administer(`create database ${name}`);
  await database.connect();
  for (const migration of migrations.filter((other) => other < own)) await apply(migration);
  await database.query(
    `insert into "User" ("id", "email", "name", "updatedAt") values (gen_random_uuid(), 'a@b.c', 'A', now())`,
  );
  before.fresh = await importOf('STAGING');
  before.mapping = await importOf('MAPPING');
  before.reread = await importOf('QUEUED', null, true);
  before.recheck = await importOf('QUEUED', recheck, true);
  before.correct = await importOf('STAGING', correct, true);
  before.review = await importOf('REVIEW');
  before.publishing = await importOf('PUBLISHING');
  await apply(own);
});

afterAll(async () => {
  await database.end();
  await administer(`drop database if exists ${name} with (force)`);
});

describe('imports under way when a version is released that names their next task', () => {
  it.each([
    ['fresh', 'READ', null],
    ['mapping', 'READ', null],
    ['reread', 'REREAD', null],
    ['recheck', 'RECHECK', null],
    ['correct', 'CORRECT', 7],
    ['review', 'PUBLISH', null],
    ['publishing', 'PUBLISH', null],
  ])('%s: %s', async (which, task, correctionId) => {
    expect(await next(before[which] ?? 0)).toEqual([task, correctionId]);
  });

  it('have it named for them where a process of the version before sends them on', async () => {
    const id = await importOf('REVIEW');
    await move(id, 'QUEUED', null);
    expect(await next(id)).toEqual(['REREAD', null]);
    await move(id, 'STAGING', null);
    await move(id, 'REVIEW', null);
    await move(id, 'QUEUED', correct);
    expect(await next(id)).toEqual(['CORRECT', 7]);
    await move(id, 'REVIEW', null);
    await move(id, 'QUEUED', recheck);
    expect(await next(id)).toEqual(['RECHECK', null]);
    const other = await importOf('STAGING');
    await move(other, 'PUBLISHING', null);
    expect(await next(other)).toEqual(['PUBLISH', null]);
  });

  it('keep what this version says', async () => {
    const id = await importOf('REVIEW');
    await database.query(`update "Import" set "status" = 'QUEUED', "nextTask" = 'RECHECK' where "id" = $1`, [
      id,
    ]);
    expect(await next(id)).toEqual(['RECHECK', null]);
  });
});
