import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const running = z.object({ pid: z.number().int(), url: z.url() });
export type Running = z.infer<typeof running>;

const fileIn = (folder: string) => join(folder, 'running.json');

/** The Sluice that runs on this folder, or null. What a crash left behind is not taken for one. */
export async function findRunning(folder: string): Promise<Running | null> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => null);
  if (text === null) return null;
  const found = running.safeParse(JSON.parse(text || 'null'));
  if (!found.success) return null;
  try {
    process.kill(found.data.pid, 0);
  } catch {
    return null;
  }
  return found.data;
}

/** Notes that this process runs Sluice on this folder. @returns takes the note away */
export async function noteRunning(folder: string, url: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), JSON.stringify({ pid: process.pid, url }));
  return () => rm(fileIn(folder), { force: true });
}
