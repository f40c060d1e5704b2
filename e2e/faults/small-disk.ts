import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { openTemporaryFolder } from '@/testing/temporary-folder';

/** A disk for the embedded database and store that can be full and have space again. */
export interface SmallDisk {
  path: string;
  what: string;
  /** Whether the system says of it that it is full. */
  isMounted: boolean;
  /** From now on nothing more fits. @param pid the process that holds database and store */
  fill(pid: number): Promise<void>;
  /** There is space again. */
  free(pid: number): Promise<void>;
  close(): Promise<void>;
}

const megabytes = 4_096;

/**
 * A disk of memory, which is shrunk to what is on it; or, where nothing may be mounted, a folder whose users get a
 * limit for the size of files, so that they cannot write there either.
 */
export async function openSmallDisk(mayMount = true): Promise<SmallDisk> {
  const path = await openTemporaryFolder('sluice-disk-');
  try {
    if (!mayMount) throw new Error('It is to be tried without.');
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', path], {
      stdio: 'ignore',
    });
  } catch {
    return limitedFolder(path);
  }
  const resize = (size: string) =>
    execFileSync('mount', ['-o', `remount,size=${size}`, path], { stdio: 'ignore' });
  return {
    path,
    what: 'a disk of memory',
    isMounted: true,
    fill: async () => {
      for (let tries = 0; ; tries++) {
        const { blocks, bfree, bsize } = await statfs(path);
        try {
          return void resize(String((blocks - bfree) * bsize));
        } catch (error) {
          // It grew in this moment.
          if (tries === 50) throw error;
        }
      }
    },
    free: async () => void resize(`${megabytes}m`),
    close: async () => {
      execFileSync('umount', ['--lazy', path]);
      await rm(path, { recursive: true });
    },
  };
}

function limitedFolder(path: string): SmallDisk {
  const limit = (pid: number, bytes: string) => {
    for (const each of familyOf(pid)) {
      try {
        // As root too: in a container it may not touch the processes of others.
        const { uid, gid } = statSync(`/proc/${each}`);
        execFileSync('prlimit', ['--pid', String(each), `--fsize=${bytes}:unlimited`], {
          uid,
          gid,
          stdio: 'ignore',
        });
      } catch {
        // It ended in this moment.
      }
    }
  };
  return {
    path,
    what: 'a limit for files',
    isMounted: false,
    fill: async (pid) => limit(pid, '1'),
    free: async (pid) => limit(pid, 'unlimited'),
    close: () => rm(path, { recursive: true, force: true }),
  };
}

/** A process and all that come from it. */
function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? [];
      parents.set(Number(entry), Number(parent));
    } catch {
      // It ended in this moment.
    }
  }
  const family = [pid];
  for (const parent of family) {
    for (const [child, its] of parents) if (its === parent) family.push(child);
  }
  return family;
}
