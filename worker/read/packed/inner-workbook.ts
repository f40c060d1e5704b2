import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GiB, KiB, MiB } from '@/lib/shared/bytes';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { convertToXlsx } from '../foreign/convert-to-xlsx';
import { readFully } from '../source/local-source';
import type { ByteSource, XlsxLayout } from '../source/types';
import { unpack } from './unpack';

const chunkBytes = 128 * KiB;
/** A workbook is a zip: packed once more it hardly shrinks, and one that grows to more than this is none. */
const mostTimes = 8;
const mostBytes = 2 * GiB;

/** How the workbook that is read comes out of the stored file. */
export type Wrapping = Pick<XlsxLayout, 'compression' | 'convertedFrom'>;

/** Whether the stored file has to be unpacked or converted before a workbook can be read. */
export const isWrapped = ({ compression = null, convertedFrom = null }: Wrapping): boolean =>
  compression !== null || convertedFrom !== null;

/**
 * A workbook is read here and there, which a packed or converted one does not allow: it goes to a temporary file first.
 * The file has no name any more once it is open, so it goes with the process, however that ends.
 *
 * @throws ImportFailure when it cannot be unpacked or converted, or is too large; the file system's own errors
 */
export async function openInnerWorkbook(
  source: ByteSource,
  wrapping: Wrapping,
): Promise<ByteSource & { close(): Promise<void> }> {
  const file = await nameless();
  try {
    const limit = Math.min(mostBytes, 16 * MiB + mostTimes * source.size);
    let size = 0;
    for await (const chunk of innerBytes(source, wrapping)) {
      if (size + chunk.length > limit) {
        throw new ImportFailure(
          'INFLATED_TOO_LARGE',
          `The packed workbook unpacks to more than ${Math.floor(limit / MiB)} MB, which is refused.`,
        );
      }
      await writeAll(file, chunk, size);
      size += chunk.length;
    }
    return {
      name: source.name,
      size,
      mostUnpacked: source.mostUnpacked,
      stream: (start = 0, end = size) => stream(file, start, Math.min(end, size)),
      read: (start, end) => readFully(file, start, Math.min(end, size)),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function innerBytes(source: ByteSource, { compression, convertedFrom }: Wrapping): AsyncIterable<Uint8Array> {
  const bytes = compression ? unpack(source, compression) : source.stream();
  return convertedFrom ? convertToXlsx(bytes, convertedFrom) : bytes;
}

async function nameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-workbook-'));
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
