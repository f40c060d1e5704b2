import { afterEach, expect, it } from 'vitest';
import { getImport } from '@/lib/server/imports/get-import';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { upload } from '@/worker/testing/run-import';
import { handleJobError } from './fail-import';

openDatabase();
afterEach(
  () => db().$executeRaw`delete from _prisma_migrations where migration_name = '99990101000000_later'`,
);

/** What a statement ends with whose table has another name by now. */
const gone = () => db().$queryRaw`select 1 from "NameBefore"`;

async function uploaded() {
  const user = await owner();
  const publicId = await upload(new TextEncoder().encode('n\n1\n'), 'a.csv', user);
  const { id } = await db().import.findUniqueOrThrow({ where: { publicId } });
  return { id, view: () => getImport(publicId, user) };
}

it('a permanent error fails the import at once', async () => {
  const { id, view } = await uploaded();
  await gone().catch((error: unknown) => handleJobError(id, error, false));
  expect(await view()).toMatchObject({ status: 'FAILED', failure: { reason: 'INTERNAL' } });
});

it('but not for a worker that is older than the database: the newer one tries it again', async () => {
  await db()
    .$executeRaw`insert into _prisma_migrations (id, migration_name, checksum, finished_at, applied_steps_count)
    values ('later', '99990101000000_later', '', now(), 1)`;
  const { id, view } = await uploaded();
  await expect(gone().catch((error: unknown) => handleJobError(id, error, false))).rejects.toThrow(
    'NameBefore',
  );
  expect(await view()).toMatchObject({ status: 'INSPECTING', failure: null });
  await expect(gone().catch((error: unknown) => handleJobError(id, error, true))).rejects.toThrow(
    'NameBefore',
  );
  const { status, failure } = await view();
  expect(status).toBe('FAILED');
  expect(failure?.message).toContain('earlier version than the database');
});
