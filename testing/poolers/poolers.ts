import { existsSync } from 'node:fs';
import { openPgBouncer } from './pgbouncer';
import type { Pooler } from './pooler';
import { openPoolingProxy } from './pooling-proxy';

const programs = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'];

/** What there is to put before a database: a proxy of the tests, which runs everywhere, and PgBouncer where it is. */
export const poolers: { name: string; open: (databaseUrl: string) => Promise<Pooler> }[] = [
  { name: 'a proxy that answers as PgBouncer does', open: openPoolingProxy },
  ...programs
    .filter((program) => existsSync(program))
    .slice(0, 1)
    .map((program) => ({ name: program, open: (url: string) => openPgBouncer(program, url) })),
];
