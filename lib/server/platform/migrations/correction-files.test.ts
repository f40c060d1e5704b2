import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '@/testing/migrated-database';

const ids: Record<string, number> = {};
const publicIds: Record<string, string> = {};

/** An import as the version before wrote it, and a file of corrected rows, which was one. */
async function write(
  client: pg.Client,
  name: string,
  status: string,
  more: { corrects?: string; deleted?: boolean; reason?: string } = {},
): Promise<void> {
  const { rows } = await client.query(
    `insert into "Import" ("publicId", "userId", "status", "fileName", "fileSize", "objectKey", "uploadId", "partSize",
       "etag", "uploadedAt", "sha256", "rowsRead", "corrects", "deletedAt", "failureReason", "failureMessage")
     select gen_random_uuid(), "id", $1::"ImportStatus", $2, 30, $2 || ' in the store', $2 || ' upload', 10,
       '"e"', '2026-01-01', 'digest', 7, $3::uuid, $4::timestamptz, $5::"FailureReason", $5
     from "User" limit 1 returning "id", "publicId"`,
    [status, name, more.corrects ?? null, more.deleted ? '2026-01-02' : null, more.reason ?? null],
  );
  ids[name] = rows[0].id;
  publicIds[name] = rows[0].publicId;
  await client.query(
    `insert into "UploadedPart" ("importId", "partNumber", "etag", "size") values ($1, 1, '"1"', 10), ($1, 2, '"2"', 10)`,
    [rows[0].id],
  );
}

const database = migratedDatabase('20261129054500_correction_files', async (client) => {
  await write(client, 'target', 'REVIEW');
  const corrects = publicIds.target ?? '';
  await write(client, 'uploading', 'UPLOADING', { corrects });
  await write(client, 'inspecting', 'INSPECTING', { corrects });
  await write(client, 'taken', 'COMPLETED', { corrects });
  await write(client, 'failed', 'FAILED', { corrects, reason: 'NOT_A_CORRECTION' });
  await write(client, 'cancelled', 'CANCELLED', { corrects });
  await write(client, 'deleted', 'COMPLETED', { corrects, deleted: true });
  await write(client, 'orphaned', 'UPLOADING', { corrects: crypto.randomUUID() });
  await client.query('update "Import" set "correctionId" = $1 where "id" = $2', [ids.taken, ids.target]);
});

const all = async (sql: string, values: unknown[] = []) => (await database.query(sql, values)).rows;

describe('files of corrected rows when a version is released for which they are no imports', () => {
  it.each([
    ['uploading', 'UPLOADING', null],
    ['inspecting', 'INSPECTING', null],
    ['taken', 'RECEIVED', null],
    ['failed', 'FAILED', 'NOT_A_CORRECTION'],
    ['cancelled', 'CANCELLED', null],
  ])('%s: %s, with all that was known of it', async (name, status, reason) => {
    expect(await all('select * from "CorrectionFile" where "id" = $1', [ids[name]])).toMatchObject([
      {
        publicId: publicIds[name],
        importId: ids.target,
        userId: expect.any(String),
        status,
        failureReason: reason,
        failureMessage: reason,
        fileName: name,
        fileSize: '30',
        objectKey: `${name} in the store`,
        sha256: 'digest',
        rowsRead: 7,
      },
    ]);
    expect(await all('select 1 from "Import" where "id" = $1', [ids[name]])).toEqual([]);
  });

  it('are found by their import, and those that come later have ids of their own', async () => {
    expect(await all('select "correctionId" from "Import" where "id" = $1', [ids.target])).toEqual([
      { correctionId: ids.taken },
    ]);
    const [later] = await all(
      `with u as (insert into "Upload" ("objectKey") values ('later') returning "objectKey")
       insert into "CorrectionFile" ("publicId", "importId", "fileName", "fileSize", "objectKey")
       select gen_random_uuid(), $1, 'later', 1, "objectKey" from u returning "id", "sequence"`,
      [ids.target],
    );
    expect(later.id).toBeGreaterThan(ids.cancelled ?? 0);
    expect(BigInt(later.sequence)).toBeGreaterThan(0n);
  });

  it.each(['deleted', 'orphaned'])(
    '%s: is removed with its file, as every import that is deleted',
    async (name) => {
      expect(await all('select 1 from "CorrectionFile" where "publicId" = $1', [publicIds[name]])).toEqual(
        [],
      );
      const [left] = await all('select "status", "deletedAt" from "Import" where "id" = $1', [ids[name]]);
      expect(left).toEqual({
        status: expect.stringMatching(/^(COMPLETED|CANCELLED)$/),
        deletedAt: expect.any(Date),
      });
    },
  );

  it.each(['target', 'taken', 'orphaned'])('%s: its upload and its parts are kept', async (name) => {
    const key = [`${name} in the store`];
    expect(await all('select * from "Upload" where "objectKey" = $1', key)).toEqual([
      {
        objectKey: key[0],
        uploadId: `${name} upload`,
        partSize: 10,
        etag: '"e"',
        uploadedAt: expect.any(Date),
      },
    ]);
    const parts = await all(
      'select "partNumber", "etag", "size" from "UploadedPart" where "objectKey" = $1 order by 1',
      key,
    );
    expect(parts).toEqual([
      { partNumber: 1, etag: '"1"', size: 10 },
      { partNumber: 2, etag: '"2"', size: 10 },
    ]);
  });
});
