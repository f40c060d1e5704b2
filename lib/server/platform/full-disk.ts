import { statfs } from 'node:fs/promises';
import { MiB } from '@/lib/shared/bytes';
import { embeddedFolder } from './env';
import { isFullDisk } from './outage';

/** PostgreSQL's journal grows by files of 16 MiB: with less than one, it can do nothing. */
const leastBytes = 20 * MiB;

/** Whether the disk that a folder is on has no room left for the embedded database. */
export async function isDiskFull(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < leastBytes;
  } catch {
    return false;
  }
}

/**
 * What to tell people when a disk is full, or null where none is: the one under the embedded database and store, or the
 * one that an error speaks of.
 */
export async function fullDiskMessage(error?: unknown): Promise<string | null> {
  const folder = embeddedFolder();
  if (folder !== undefined && (await isDiskFull(folder))) {
    return 'The disk of the machine that Sluice runs on is full. Once there is space again, Sluice goes on by itself; nothing is lost.';
  }
  return isFullDisk(error)
    ? 'The disk of the database or of the file store is full. Once there is space again, Sluice goes on by itself; nothing is lost.'
    : null;
}
