import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '@/testing/migrated-database';

const before: Record<string, number> = {};
const recheck = { kind: 'CHECK_AGAIN' };
const correct = { kind: 'CORRECTION', correctionId: 7 };

const database = migratedDatabase('20261129015059_import_task', async (client) => {
  before.fresh = await importOf(client, 'STAGING');
  before.mapping = await importOf(client, 'MAPPING');
  before.reread = await importOf(client, 'QUEUED', null, true);
  before.recheck = await importOf(client, 'QUEUED', recheck, true);
  before.correct = await importOf(client, 'STAGING', correct, true);
  before.review = await importOf(client, 'REVIEW');
  before.publishing = await importOf(client, 'PUBLISHING');
});

/** An import as the version before wrote it. @returns its id */
async function importOf(
  client: pg.Client,
  status: string,
  task: object | null = null,
  isReviewed = false,
): Promise<number> {
  const { rows } = await client.query(
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
    const id = await importOf(database, 'REVIEW');
    await move(id, 'QUEUED', null);
    expect(await next(id)).toEqual(['REREAD', null]);
    await move(id, 'STAGING', null);
    await move(id, 'REVIEW', null);
    await move(id, 'QUEUED', correct);
    expect(await next(id)).toEqual(['CORRECT', 7]);
    await move(id, 'REVIEW', null);
    await move(id, 'QUEUED', recheck);
    expect(await next(id)).toEqual(['RECHECK', null]);
    const other = await importOf(database, 'STAGING');
    await move(other, 'PUBLISHING', null);
    expect(await next(other)).toEqual(['PUBLISH', null]);
  });

  it('keep what this version says', async () => {
    const id = await importOf(database, 'REVIEW');
    await database.query(`update "Import" set "status" = 'QUEUED', "nextTask" = 'RECHECK' where "id" = $1`, [
      id,
    ]);
    expect(await next(id)).toEqual(['RECHECK', null]);
  });
});
