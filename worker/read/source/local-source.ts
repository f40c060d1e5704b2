import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { KiB } from '@/lib/shared/bytes';
import type { ByteSource } from './types';

/** 128 KiB: on a 76 MB file 64 KiB took 15 % longer, 256 KiB was no faster and took 8 MB more. */
const chunkBytes = 128 * KiB;

/**
 * A file on this machine as a byte source.
 *
 * @param path where the file is; only its last part becomes the source's name
 * @throws the file system's own error when the file cannot be opened
 */
export async function localSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat().finally(() => handle.close());
  return {
    name: basename(path),
    size,
    stream: (start = 0, end = size) => streamFile(path, start, Math.min(end, size)),
    read: (start, end) => readRange(path, start, Math.min(end, size)),
  };
}

async function* streamFile(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  if (start >= end) return;
  const stream = createReadStream(path, { start, end: end - 1, highWaterMark: chunkBytes });
  for await (const chunk of stream) {
    if (chunk instanceof Uint8Array) yield chunk;
  }
}

async function readRange(path: string, start: number, end: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    return await readFully(handle, start, end);
  } finally {
    await handle.close();
  }
}

/** The bytes [start, end) of an open file; fewer where it ends before. */
export async function readFully(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
