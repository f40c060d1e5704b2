import pg from 'pg';
import type { Passwords } from './passwords';

/** SQLSTATE invalid_password. */
const wrongPassword = '28P01';

/** Where the server listens: at a socket in a folder, or at a port on 127.0.0.1. */
export type Listening = { socketFolder: string } | { port: number };

/** Does the administrator's work in the embedded server. */
export class Administrator {
  /** @param place where the database is, for messages */
  constructor(
    private readonly listening: Listening,
    private readonly passwords: Passwords,
    private readonly place: string,
  ) {}

  /** Does work in a database, over a connection of its own. */
  async run<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const where =
      'port' in this.listening
        ? { host: '127.0.0.1', port: this.listening.port }
        : { host: this.listening.socketFolder };
    const client = new pg.Client({
      ...where,
      user: 'postgres',
      password: this.passwords.postgres,
      database,
      connectionTimeoutMillis: 10_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Whether the server answers. @throws Error when it has other passwords than the file beside it says */
  async isAnswered(): Promise<boolean> {
    try {
      await this.run('postgres', (client) => client.query('select 1'));
      return true;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === wrongPassword)
        throw new Error(
          `The embedded database in ${this.place} has other passwords than the file beside it says. Were the two restored apart? Put back the file that belongs to it.`,
        );
      return false;
    }
  }

  /** Makes a database of Sluice's own user, or gives it one that the administrator has. */
  makeDatabase(name: string): Promise<void> {
    return this.run('postgres', async (client) => {
      const { rows } = await client.query('select datdba = 10 as other from pg_database where datname = $1', [
        name,
      ]);
      if (rows.length === 0) await client.query(`create database "${name}" owner sluice`);
      else if (rows[0].other) await client.query(`alter database "${name}" owner to sluice`);
    });
  }

  /** For tests: they copy databases, act as the roles that they make, and try what a restore may do. */
  allowTests(): Promise<void> {
    return this.run('postgres', async (client) => {
      await client.query('alter role sluice createdb');
      await client.query(`alter role sluice set createrole_self_grant to 'set, inherit'`);
      await client.query('grant set on parameter session_replication_role to sluice');
    });
  }

  /** The connection string with which Sluice's own user reaches a database. */
  urlOf(name: string): string {
    const user = `sluice:${this.passwords.sluice}`;
    return 'port' in this.listening
      ? `postgresql://${user}@127.0.0.1:${this.listening.port}/${name}`
      : `postgresql://${user}@localhost/${name}?host=${encodeURIComponent(this.listening.socketFolder)}`;
  }
}
