import { expect, it } from 'vitest';
import { migratedDatabase } from '@/testing/migrated-database';

/** A dataset with a key that was imported twice, and an import in review, as the version before wrote them. */
const before = `
  insert into "User" ("id", "email", "name", "updatedAt")
    values ('00000000-0000-0000-0000-000000000001', 'b@b.c', 'B', now());
  insert into "Dataset" ("id", "slug", "name", "ownerId", "number", "nextSlot", "revision", "rows")
    values ('00000000-0000-0000-0000-000000000002', 'parts', 'Parts', '00000000-0000-0000-0000-000000000001', 1, 2, 2, 2);
  insert into "Column" ("id", "datasetId", "slot", "position", "name", "type", "keyPart") values
    (gen_random_uuid(), '00000000-0000-0000-0000-000000000002', 0, 0, 'sku', 'TEXT', 1),
    (gen_random_uuid(), '00000000-0000-0000-0000-000000000002', 1, 1, 'qty', 'INTEGER', null);
  insert into "Import" ("id", "publicId", "userId", "datasetId", "fileName", "fileSize", "objectKey", "status", "mode",
      "publication", "nextTask", "restingSince", "toDecide", "secondsWaited")
    select id, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002', 'a.csv',
      1, id::text, status::"ImportStatus", 'UPSERT', publication, 'PUBLISH', resting, id = 3, 7
    from (values (1, 'COMPLETED', 1, null), (2, 'COMPLETED', 2, null), (3, 'REVIEW', null, timestamptz '2026-11-20 10:00Z'))
      as i(id, status, publication, resting);
  insert into "Row" values (1, 2, '["A", "1"]'), (1, 3, '["B", "2"]'), (2, 2, '["B", "20"]');
  insert into "Effect" ("importId", "rowNumber", "kind", "datasetNumber", "key", "publication", "placeImportId",
      "placeRowNumber", "metImportId", "metRowNumber") values
    (1, 2, 'INSERTED', 1, 'A', 1, 1, 2, null, null),
    (1, 3, 'INSERTED', 1, 'B', 1, 1, 3, null, null),
    (2, 2, 'RETURNED', 1, 'B', 2, 1, 3, 1, 3);
  insert into "Reach" values (1, 1, 2), (2, 1, 1)`;

const database = migratedDatabase('20261129051500_plain_names', async (client) => {
  await client.query(before);
});
const rowsOf = async (sql: string) => (await database.query(sql)).rows;

it('keeps everything under its new name', async () => {
  expect(
    await rowsOf(`select "id", "publishedRevision", "task", "inReviewSince", "needsResolving", "secondsInReview"
      from "Import" order by "id"`),
  ).toEqual([
    {
      id: 1,
      publishedRevision: 1,
      task: 'PUBLISH',
      inReviewSince: null,
      needsResolving: false,
      secondsInReview: 7,
    },
    {
      id: 2,
      publishedRevision: 2,
      task: 'PUBLISH',
      inReviewSince: null,
      needsResolving: false,
      secondsInReview: 7,
    },
    {
      id: 3,
      publishedRevision: null,
      task: 'PUBLISH',
      inReviewSince: new Date('2026-11-20T10:00Z'),
      needsResolving: true,
      secondsInReview: 7,
    },
  ]);
  expect(
    await rowsOf(`select "importId", "rowNumber", "kind", "key", "publishedRevision", "originImportId", "originRowNumber",
      "matchedImportId", "matchedRowNumber" from "RowChange" where "importId" = 2`),
  ).toEqual([
    {
      importId: 2,
      rowNumber: 2,
      kind: 'RESTORED',
      key: 'B',
      publishedRevision: 2,
      originImportId: 1,
      originRowNumber: 3,
      matchedImportId: 1,
      matchedRowNumber: 3,
    },
  ]);
  expect(await rowsOf('select * from "RowChangeCount" order by "importId"')).toEqual([
    { importId: 1, originImportId: 1, rows: 2 },
    { importId: 2, originImportId: 1, rows: 1 },
  ]);
});

it('has the views of datasets read it, none of them out of date', async () => {
  expect(await rowsOf('select * from datasets.parts order by sku')).toEqual([
    { sku: 'A', qty: '1' },
    { sku: 'B', qty: '20' },
  ]);
  expect(await rowsOf('select * from "staleDatasetViews"()')).toEqual([]);
});

it('leaves nothing behind of the names before', async () => {
  const old = /^(Effect|Reach|KeptAnswer)|name_next_task|renews|nextTask|toDecide|restingSince|secondsWaited/;
  const names = await rowsOf(`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace
    union all select conname from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
    union all select typname from pg_type where typnamespace = 'public'::regnamespace
    union all select proname from pg_proc where pronamespace = 'public'::regnamespace
    union all select attname from pg_attribute join pg_class c on c.oid = attrelid
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and not attisdropped`);
  expect(names.map(({ name }) => name)).toContain('RowChange_origin');
  expect(names.map(({ name }) => name).filter((name) => old.test(name))).toEqual([]);
});
