import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { openTemporaryFolder } from '@/e2e/setup/temporary-folder';
import { buildIfStale } from '@/lib/local/build';
import { runServices } from '@/lib/local/run-services';
import { workerLimits, workerVariables } from '@/lib/local/worker-limits';
import { prepareDatabase } from '@/prisma/prepare';

await buildIfStale();
const folder = await openTemporaryFolder('sluice-idle-');
const services = await runServices(folder);
await prepareDatabase(services.environment.DATABASE_URL ?? '');
const extra = (process.env.EXTRA ?? '').split(' ').filter(Boolean);
const worker = spawn(process.execPath, [...workerLimits, ...extra, 'dist/worker.mjs'], {
  env: {
    ...process.env,
    ...services.environment,
    ...workerVariables,
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
await once(worker, 'message');
console.log(execFileSync('python3', ['/tmp/smaps.py', String(worker.pid)]).toString());
await new Promise((r) => setTimeout(r, 5000));
console.log(execFileSync('python3', ['/tmp/smaps.py', String(worker.pid)]).toString());
worker.kill('SIGTERM');
await once(worker, 'exit');
await services.stop();
await rm(folder, { recursive: true, force: true });
process.exit(0);
