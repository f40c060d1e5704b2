import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../errors';
import { startPostgres } from './postgres';
import { localStore, startStore } from './store';

/**
 * The embedded database and store, as a process of their own: Ctrl-C in a terminal reaches the whole
 * foreground group, and these two must outlive web and worker. They stop when the parent says so or is gone.
 */
const [folder = '.sluice', postgresPort = '0', storePort = '0'] = process.argv.slice(2);

async function main(): Promise<void> {
  const postgres = await startPostgres(join(folder, 'postgres'), Number(postgresPort));
  const store = await startStore(join(folder, 'store'), Number(storePort));

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= Promise.allSettled([store.stop(), postgres.stop()]).then(() => process.exit(0));
    return stopping;
  };
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', () => undefined);
  process.on('message', async (message: unknown) => {
    const request = z.object({ database: z.string().regex(/^[a-z0-9_]+$/) }).safeParse(message);
    if (request.success) process.send?.({ databaseUrl: await postgres.database(request.data.database) });
  });

  const environment: Record<string, string> = {
    DATABASE_URL: postgres.url,
    S3_ENDPOINT: store.url,
    S3_BUCKET: localStore.bucket,
    S3_ACCESS_KEY_ID: localStore.accessKeyId,
    S3_SECRET_ACCESS_KEY: localStore.secretAccessKey,
    S3_REGION: 'us-east-1',
    S3_FORCE_PATH_STYLE: 'true',
  };
  process.send?.({ environment });
}

main().catch((error: unknown) => {
  process.send?.({ error: messageOf(error) });
  process.exitCode = 1;
  process.disconnect?.();
});
