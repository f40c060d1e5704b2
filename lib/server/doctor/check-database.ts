import { staleViews } from '../datasets/retry-views';
import { db } from '../platform/db/client';
import { isHeard } from '../platform/db/listen';
import type { Env } from '../platform/env';
import { messageOf } from '../platform/errors';
import { isNewer, ownMigrations } from '../platform/migrations/own-migrations';
import { checkCluster } from './check-cluster';
import { checkMoves, checkTables } from './check-tables';
import { checkWriting } from './check-writing';
import { clockFinding } from './clock';
import { type Finding, fail, ok, reasonOf, warn } from './finding';

/** PostgreSQL 13: the oldest with what Sluice and its queue use. */
const oldestVersion = 130_000;
/** Connections of the queue and of progress, beside the pool. */
const besidePool = 4;

/** Reachability, version, migrations, COPY, LISTEN, room for connections, SQL views, clock. */
export async function checkDatabase(env: Env): Promise<Finding[]> {
  const begun = Date.now();
  try {
    await db().$queryRaw`select 1`;
  } catch (error) {
    return [
      fail(
        'Database',
        `it cannot be reached (${reasonOf(error)}).`,
        refusedParameter(error) ??
          'Check DATABASE_URL: host, port, name, user and password, and whether this machine may connect (pg_hba.conf, firewall, TLS).',
      ),
    ];
  }
  const found = [await checkVersion(Date.now() - begun), await tried(checkMigrations, env)];
  // Without its tables, nothing that is asked of them tells anything.
  const tables = found.some(({ what, level }) => what === 'Migrations' && level === 'fail')
    ? []
    : [checkWriting, checkTables, checkViews];
  for (const check of [...tables, checkListen, checkConnections, checkClock])
    found.push(await tried(check, env));
  found.push(
    ...(await checkCluster().catch((error: unknown) => [
      fail('Database', reasonOf(error), 'See the message.'),
    ])),
  );
  if (tables.length > 0) found.push(...(await checkMoves()));
  return found;
}

function tried(check: (env: Env) => Promise<Finding>, env: Env): Promise<Finding> {
  return check(env).catch((error: unknown) => fail('Database', reasonOf(error), 'See the message.'));
}

/** PgBouncer takes few settings from DATABASE_URL, where PostgreSQL takes all. */
function refusedParameter(error: unknown): string | undefined {
  const name = /unsupported startup parameter(?: in options)?: (\w+)/.exec(messageOf(error))?.[1];
  if (name === undefined) return undefined;
  return `PgBouncer is between, and refuses a setting that DATABASE_URL makes. Take ${name} out of DATABASE_URL, or add it to ignore_startup_parameters in pgbouncer.ini.`;
}

async function checkVersion(milliseconds: number): Promise<Finding> {
  const [row] = await db().$queryRaw<{ number: number; text: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as text`;
  const said = `PostgreSQL ${row?.text ?? '?'}, connected in ${milliseconds} ms.`;
  return (row?.number ?? 0) >= oldestVersion
    ? ok('Database', said)
    : fail('Database', said, 'Sluice needs PostgreSQL 13 or newer.');
}

async function checkMigrations(): Promise<Finding> {
  const todo = 'Run “npm run release” (or “npm run migrate” in development), before web and worker start.';
  const wanted = await ownMigrations();
  const [table] = await db().$queryRaw<{ there: boolean }[]>`
    select to_regclass('public._prisma_migrations') is not null and to_regclass('queue.version') is not null as there`;
  if (!table?.there) return fail('Migrations', 'the database was never brought up to date.', todo);
  const applied = await db().$queryRaw<{ name: string; finished: boolean }[]>`
    select migration_name as name, finished_at is not null as finished from _prisma_migrations
    where rolled_back_at is null`;
  const broken = applied.find(({ finished }) => !finished);
  if (broken)
    return fail('Migrations', `${broken.name} began and did not end.`, 'See “prisma migrate resolve”.');
  const names = new Set(applied.map(({ name }) => name));
  const missing = wanted.filter((name) => !names.has(name));
  if (missing.length > 0) return fail('Migrations', `not applied: ${missing.join(', ')}.`, todo);
  if (isNewer(applied, wanted))
    return warn(
      'Migrations',
      'the database is newer than this version of Sluice.',
      'Deploy the newer version.',
    );
  return ok('Migrations', `all ${wanted.length} are applied.`);
}

async function checkListen({ PROGRESS }: Env): Promise<Finding> {
  if (await isHeard()) return ok('LISTEN', 'works.');
  const said =
    'DATABASE_URL leads through a proxy that pools transactions (PgBouncer?), where nothing is heard. Progress is polled every second, and workers look for jobs every 2 s instead of being told.';
  return PROGRESS === 'poll'
    ? ok('LISTEN', said)
    : warn('LISTEN', said, 'Set PROGRESS=poll on the web server, or connect both to PostgreSQL itself.');
}

async function checkConnections({ DATABASE_POOL }: Env): Promise<Finding> {
  const [row] = await db().$queryRaw<{ most: number; used: number }[]>`
    select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used`;
  const needed = 2 * (DATABASE_POOL + besidePool);
  const said = `a web server and a worker take up to ${needed} of ${row?.most ?? 0}; ${row?.used ?? 0} are in use.`;
  return (row?.most ?? 0) >= needed
    ? ok('Connections', said)
    : warn('Connections', said, 'Lower DATABASE_POOL, or raise max_connections.');
}

/** Whether a dataset's SQL view shows columns that the dataset does not have any more. */
export async function checkViews(): Promise<Finding> {
  const stale = await staleViews();
  if (stale.length === 0) return ok('SQL views', 'each shows the columns of its dataset.');
  const lines = stale.map(({ view, builders }) =>
    builders.length > 0
      ? `Drop ${builders.join(' and ')}, which builds on datasets."${view}", and make it again afterwards.`
      : `datasets."${view}" was being read for longer than 2 seconds.`,
  );
  return warn(
    'SQL views',
    `${stale.map(({ view }) => `datasets."${view}"`).join(', ')} still shows earlier columns.`,
    [...lines, 'A worker tries again every five minutes.'].join('\n'),
  );
}

async function checkClock(): Promise<Finding> {
  const before = Date.now();
  const [row] = await db().$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  return clockFinding('the database', row?.now.getTime() ?? 0, (before + Date.now()) / 2);
}
