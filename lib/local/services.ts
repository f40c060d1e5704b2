import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../server/platform/errors';
import { lockFolder } from './folder/folder-lock';
import { startPostgres } from './postgres/start-postgres';
import { startStore } from './store/start-store';

/**
 * The embedded database and store, as a process of their own: Ctrl-C in a terminal reaches the whole
 * foreground group, and these two must outlive web and worker. They stop when the parent says so or is gone.
 */

const settings = z.object({
  folder: z.string(),
  listening: z.union([z.object({ socketFolder: z.string() }), z.object({ port: z.number().int() })]),
  store: z.object({
    port: z.number().int(),
    key: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
    origins: z.array(z.string()),
  }),
});
/** What the parent says first. Not on the command line, which everybody on the machine can read. */
export type ServiceSettings = z.infer<typeof settings>;

const request = z.union([z.object({ database: z.string().regex(/^[a-z0-9_]+$/) }), z.literal('crash')]);

const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);

/** Only this user may look into the folder. As root the database has a user of its own, who has to get to its part of it. */
async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
}

async function run({ folder, listening, store: storeOptions }: ServiceSettings): Promise<void> {
  await openFolder(folder);
  const unlock = await lockFolder(folder);
  const postgres = await startPostgres(folder, listening, say);
  const store = await startStore(join(folder, 'store'), storeOptions);

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= Promise.allSettled([store.stop(), postgres.stop()])
      .then(unlock)
      .finally(() => process.exit(0));
    return stopping;
  };
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
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
    S3_ACCESS_KEY_ID: storeOptions.key.accessKeyId,
    S3_SECRET_ACCESS_KEY: storeOptions.key.secretAccessKey,
    S3_REGION: 'us-east-1',
    S3_FORCE_PATH_STYLE: 'true',
    EMBEDDED_FOLDER: folder,
  };
  // Whoever asked for this may be gone by now, and nobody will say so any more.
  if (process.connected) process.send?.({ environment });
  else await stop();
}

process.on('SIGINT', () => undefined);
// Where what is said goes to a file on a full disk, that is no reason to end.
process.stderr.on('error', () => undefined);
process.once('message', (message: unknown) => {
  run(settings.parse(message)).catch((error: unknown) => {
    process.send?.({ error: messageOf(error) });
    process.exitCode = 1;
    process.disconnect?.();
  });
});
