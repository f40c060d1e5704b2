import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const running = z.object({ pid: z.number().int(), url: z.url() });
/** What /api/health says, well or not. */
const health = z.object({ status: z.enum(['ok', 'unavailable']) });
export type Running = z.infer<typeof running>;

const fileIn = (folder: string) => join(folder, 'running.json');

/**
 * The Sluice that runs on this folder, or null. What a crash left behind is not taken for one, also when its process
 * id was given to another program: its address has to answer as Sluice does. A Sluice that is too busy to answer
 * still runs.
 */
export async function findRunning(folder: string): Promise<Running | null> {
  const found = await readNote(folder);
  if (!found) return null;
  try {
    process.kill(found.pid, 0);
  } catch {
    return null;
  }
  try {
    const answer = await fetch(`${found.url}/api/health`, { signal: AbortSignal.timeout(5_000) });
    return health.safeParse(await answer.json()).success ? found : null;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? found : null;
  }
}

async function readNote(folder: string): Promise<Running | null> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '');
  try {
    return running.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Notes that this process runs Sluice on this folder. @returns takes the note away */
export async function noteRunning(folder: string, url: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), JSON.stringify({ pid: process.pid, url }));
  return () => rm(fileIn(folder), { force: true });
}
