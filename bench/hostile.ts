import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostileFile } from '@/e2e/hostile/hostile-files';
import { getImport } from '@/lib/server/imports/get-import';
import { isFinal } from '@/lib/shared/schema/import/status';
import { owner } from '@/testing/people';
import { confirm, upload } from '@/worker/testing/run-import';
import { peakOf, startWorker } from './run-import';

/**
 * Hands a file that means harm to a worker of its own, whole way or refusal.
 * @returns from the end of its upload to the end of its import, and what the worker took
 */
export async function measureHostile(
  file: HostileFile,
  environment: Record<string, string>,
): Promise<{ seconds: number; peakRssMb: number }> {
  const user = await owner();
  const content = await file.content();
  const worker = await startWorker(environment);
  try {
    const id = await upload(content, file.name, user);
    const begun = performance.now();
    let view = await getImport(id, user);
    while (!isFinal(view.status)) {
      if (view.status === 'MAPPING') await confirm(view, user, { types: file.types ?? 'text' });
      await sleep(20);
      view = await getImport(id, user);
    }
    return { seconds: (performance.now() - begun) / 1000, peakRssMb: await peakOf(worker) };
  } finally {
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
}
