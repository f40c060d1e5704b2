import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportFailure } from '@/lib/imports/failure';
import { readFully } from '../local-source';
import type { ByteSource, Compression } from '../types';
import { unpack } from './unpack';

const chunkBytes = 128 * 1024;
/** A workbook is a zip: packed once more it hardly shrinks, and one that grows to more than this is none. */
const mostTimes = 8;
const mostBytes = 2 * 1024 ** 3;

/**
 * A workbook is read here and there, which a packed one does not allow: it is unpacked to a temporary file first. The
 * file has no name any more once it is open, so it goes with the process, however that ends.
 *
 * @throws ImportFailure when it cannot be unpacked, or is too large; the file system's own errors
 */
export async function openUnpackedWorkbook(
  source: ByteSource,
  compression: Exclude<Compression, null>,
): Promise<ByteSource & { close(): Promise<void> }> {
  const file = await nameless();
  try {
    const limit = Math.min(mostBytes, 16 * 1024 * 1024 + mostTimes * source.size);
    let size = 0;
    for await (const chunk of unpack(source, compression)) {
      if (size + chunk.length > limit) {
        throw new ImportFailure(
          'INFLATED_TOO_LARGE',
          `The packed workbook unpacks to more than ${Math.floor(limit / 1024 ** 2)} MB, which is refused.`,
        );
      }
      await writeAll(file, chunk, size);
      size += chunk.length;
    }
    return {
      name: source.name,
      size,
      stream: (start = 0, end = size) => stream(file, start, Math.min(end, size)),
      read: (start, end) => readFully(file, start, Math.min(end, size)),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function nameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-unpacked-'));
  try {
    return await open(join(folder, 'workbook'), 'w+', 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
    written += bytesWritten;
  }
}

async function* stream(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += chunkBytes)
    yield await readFully(file, at, Math.min(end, at + chunkBytes));
}
