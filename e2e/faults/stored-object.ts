import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/lib/db/client';

import type { Run } from './laboratory';

/**
 * Turns a bit of one byte in the embedded store's own file, behind the store's back: its ETag stays as it was.
 * @param share where in the file, from 0 to 1
 * @returns the byte's offset
 */
export async function flipByte(storeFolder: string, run: Run, share: number): Promise<number> {
  const { objectKey } = await db().import.findUniqueOrThrow({ where: { id: run.importId } });
  const path = join(storeFolder, process.env.S3_BUCKET ?? '', `${objectKey}._S3rver_object`);
  const at = Math.floor(share * (run.file.content.byteLength - 1));
  const file = await open(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    byte.writeUInt8(byte.readUInt8() ^ 0b100);
    await file.write(byte, 0, 1, at);
  } finally {
    await file.close();
  }
  return at;
}
