import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { openSchemaEngine } from './schema-engine';

const root = resolve(process.env.SLUICE_PRISMA_DIR ?? 'prisma');
const filters = { externalTables: [], externalEnums: [] };

async function migrationList(): Promise<MigrationList> {
  const baseDir = join(root, 'migrations');
  const names = existsSync(baseDir) ? (await readdir(baseDir)).filter((n) => !n.includes('.')).sort() : [];
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
  const engine = await openSchemaEngine(databaseUrl, await readSchema());
  try {
    const done = await engine.applyMigrations({ migrationsList: await migrationList(), filters });
    return done.appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * Writes the next migration: the SQL from what the migrations make to what schema.prisma says.
 * @param databaseUrl an empty scratch database, used as the shadow
 */
export async function diff(databaseUrl: string, name: string): Promise<string | null> {
  const schema = await readSchema();
  const engine = await openSchemaEngine(databaseUrl, schema);
  try {
    const made = await engine.createMigration({
      draft: false,
      migrationName: name,
      migrationsList: await migrationList(),
      schema: { files: [{ path: 'schema.prisma', content: schema }] },
      filters,
    });
    if (!made.migrationScript) return null;
    const folder = join(root, 'migrations', made.generatedMigrationName);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'migration.sql'), made.migrationScript);
    return folder;
  } finally {
    engine.free();
  }
}
