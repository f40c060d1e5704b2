import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { KiB } from '@/lib/shared/bytes';

/** One file to put into a zip, and what the directory is to claim of it. */
export interface ZipEntry {
  name: string;
  data: string | Uint8Array | Iterable<string>;
  stored?: boolean;
  /** Inflated size that the directory declares, where that is a lie. */
  declaredSize?: number;
  declaredChecksum?: number;
  encrypted?: boolean;
}

/**
 * Writes a zip (APPNOTE 6.3.10) piece by piece, also one that no decent program would write. Sizes stand in data
 * descriptors and in the directory, as streaming writers do it.
 */
export async function* zipPieces(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const flags = 0x0808 | (entry.encrypted ? 1 : 0);
    const method = entry.stored ? 0 : 8;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    const start = offset;
    yield Buffer.concat([local, name]);
    offset += local.length + name.length;
    let size = 0;
    let checksum = 0;
    let packed = 0;
    const raw = function* () {
      for (const piece of pieces(entry.data)) {
        size += piece.length;
        checksum = crc32(piece, checksum);
        yield piece;
      }
    };
    for await (const piece of entry.stored
      ? raw()
      : Readable.from(raw()).pipe(createDeflateRaw({ level: 6 }))) {
      packed += piece.length;
      yield piece;
    }
    offset += packed;
    const declared = entry.declaredSize ?? size;
    const declaredChecksum = entry.declaredChecksum ?? checksum;
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(declaredChecksum, 4);
    descriptor.writeUInt32LE(packed, 8);
    descriptor.writeUInt32LE(declared, 12);
    yield descriptor;
    offset += descriptor.length;
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(declaredChecksum, 16);
    central.writeUInt32LE(packed, 20);
    central.writeUInt32LE(declared, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(start, 42);
    directory.push(central, name);
  }
  yield* closing(directory, offset);
}

function* closing(directory: Buffer[], offset: number): Generator<Buffer> {
  const bytes = Buffer.concat(directory);
  const count = directory.length / 2;
  const zip64 = count > 0xffff;
  yield bytes;
  if (zip64) {
    const record = Buffer.alloc(76);
    record.writeUInt32LE(0x06064b50, 0);
    record.writeBigUInt64LE(44n, 4);
    record.writeBigUInt64LE(BigInt(count), 24);
    record.writeBigUInt64LE(BigInt(count), 32);
    record.writeBigUInt64LE(BigInt(bytes.length), 40);
    record.writeBigUInt64LE(BigInt(offset), 48);
    record.writeUInt32LE(0x07064b50, 56);
    record.writeBigUInt64LE(BigInt(offset + bytes.length), 64);
    record.writeUInt32LE(1, 72);
    yield record;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(bytes.length, 12);
  end.writeUInt32LE(offset, 16);
  yield end;
}

/** A whole zip in memory. */
export async function zipBytes(entries: Iterable<ZipEntry>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zipPieces(entries)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function* pieces(data: ZipEntry['data']): Generator<Buffer> {
  if (typeof data === 'string' || data instanceof Uint8Array) {
    yield Buffer.from(data);
    return;
  }
  let text = '';
  for (const piece of data) {
    text += piece;
    if (text.length < 64 * KiB) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
