import { readdir } from 'node:fs/promises';
import { db } from '../db/client';

/** The names of the migrations that this version of Sluice comes with, oldest first. */
export async function ownMigrations(): Promise<string[]> {
  return (await readdir('prisma/migrations')).filter((name) => /^\d{14}_/.test(name)).sort();
}

/** Whether a database has migrations that this version does not know: a later one was released. */
export const isNewer = (applied: { name: string }[], own: string[]): boolean =>
  applied.some(({ name }) => !own.includes(name));

/** Whether `npm run release` of a later version ran, and this process is still of the version before. */
export async function isDatabaseNewer(): Promise<boolean> {
  const applied = await db().$queryRaw<{ name: string }[]>`
    select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`;
  return isNewer(applied, await ownMigrations());
}
