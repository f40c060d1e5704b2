import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { openTemporaryFolder } from '@/testing/temporary-folder';

/** A folder that is soon full: 2 MB of memory where that may be mounted, else one in which nothing can be made. */
export async function openSmallFolder(): Promise<{ path: string; what: string; close(): Promise<void> }> {
  const path = await openTemporaryFolder('sluice-full-');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    await rm(path, { recursive: true });
    return { path: '/proc', what: 'in a folder that takes nothing', close: async () => undefined };
  }
  return {
    path,
    what: 'in a folder of 2 MB',
    close: async () => {
      execFileSync('umount', ['--lazy', path]);
      await rm(path, { recursive: true });
    },
  };
}
