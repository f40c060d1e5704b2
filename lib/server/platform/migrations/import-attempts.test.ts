import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '@/testing/migrated-database';

const first = { number: 1, at: '2026-01-02T03:04:05.006Z', version: '0.1.0', afterRow: null, rows: 0 };
const second = {
  number: 2,
  at: '2026-01-02T04:00:00.000Z',
  version: '0.2.0',
  afterRow: 9,
  rows: 8,
  afterReview: true,
};
let id = 0;

const database = migratedDatabase('20261129060000_import_attempts', async (client) => {
  await client.query(`insert into "Upload" ("objectKey") values ('a'), ('b')`);
  const write = async (key: string, notes: object[] | null, lost: number) => {
    const { rows } = await client.query(
      `insert into "Import" ("publicId", "userId", "status", "fileName", "fileSize", "objectKey", "attemptNotes",
         "workersLost", "lostAfterRow")
       select gen_random_uuid(), "id", 'STAGING', 'a.csv', 1, $1, $2::jsonb, $3, 8 from "User" limit 1 returning "id"`,
      [key, notes && JSON.stringify(notes), lost],
    );
    return rows[0].id;
  };
  id = await write('a', [first, second], 1);
  await write('b', null, 0);
});

describe('attempts that were a list in a field of their import', () => {
  it('are rows of their own, and so are the workers that were lost over it', async () => {
    const attempts = await database.query('select * from "ImportAttempt" order by "number"');
    expect(attempts.rows).toEqual([
      {
        importId: id,
        number: 1,
        startedAt: new Date(first.at),
        version: '0.1.0',
        afterRow: null,
        rowsBefore: 0,
        afterReview: false,
      },
      {
        importId: id,
        number: 2,
        startedAt: new Date(second.at),
        version: '0.2.0',
        afterRow: 9,
        rowsBefore: 8,
        afterReview: true,
      },
    ]);
    const lost = await database.query('select * from "LostWorkers"');
    expect(lost.rows).toEqual([{ importId: id, count: 1, afterRow: 8 }]);
  });
});
