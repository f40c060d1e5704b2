import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { runServices } from '@/lib/local/run-services';
import { prepareDatabase } from '@/prisma/prepare';

declare module 'vitest' {
  interface ProvidedContext {
    environment: Record<string, string>;
  }
}

/** A folder that the database's own user may enter, also where the tests run as root. */
export async function openTemporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), name));
  await chmod(folder, 0o755);
  return folder;
}

/** One embedded PostgreSQL and S3 for all tests; each test file gets a database of its own, copied from a template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.LOG_LEVEL ??= 'silent';
  const folder = await openTemporaryFolder('sluice-test-');
  const services = await runServices(folder);
  await prepareDatabase(await services.database('template_sluice'));
  project.provide('environment', services.environment);
  return async () => {
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
