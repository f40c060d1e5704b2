import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../errors';
import { lockFolder } from './folder-lock';
import { startPostgres } from './postgres';
import { startStore } from './store';

/**
 * The embedded database and store, as a process of their own: Ctrl-C in a terminal reaches the whole
 * foreground group, and these two must outlive web and worker. They stop when the parent says so or is gone.
 */
const [folder = '.sluice', postgresPort = '0', storePort = '0'] = process.argv.slice(2);

const request = z.union([z.object({ database: z.string().regex(/^[a-z0-9_]+$/) }), z.literal('crash')]);

async function main(): Promise<void> {
  const unlock = await lockFolder(folder);
  const postgres = await startPostgres(join(folder, 'postgres'), Number(postgresPort));
  const store = await startStore(join(folder, 'store'), Number(storePort));

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= Promise.allSettled([store.stop(), postgres.stop()])
      .then(unlock)
      .finally(() => process.exit(0));
    return stopping;
  };
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', () => undefined);
  process.on('message', async (message: unknown) => {
    const said = request.safeParse(message).data;
    if (said === 'crash') {
      await postgres.crash();
      process.send?.({ crashed: true });
    } else if (said) {
      process.send?.({ databaseUrl: await postgres.database(said.database) });
    }
  });

  const environment: Record<string, string> = {
    DATABASE_URL: postgres.url,
    S3_ENDPOINT: store.url,
    S3_BUCKET: store.bucket,
    S3_ACCESS_KEY_ID: store.accessKeyId,
    S3_SECRET_ACCESS_KEY: store.secretAccessKey,
    S3_REGION: 'us-east-1',
    S3_FORCE_PATH_STYLE: 'true',
  };
  // Whoever asked for this may be gone by now, and nobody will say so any more.
  if (process.connected) process.send?.({ environment });
  else await stop();
}

main().catch((error: unknown) => {
  process.send?.({ error: messageOf(error) });
  process.exitCode = 1;
  process.disconnect?.();
});
