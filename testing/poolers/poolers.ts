import { existsSync } from 'node:fs';
import { openPgBouncer } from './pgbouncer';
import { openPoolingProxy } from './pooling-proxy';

/** What pools connections before a database. */
export interface Pooler {
  /** The database, through it. */
  url: string;
  /** Dies, with every connection, and is there again on its port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const programs = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'];

/** What there is to put before a database: a proxy of the tests, which runs everywhere, and PgBouncer where it is. */
export const poolers: { name: string; open: (databaseUrl: string) => Promise<Pooler> }[] = [
  { name: 'a proxy that answers as PgBouncer does', open: openPoolingProxy },
  ...programs
    .filter((program) => existsSync(program))
    .slice(0, 1)
    .map((program) => ({ name: program, open: (url: string) => openPgBouncer(program, url) })),
];
