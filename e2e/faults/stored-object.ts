import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/lib/server/platform/db/client';

import type { Run } from './laboratory';

async function change(
  storeFolder: string,
  run: Run,
  at: number,
  to: (byte: number) => number,
): Promise<void> {
  const { objectKey } = await db().import.findUniqueOrThrow({ where: { id: run.importId } });
  const path = join(storeFolder, process.env.S3_BUCKET ?? '', `${objectKey}._S3rver_object`);
  const file = await open(path, 'r+');
  try {
    await file.write(Buffer.of(to(run.file.content.readUInt8(at))), 0, 1, at);
  } finally {
    await file.close();
  }
}

/**
 * Turns a bit of one byte in the embedded store's own file, behind the store's back: its ETag stays as it was.
 * @param share where in the file, from 0 to 1
 * @returns the byte's offset
 */
export async function flipByte(storeFolder: string, run: Run, share: number): Promise<number> {
  const at = Math.floor(share * (run.file.content.byteLength - 1));
  await change(storeFolder, run, at, (byte) => byte ^ 0b100);
  return at;
}

/** Makes a quote, the first after that part of the file, another character. @returns its offset */
export async function flipQuote(storeFolder: string, run: Run, share: number): Promise<number> {
  const { content } = run.file;
  const at = content.indexOf('"', Math.floor(share * 0.99 * content.byteLength));
  await change(storeFolder, run, at, (byte) => byte ^ 0b100);
  return at;
}
