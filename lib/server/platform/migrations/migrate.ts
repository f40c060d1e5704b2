import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DiffTarget, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { withSchemaEngine } from './schema-engine';

const root = resolve('prisma');
const filters = { externalTables: [], externalEnums: [] };

async function migrationList(): Promise<MigrationList> {
  const baseDir = join(root, 'migrations');
  const names = existsSync(baseDir) ? (await readdir(baseDir)).filter((n) => /^\d{14}_/.test(n)).sort() : [];
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

const readSchema = () => readFile(join(root, 'schema.prisma'), 'utf8');

/**
 * Applies every migration in prisma/migrations that the database has not seen, as `prisma migrate deploy`
 * does (same engine, same `_prisma_migrations` table), without downloading an engine.
 * @returns the names of the migrations applied now
 */
export async function deploy(databaseUrl: string): Promise<string[]> {
  const migrations = await migrationList();
  return withSchemaEngine(databaseUrl, await readSchema(), async (engine) => {
    const done = await engine.applyMigrations({ migrationsList: migrations, filters });
    return done.appliedMigrationNames;
  });
}

/**
 * Writes the next migration: the SQL from the schema at the last migration (migrations/last.prisma) to
 * schema.prisma as it is. The engine cannot read a PostgreSQL 18 catalogue through the adapter ("char" columns),
 * so it compares the two schemas.
 * @param databaseUrl any PostgreSQL that answers: the engine wants one before it does anything
 * @param name goes into the folder's name
 * @returns the migration's folder, or null when there is nothing to write
 */
export async function diff(databaseUrl: string, name: string): Promise<string | null> {
  const content = await readSchema();
  const last = join(root, 'migrations', 'last.prisma');
  const before = existsSync(last) ? await readFile(last, 'utf8') : null;
  if (before === content) return null;
  const from: DiffTarget =
    before === null
      ? { tag: 'empty' }
      : { tag: 'schemaDatamodel', files: [{ path: 'last.prisma', content: before }] };
  const to: DiffTarget = { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] };
  const { stdout } = await withSchemaEngine(databaseUrl, content, (engine) =>
    engine.diff({ from, to, script: true, exitCode: null, filters }),
  );
  const moment = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(root, 'migrations', `${moment}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), stdout ?? '');
  await writeFile(last, content);
  return folder;
}
