import { statfs } from 'node:fs/promises';

/** PostgreSQL's journal grows by files of 16 MiB: with less than one, it can do nothing. */
const leastBytes = 20 * 1024 ** 2;

/** Whether the disk that a folder is on has no room left for the embedded database. */
export async function isDiskFull(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < leastBytes;
  } catch {
    return false;
  }
}
