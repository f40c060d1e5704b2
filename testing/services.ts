import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { runServices } from '@/lib/local/run-services';
import { prepareDatabase } from '@/lib/server/platform/migrations/prepare-database';
import { openTemporaryFolder } from './temporary-folder';

declare module 'vitest' {
  interface ProvidedContext {
    environment: Record<string, string>;
  }
}

/** One embedded PostgreSQL and S3 for all tests; each test file gets a database of its own, copied from a template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.LOG_LEVEL ??= 'silent';
  const folder = await openTemporaryFolder('sluice-test-');
  const services = await runServices(folder, { tcp: true, origins: ['http://pages.test'] });
  await prepareDatabase(await services.database('template_sluice'));
  project.provide('environment', services.environment);
  return async () => {
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
