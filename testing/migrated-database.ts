import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { dropDatabase, makeDatabase } from './servers';

const folder = 'prisma/migrations';

/**
 * A database as a version before left it, brought to the next one.
 * @param migration the one that is tested: its folder's name
 * @param before fills the database as the version before it did; it has a user already
 * @param isLatest whether all later ones come after it, so that the code of now can read there
 */
export function migratedDatabase(
  migration: string,
  before: (database: pg.Client) => Promise<void>,
  isLatest = false,
): pg.Client {
  const name = `migrated_${randomUUID().replaceAll('-', '')}`;
  const servers = inject('servers');
  const at = Object.assign(new URL(process.env.DATABASE_URL ?? ''), { pathname: `/${name}` });
  const database = new pg.Client({ connectionString: at.href });
  const apply = (folderName: string) =>
    database.query(readFileSync(join(folder, folderName, 'migration.sql'), 'utf8'));
  beforeAll(async () => {
    await makeDatabase(servers, name);
    await database.connect();
    const all = readdirSync(folder)
      .filter((entry) => /^\d{14}_/.test(entry))
      .sort();
    for (const entry of all) if (entry < migration) await apply(entry);
    await database.query(
      `insert into "User" ("id", "email", "name", "updatedAt") values (gen_random_uuid(), 'a@b.c', 'A', now())`,
    );
    await before(database);
    await apply(migration);
    for (const entry of all) if (isLatest && entry > migration) await apply(entry);
  });

  afterAll(async () => {
    await database.end();
    await dropDatabase(servers, name);
  });

  return database;
}
