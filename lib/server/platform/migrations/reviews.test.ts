import { expect, it } from 'vitest';
import { migratedDatabase } from '@/testing/migrated-database';

const since = new Date('2026-11-20T10:00:00Z');
const amendments = [{ at: '2026-11-20T10:00:00Z', by: 'A', what: { kind: 'EDITS', rows: 1 } }];
const database = migratedDatabase('20261129061500_reviews', async (client) => {
  await client.query(`insert into "Upload" ("objectKey") values ('waits'), ('went'), ('never')`);
  const write = (key: string, status: string, more: unknown[]) =>
    client.query(
      `insert into "Import" ("publicId", "userId", "status", "fileName", "fileSize", "objectKey", "inReviewSince",
         "reviewedAt", "secondsInReview", "needsResolving", "amendments")
       select gen_random_uuid(), "id", $1::"ImportStatus", $2, 1, $2, $3, $4, $5, $6, $7::jsonb from "User" limit 1`,
      [status, key, ...more],
    );
  await write('waits', 'REVIEW', [since, null, 0, true, null]);
  await write('went', 'COMPLETED', [null, since, 7, false, JSON.stringify(amendments)]);
  await write('never', 'COMPLETED', [null, null, 0, false, null]);
});

it('what only a review is about is kept beside those imports that had one', async () => {
  const { rows } = await database.query(
    `select i."fileName" as import, r."inReviewSince", r."reviewedAt", r."secondsInReview", r."needsResolving", r."amendments"
     from "Review" r join "Import" i on i."id" = r."importId" order by 1`,
  );
  expect(rows).toEqual([
    {
      import: 'waits',
      inReviewSince: since,
      reviewedAt: null,
      secondsInReview: 0,
      needsResolving: true,
      amendments: null,
    },
    {
      import: 'went',
      inReviewSince: null,
      reviewedAt: since,
      secondsInReview: 7,
      needsResolving: false,
      amendments,
    },
  ]);
});
