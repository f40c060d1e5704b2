import type pg from 'pg';
import { type ColumnType, columnTypes } from '@/lib/shared/schema/dataset/column';

/** Odd spellings of every type, as files had them: what is typed prints otherwise, and has to come back as it was. */
const spellings: Record<ColumnType, (string | null)[]> = {
  TEXT: ['plain', '', 'x,null', 'null', ' “quoted" \\ ', 'a\nb\t\u0007', '\u{1f600}', null],
  INTEGER: ['1', '-0', '0', '999999999999999999', '-999999999999999999', null],
  DECIMAL: ['7.50', '007.50', '.5', '5.', '-0', '-0.00', '1'.repeat(900), `0.${'0'.repeat(400)}7`, null],
  BOOLEAN: ['true', 'false', null],
  DATE: ['0001-01-01', '2026-02-28', '9999-12-31', null],
  DATETIME: [
    '2026-03-14T15:09:26',
    '2026-03-14T15:09:26.5',
    '2026-03-14T15:09:26.500',
    '2026-03-14T15:09:26.123456789',
    '2026-03-14T15:09:26Z',
    '2026-03-14T15:09:26.000001+05:30',
    '2026-03-14T15:09:26-15:59',
    '2026-03-14T15:09:26+99:99',
    '0001-01-01T00:00:00',
    '9999-12-31T23:59:59.999999999',
    null,
  ],
  TIME: ['00:00:00', '23:59:59.999999', '23:59:59.999999999', '15:30:00.10', null],
  EMAIL: ['a@b.example', null],
  URL: ['https://example.com/?a=1,2', null],
  CHOICE: ['red', 'GREEN', null],
  JSON: ['{"b": 1,  "a":[1.50,null]}', '"\\u0000\\ud800"', '[]', '12E400', null],
};

/** Three steps of a move. */
export const manyRows = 120_000;

/** What the version before wrote: rows of all kinds of datasets, and imports in all kinds of states. */
export async function writeEarlierData(client: pg.Client): Promise<void> {
  await client.query(`update "User" set "role" = 'ADMIN'`);
  await typedDataset(client);
  await keyedDataset(client);
  await wideDataset(client);
  const long = await makeDataset(client, 'long', ['INTEGER', 'TEXT', 'DATE'], false);
  const id = await makeImport(client, long, { revision: 1, rows: manyRows });
  await client.query(
    `insert into "Row" select $1, n + 1, json_build_array(n::text, md5(n::text), '2026-01-02') from generate_series(1, ${manyRows}) n`,
    [id],
  );
  const types = ['DECIMAL', 'TIME', 'DATETIME', 'INTEGER', 'DATE', 'BOOLEAN', 'JSON'] as const;
  const odd = await makeDataset(client, 'odd', [...types], false);
  await writeRows(client, await makeImport(client, odd, { revision: 1, rows: 3 }), [
    ['1', '00:00:00', null, '1', null, null, null],
    ['9'.repeat(140_000), '25:61:00', '2026-02-30T00:00:00', '9'.repeat(30), '2026-02-30', 'perhaps', '{no'],
    ['2.50', null, '2026-02-03T00:00:00', null, '2026-02-03', 'true', '[ 1]'],
  ]);
  await makeImport(client, await makeDataset(client, 'empty', ['TEXT'], true), { status: 'QUEUED' });
}

async function typedDataset(client: pg.Client): Promise<void> {
  const typed = await makeDataset(client, 'typed', [...columnTypes], false);
  const height = Math.max(...Object.values(spellings).map((list) => list.length));
  const odd = Array.from({ length: height }, (_, row) =>
    columnTypes.map((type) => spellings[type][row] ?? null),
  );
  await writeRows(client, await makeImport(client, typed, { revision: 1, rows: height }), odd);
  await writeRows(
    client,
    await makeImport(client, typed, { revision: 2, rows: 2, status: 'UNDONE' }),
    odd.slice(0, 2),
  );
  // A column was added, whose values the rows before do not have.
  await addColumns(client, typed, ['DECIMAL'], columnTypes.length);
  const more = [...columnTypes.map(() => null), '1.0'];
  await writeRows(client, await makeImport(client, typed, { revision: 4, rows: 2 }), [more, []]);
  await writeRows(client, await makeImport(client, typed, { status: 'REVIEW' }), odd.slice(0, 3));
  const checkpoint = { row: 4, rowsRead: 3, rowsStored: 3 };
  await writeRows(
    client,
    await makeImport(client, typed, { status: 'STAGING', checkpoint }),
    odd.slice(0, 3),
  );
  await writeRows(client, await makeImport(client, typed, { status: 'FAILED' }), odd.slice(0, 1));
  await makeImport(client, typed, { status: 'QUEUED' });
}

interface Change {
  row: number;
  kind: string;
  /** Null where the row was not written. */
  key: string | null;
  value: string | null;
}

/** Imports and a replacement: new keys, updates, one that came back, unchanged, skipped and rejected ones. */
async function keyedDataset(client: pg.Client): Promise<void> {
  const keyed = await makeDataset(client, 'keyed', ['TEXT', 'DECIMAL'], true);
  const written = (row: number, kind: string, key: string, value: string): Change => ({
    row,
    kind,
    key,
    value,
  });
  const skipped = (row: number, kind: string): Change => ({ row, kind, key: null, value: null });
  const imports: [string, string, number, Change[]][] = [
    ['COMPLETED', 'UPSERT', 1, [written(2, 'INSERTED', 'a', '0')]],
    [
      'COMPLETED',
      'REPLACE',
      2,
      [
        written(2, 'RESTORED', 'a', '1.0'),
        written(3, 'INSERTED', 'b', '2'),
        written(5, 'INSERTED', 'c', '3.'),
      ],
    ],
    [
      'COMPLETED',
      'UPSERT',
      3,
      [written(2, 'UPDATED', 'a', '1.50'), skipped(3, 'UNCHANGED'), written(9, 'INSERTED', 'd', '4')],
    ],
    [
      'UNDONE',
      'UPSERT',
      4,
      [written(2, 'UPDATED', 'a', '007'), skipped(4, 'DUPLICATE'), skipped(7, 'REJECTED')],
    ],
    [
      'COMPLETED',
      'UPSERT',
      6,
      [written(2, 'UPDATED', 'b', '20'), written(3, 'UPDATED', 'a', '9'), skipped(4, 'MISSING')],
    ],
    [
      'REVIEW',
      'UPSERT',
      7,
      [written(2, 'UPDATED', 'd', '.5'), written(3, 'INSERTED', 'e', '5'), skipped(4, 'EXISTING')],
    ],
  ];
  const origins = new Map<string, [number, number]>();
  for (const [status, mode, revision, changes] of imports) {
    const rows = changes.filter(({ key }) => key !== null).length;
    const published = status === 'REVIEW' ? {} : { revision };
    const id = await makeImport(client, keyed, { status, mode, rows, ...published });
    for (const { row, kind, key, value } of changes) {
      if (kind === 'INSERTED') origins.set(key ?? '', [id, row]);
      const [originImport = null, originRow = null] = origins.get(key ?? '') ?? [];
      if (key !== null)
        await client.query(`insert into "Row" values ($1, $2, $3)`, [id, row, JSON.stringify([key, value])]);
      await client.query(
        `insert into "RowChange" select $1, $2, $3::"RowChangeKind", d."number", $4, $5, $6, $7, $6, $7
         from "Dataset" d where d."id" = $8`,
        [id, row, kind, key, revision, originImport, originRow, keyed],
      );
    }
    await client.query(
      `insert into "RowChangeCount" select $1, "originImportId", count(*) from "RowChange"
       where "importId" = $1 and "kind" in ('INSERTED', 'RESTORED', 'UPDATED') group by 2`,
      [id],
    );
  }
}

/** As many columns as a table of PostgreSQL has. */
async function wideDataset(client: pg.Client): Promise<void> {
  const types = Array.from({ length: 1_600 }, (_, i) => columnTypes[i % columnTypes.length] ?? 'TEXT');
  const wide = await makeDataset(client, 'wide', types, false);
  const rows = Array.from({ length: 20 }, (_, row) =>
    types.slice(0, row === 3 ? 240 : 1_600 - row).map((type, i) => {
      const value = spellings[type][(row + i) % spellings[type].length] ?? null;
      return value !== null && value.length > 100 ? '1.10' : value;
    }),
  );
  await writeRows(client, await makeImport(client, wide, { revision: 1, rows: rows.length }), rows);
}

async function makeDataset(
  client: pg.Client,
  name: string,
  types: ColumnType[],
  isKeyed: boolean,
): Promise<string> {
  const { rows } = await client.query(
    `insert into "Dataset" ("id", "slug", "name", "ownerId", "revision")
     select gen_random_uuid(), $1, $1, "id", 10 from "User" limit 1 returning "id"`,
    [name],
  );
  await addColumns(client, rows[0].id, types, 0);
  if (isKeyed)
    await client.query(`update "Column" set "keyPart" = 1 where "datasetId" = $1 and "slot" = 0`, [
      rows[0].id,
    ]);
  return rows[0].id;
}

async function addColumns(
  client: pg.Client,
  dataset: string,
  types: ColumnType[],
  from: number,
): Promise<void> {
  await client.query(
    `insert into "Column" ("id", "datasetId", "slot", "position", "name", "type")
     select gen_random_uuid(), $1, n - 1 + $3::int, n - 1 + $3::int, 'column ' || n + $3::int, t::"ColumnType"
     from unnest($2::text[]) with ordinality c (t, n)`,
    [dataset, types, from],
  );
  await client.query(`update "Dataset" set "nextSlot" = "nextSlot" + $2 where "id" = $1`, [
    dataset,
    types.length,
  ]);
}

async function makeImport(
  client: pg.Client,
  dataset: string,
  {
    status = 'COMPLETED',
    mode = 'APPEND',
    revision,
    rows = 0,
    checkpoint,
  }: {
    status?: string;
    mode?: string;
    revision?: number;
    rows?: number;
    checkpoint?: object;
  },
): Promise<number> {
  await client.query(`insert into "Upload" ("objectKey") select 'upload ' || count(*) from "Upload"`);
  const { rows: made } = await client.query(
    `insert into "Import" ("publicId", "userId", "datasetId", "status", "mode", "fileName", "fileSize", "objectKey",
       "publishedRevision", "rowsInserted", "checkpoint")
     select gen_random_uuid(), u."id", $1, $2::"ImportStatus", $3::"ImportMode", 'a.csv', 1,
       (select max("objectKey") from "Upload" p where not exists (select 1 from "Import" i where i."objectKey" = p."objectKey")),
       $4, $5, $6 from "User" u limit 1 returning "id"`,
    [dataset, status, mode, revision ?? null, rows, checkpoint ? JSON.stringify(checkpoint) : null],
  );
  const { id } = made[0];
  if (revision !== undefined) {
    await client.query(
      `insert into "DatasetChange" ("datasetId", "revision", "importId", "kind", "userId", "at")
       select $1, r, $2, k::"ChangeKind", u."id", timestamptz '2026-11-01Z' + r * interval '1 hour'
       from "User" u, (values ($3::int, 'PUBLISHED'), ($3::int + 1, 'UNDONE')) c (r, k) where k = 'PUBLISHED' or $4`,
      [dataset, id, revision, status === 'UNDONE'],
    );
    if (status === 'COMPLETED')
      await client.query(`update "Dataset" set "rows" = "rows" + $2 where "id" = $1`, [dataset, rows]);
  }
  return id;
}

async function writeRows(client: pg.Client, importId: number, rows: (string | null)[][]): Promise<void> {
  await client.query(
    `insert into "Row" select $1, n + 1, v::json from unnest($2::text[]) with ordinality r (v, n)`,
    [importId, rows.map((row) => JSON.stringify(row))],
  );
}
