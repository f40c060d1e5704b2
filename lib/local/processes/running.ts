import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const running = z.object({ pid: z.number().int(), url: z.url(), key: z.string() });
/** What /api/health says, well or not. */
const health = z.object({ status: z.enum(['ok', 'degraded', 'unavailable']) });
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

/**
 * Notes that this process runs Sluice on this folder, and the key with which the command line may act on it. Only
 * this user may read the note.
 * @returns takes the note away
 */
export async function noteRunning(
  folder: string,
  { url, key }: { url: string; key: string },
): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  // The mode counts only for a file that is made.
  await rm(fileIn(folder), { force: true });
  await writeFile(fileIn(folder), JSON.stringify({ pid: process.pid, url, key }), { mode: 0o600 });
  return () => rm(fileIn(folder), { force: true });
}
