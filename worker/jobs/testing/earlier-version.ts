import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import { prepareDatabase } from '@/lib/server/platform/migrations/prepare-database';
import { dropDatabase, makeDatabase, type Servers } from '@/testing/servers';

/** What a version before answered, and what its database held: e2e/files/earlier. */
const folder = 'e2e/files/earlier';

function linesOf(file: string): [kind: string, json: string][] {
  const text = gunzipSync(readFileSync(join(folder, file))).toString();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const tab = line.indexOf('\t');
      return [line.slice(0, tab), line.slice(tab + 1)];
    });
}

const answer = z.object({
  slug: z.string(),
  csv: z.string(),
  json: z.string(),
  asOf: z.array(z.object({ at: z.coerce.date(), csv: z.string() })),
  view: z.object({ columns: z.array(z.string()), rows: z.array(z.string()) }),
});

const stepOf = <K extends string>(kind: K) =>
  z.object({ do: z.literal(kind), slug: z.string(), csv: z.string() });
const extent = z.enum(['ALONE', 'IN_ORDER']).optional();
const step = z.discriminatedUnion('do', [
  stepOf('undo').extend({ import: z.string(), extent }),
  stepOf('redo').extend({ import: z.string(), extent }),
  stepOf('publish').extend({ import: z.string() }),
  stepOf('import').extend({
    file: z.string(),
    options: z.unknown(),
    rows: z.record(z.string(), z.number()),
  }),
]);

/** What readers get of a dataset: exports now and as of two moments, and what SQL shows. */
export type Answer = z.infer<typeof answer>;
/** Something that was done next, and the export of its dataset after it. */
export type Step = z.infer<typeof step>;

/** What the version before answered, and what it did next. */
export function earlierAnswers(): { answers: Answer[]; steps: Step[] } {
  const lines = linesOf('answers.jsonl.gz');
  const of = (wanted: string) =>
    lines.filter(([kind]) => kind === wanted).map(([, json]): unknown => JSON.parse(json));
  return { answers: z.array(answer).parse(of('answer')), steps: z.array(step).parse(of('step')) };
}

/** The table of Prisma's migrations, as its engine makes it. */
const migrationsTable = `create table "_prisma_migrations" (
  "id" varchar(36) primary key, "checksum" varchar(64) not null, "finished_at" timestamptz, "migration_name" varchar(255) not null,
  "logs" text, "rolled_back_at" timestamptz, "started_at" timestamptz not null default now(), "applied_steps_count" int not null default 0)`;

/**
 * Makes a database as the version before left it, and brings it up to date as a release does.
 * @returns its connection string, and what removes it again
 */
export async function openEarlierDatabase(
  servers: Servers,
): Promise<{ url: string; applied: string[]; drop: () => Promise<void> }> {
  const name = `earlier_${randomUUID().replaceAll('-', '')}`;
  const url = await makeDatabase(servers, name);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await fill(client).finally(() => client.end());
  const applied = await prepareDatabase(url);
  return { url, applied, drop: () => dropDatabase(servers, name) };
}

async function fill(client: pg.Client): Promise<void> {
  const rows = Map.groupBy(linesOf('database.jsonl.gz'), ([table]) => table);
  const had = z.object({ migration_name: z.string() });
  const migrations = (rows.get('_prisma_migrations') ?? [])
    .map(([, json]) => had.parse(JSON.parse(json)).migration_name)
    .sort();
  for (const migration of migrations)
    await client.query(readFileSync(join('prisma/migrations', migration, 'migration.sql'), 'utf8'));
  await client.query(migrationsTable);
  for (const [table, lines] of rows)
    await client.query(`insert into "${table}" select * from json_populate_recordset(null::"${table}", $1)`, [
      `[${lines.map(([, json]) => json).join()}]`,
    ]);
  await client.query(`select setval(pg_get_serial_sequence('"Import"', 'id'), (select max("id") from "Import")),
    setval(pg_get_serial_sequence('"Dataset"', 'number'), (select max("number") from "Dataset"))`);
}
