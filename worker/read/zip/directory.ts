import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from 'yauzl';
import { KiB, MiB } from '@/lib/shared/bytes';
import { ImportFailure, incompleteFile } from '@/lib/shared/schema/import/failure';
import type { ByteSource } from '../source/types';

/** Excel writes a few dozen parts; a workbook with thousands of pictures stays below this. */
const maxEntries = 10_000;

/** Of their names and what stands beside them, all of which are in memory. */
const maxBytes = 4 * MiB;

/** One ranged read fetches at least this much: a directory or a local header with its small part in one request. */
const blockSize = 64 * KiB;

/** One file inside the zip, not yet opened. */
export interface Part {
  /** Name in the zip with forward slashes and without a leading one. */
  name: string;
  entry: Entry;
}

/** The central directory of a zip: its parts by name. */
export interface Directory {
  readonly names: string[];
  /** Finds a part by its exact name, else by its name in any case (OPC part names are case-insensitive). */
  find(name: string): Part | null;
  /** Offset in the source at which the stored (usually deflated) bytes of a part start. */
  dataStart(part: Part): Promise<number>;
  /** Bytes [start, end) of the source where they are in memory already, else null. */
  cached(start: number, end: number): Uint8Array | null;
}

/**
 * Reads the central directory of a zip file (ECMA-376 part 2, annex B; APPNOTE 4.3.12).
 *
 * @throws ImportFailure INCOMPLETE_FILE where the directory or what it points to is missing,
 *   MALFORMED_FILE where it cannot be understood or has more than 10,000 entries. Outages of the source
 *   are thrown as they are.
 */
export async function readDirectory(source: ByteSource): Promise<Directory> {
  const reader = new BlockReader(source);
  const exact = new Map<string, Part>();
  const anyCase = new Map<string, Part>();
  let zip: ZipFile;
  try {
    // Names are decoded below: yauzl refuses a whole file for one absolute or `..` name, but nothing is unpacked here.
    zip = await fromRandomAccessReaderPromise(reader, source.size, {
      autoClose: false,
      decodeStrings: false,
    });
    if (zip.entryCount > maxEntries) {
      throw new ImportFailure(
        'MALFORMED_FILE',
        `The file holds ${zip.entryCount.toLocaleString('en')} parts; a workbook may hold ${maxEntries.toLocaleString('en')}.`,
      );
    }
    let size = 0;
    for await (const entry of zip.eachEntry()) {
      size += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      if (size > maxBytes)
        throw new ImportFailure('MALFORMED_FILE', 'The file is refused: its list of contents is too long.');
      const raw = getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        false,
      );
      // Archivers on Windows write `xl\\workbook.xml`.
      const name = resolvePath(raw);
      const part = { name, entry };
      if (!exact.has(name)) exact.set(name, part);
      const folded = name.toLowerCase();
      if (!anyCase.has(folded)) anyCase.set(folded, part);
    }
  } catch (error) {
    throw reader.failure ?? zipFailure(error);
  }
  return {
    names: [...exact.keys()],
    find: (name) => exact.get(name) ?? anyCase.get(name.toLowerCase()) ?? null,
    cached: (start, end) => reader.cached(start, end),
    async dataStart(part) {
      try {
        const header = await zip.readLocalFileHeaderPromise(part.entry, { minimal: true });
        return header.fileDataStart;
      } catch (error) {
        throw reader.failure ?? zipFailure(error);
      }
    },
  };
}

/** The path of a part with forward slashes only, and nothing to be resolved in it; a folder keeps the slash at its end. */
export function resolvePath(path: string): string {
  const segments: string[] = [];
  const written = path.replaceAll('\\', '/');
  for (const segment of written.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/') + (segments.length > 0 && written.endsWith('/') ? '/' : '');
}

/** Turns an error of yauzl, which has messages but no codes, into one the person understands. */
function zipFailure(error: unknown): unknown {
  if (error instanceof ImportFailure || !(error instanceof Error)) return error;
  const cut = /central directory record signature not found|overflows file bounds/.test(error.message);
  return cut
    ? incompleteFile({ cause: error })
    : new ImportFailure('MALFORMED_FILE', 'The file is damaged: its list of contents cannot be read.', {
        cause: error,
      });
}

/** Serves yauzl's many tiny reads from blocks of the source, so that a directory costs one or two requests. */
class BlockReader extends RandomAccessReader {
  /** Why the last read failed: an outage, or a read beyond the end. */
  failure: unknown;
  private blocks: { start: number; bytes: Uint8Array }[] = [];

  constructor(private readonly source: ByteSource) {
    super();
  }

  cached(start: number, end: number): Uint8Array | null {
    for (const block of this.blocks) {
      if (start >= block.start && end <= block.start + block.bytes.length) {
        return block.bytes.subarray(start - block.start, end - block.start);
      }
    }
    return null;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.load(position, position + length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null);
      },
      (error: unknown) => {
        this.failure = error;
        callback(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  override _readStreamForRange(): Readable {
    throw new Error('Parts are streamed from the source itself.');
  }

  private async load(start: number, end: number): Promise<Uint8Array> {
    const known = this.cached(start, end);
    if (known) return known;
    if (end > this.source.size) {
      throw incompleteFile();
    }
    const bytes = await this.source.read(start, Math.min(this.source.size, Math.max(end, start + blockSize)));
    if (bytes.length < end - start) {
      throw incompleteFile();
    }
    // The first block is the end of the file with the directory and stays; of the others the newest is enough.
    this.blocks = [...this.blocks.slice(0, 1), { start, bytes }];
    return bytes.subarray(0, end - start);
  }
}
