import { db } from '@/lib/server/platform/db/client';
import { type Laboratory, type Run, start, untilStatus, uploadAndInspect } from './laboratory';
import type { MadeFile } from './make-file';

/** A whole import may take this long, retries and a busy machine included. */
export const patience = 60;

/** Whether a process is there. */
export const alive = (worker: { pid: number }) => {
  try {
    process.kill(worker.pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Uploads and confirms; resolves when the given share of the file has gone through to the worker that stages it. */
export async function under(lab: Laboratory, file: MadeFile, share: number): Promise<Run> {
  const run = await uploadAndInspect(file);
  const passed = lab.store.after(Math.floor(share * file.content.byteLength));
  await start(run);
  await Promise.race([passed, untilStatus(run, ['COMPLETED', 'FAILED'], patience)]);
  return run;
}

/** For the table. */
export const percent = (share: number) => `at ${Math.round(share * 100)}%`;

/** How an import stands, for the table. */
export async function statusOf(run: Run): Promise<string> {
  const { status, rowsRead } = await db().import.findUniqueOrThrow({ where: { id: run.importId } });
  return `${status}, ${rowsRead} rows`;
}
