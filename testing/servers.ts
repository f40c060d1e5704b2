import pg from 'pg';

/**
 * Servers on which databases of tests are: the embedded one, or those of the Citus cluster that CITUS_URL names, the
 * coordinator first. Connection strings of a database that every one has.
 */
export type Servers = string[];

const at = (server: string, database: string) =>
  Object.assign(new URL(server), { pathname: `/${database}` }).href;

async function run(connectionString: string, statements: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const answers: unknown[] = [];
    for (const sql of statements) answers.push(...(await client.query(sql)).rows);
    return answers;
  } finally {
    await client.end();
  }
}

/** The servers of a cluster. @param coordinator connection string of a database that knows the others */
export async function serversOf(coordinator: string): Promise<Servers> {
  const nodes = await run(coordinator, [
    `select nodename || ':' || nodeport as host from pg_dist_node where groupid <> 0 and isactive order by nodeid`,
  ]);
  const hosts = nodes.flatMap((node) => Object.values(node ?? {}).map(String));
  return [coordinator, ...hosts.map((host) => Object.assign(new URL(coordinator), { host }).href)];
}

/** Makes a database on all servers, which know each other in it. @returns its connection string */
export async function makeDatabase(servers: Servers, name: string): Promise<string> {
  const [coordinator = '', ...workers] = servers;
  for (const server of servers) {
    await run(server, [`create database ${name}`]);
    if (workers.length > 0) await run(at(server, name), ['create extension citus']);
  }
  if (workers.length > 0) {
    const address = (server: string) => `'${new URL(server).hostname}', ${new URL(server).port}`;
    await run(at(coordinator, name), [
      `select citus_set_coordinator_host(${address(coordinator)})`,
      ...workers.map((worker) => `select citus_add_node(${address(worker)})`),
    ]);
  }
  return at(coordinator, name);
}

/** Copies a database on all servers. */
export async function copyDatabase(servers: Servers, template: string, name: string): Promise<void> {
  // PostgreSQL copies none to which anybody is connected, and Citus looks after each of its own all the time.
  const leave = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${template}' and pid <> pg_backend_pid()`;
  for (const server of servers) {
    // Two copies at once are refused by PostgreSQL: the template is "being accessed".
    await retry(() =>
      run(server, [...(servers.length > 1 ? [leave] : []), `create database ${name} template ${template}`]),
    );
  }
}

/** Removes a database from all servers, if it is there. */
export async function dropDatabase(servers: Servers, name: string): Promise<void> {
  for (const server of servers) {
    // PostgreSQL refuses while it vacuums there by itself: only a superuser may end that.
    await retry(() => run(server, [`drop database if exists ${name} with (force)`]));
  }
}

async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await work();
    } catch (error) {
      if (i === 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
