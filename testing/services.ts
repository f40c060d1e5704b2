import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { runServices } from '@/lib/local/run-services';
import { prepareDatabase } from '@/lib/server/platform/migrations/prepare-database';
import { dropDatabase, makeDatabase, type Servers, serversOf } from './servers';
import { openTemporaryFolder } from './temporary-folder';

declare module 'vitest' {
  interface ProvidedContext {
    environment: Record<string, string>;
    servers: Servers;
  }
}

const template = 'template_sluice';

/**
 * One embedded PostgreSQL and S3 for all tests; each test file gets a database of its own, copied from a template. With
 * CITUS_URL, the connection string of a database on the coordinator of a Citus cluster that knows the other servers,
 * the databases are there. One run at a time can use a cluster.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.LOG_LEVEL ??= 'silent';
  const folder = await openTemporaryFolder('sluice-test-');
  const services = await runServices(folder, { tcp: true, origins: ['http://pages.test'] });
  const { CITUS_URL } = process.env;
  if (CITUS_URL) {
    const servers = await serversOf(CITUS_URL);
    await dropDatabase(servers, template);
    await prepareDatabase(await makeDatabase(servers, template));
    const distributed = { DATABASE_URL: CITUS_URL, DATABASE_DISTRIBUTED: 'citus' };
    project.provide('environment', { ...services.environment, ...distributed });
    project.provide('servers', servers);
  } else {
    await prepareDatabase(await services.database(template));
    project.provide('environment', services.environment);
    project.provide('servers', [services.environment.DATABASE_URL ?? '']);
  }
  return async () => {
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
