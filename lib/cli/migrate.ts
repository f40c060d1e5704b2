import { runServices } from '@/lib/local/run-services';
import { distributeAllTables } from '@/lib/server/datasets/storage/distribute-tables';
import { assertCluster, isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import { waitForDatabase } from '@/lib/server/platform/db/wait-for-database';
import { env, loadEnvFile } from '@/lib/server/platform/env';
import { messageOf } from '@/lib/server/platform/errors';
import { diff } from '../server/platform/migrations/migrate';
import { prepareDatabase } from '../server/platform/migrations/prepare-database';

async function writeMigration(name: string): Promise<void> {
  const services = await runServices('.sluice-scratch');
  try {
    const made = await diff(await services.database(`scratch_${Date.now()}`), name);
    process.stdout.write(
      made ? `Wrote ${made}.\n` : 'The migrations make what the schema says: nothing to write.\n',
    );
  } finally {
    await services.stop();
  }
}

/**
 * `npm run migrate`: brings DATABASE_URL up to date (the release step).
 * `npm run migrate -- diff NAME`: writes the next migration from schema.prisma; an embedded scratch database serves.
 */
async function main([verb, name]: string[]): Promise<void> {
  loadEnvFile();
  if (verb === undefined) {
    await waitForDatabase(60_000, (reason) =>
      process.stderr.write(`The database does not answer yet, waiting for a minute: ${reason}\n`),
    );
    await assertCluster();
    const applied = await prepareDatabase(env().DATABASE_URL);
    process.stdout.write(
      applied.length > 0 ? `Applied ${applied.join(', ')}.\n` : 'The database is up to date.\n',
    );
    if (isDistributed())
      process.stdout.write(
        `Datasets that went to a server of the cluster: ${await distributeAllTables()}.\n`,
      );
  } else if (verb === 'diff' && name) {
    await writeMigration(name);
  } else {
    process.stderr.write('Use “npm run migrate” or “npm run migrate -- diff NAME”.\n');
    process.exitCode = 2;
  }
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  })
  // Idle connections would keep the process for another ten seconds.
  .finally(() => process.exit());
