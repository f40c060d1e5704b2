import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asProduction, loadEnvFile, webEnv } from '@/lib/server/platform/env';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';
import { httpServer } from './http-server';

/** This file is dist/web.mjs when it runs: everything else lies beside that folder. */
const root = join(import.meta.dirname, '..');

/** What `next build` made of next.config.ts, so that nothing has to compile that here. */
function builtConfig(): string {
  const { config } = JSON.parse(readFileSync(join(root, '.next/required-server-files.json'), 'utf8'));
  return JSON.stringify(config);
}

/**
 * The web server: Next's pages and handlers behind an HTTP server of our own. On SIGTERM it is gone within ten
 * seconds. `next start` waits until the last page is closed, since every page holds a progress stream.
 */
async function main(): Promise<void> {
  process.chdir(root);
  loadEnvFile();
  asProduction({ __NEXT_PRIVATE_STANDALONE_CONFIG: builtConfig() });
  const { PORT: port, HOST: host } = webEnv();
  // Next reads the environment while it is loaded.
  const { default: next } = await import('next');
  const app = next({ dir: root, dev: false, port, hostname: host });
  await app.prepare();
  const server = httpServer(app.getRequestHandler());
  const listens = await server.listen(port, host);
  log().info({ port: listens }, 'the web server is ready');

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log().info({ signal }, 'shutting down: progress streams end, running requests finish');
    const cut = await server.close();
    if (cut > 0) log().warn({ requests: cut }, 'requests that took too long were cut');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`The web server could not start. ${messageOf(error)}\n`);
  process.exit(1);
});
