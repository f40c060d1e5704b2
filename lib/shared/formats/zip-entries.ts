import { KiB, MiB } from '../bytes';

/** A file in a zip, as its directory tells. */
export interface ListedEntry {
  name: string;
  isEncrypted: boolean;
  /** How it is packed: 0 not at all, 8 deflated. */
  method: number;
  packedBytes: number;
  /** Where in the zip it begins, with a header of its own. */
  offset: number;
}

const endBytes = 22;
const entryBytes = 46;
/** Of a directory longer than this nothing is told. */
const mostBytes = 4 * MiB;

/**
 * The files that a zip lists (APPNOTE 4.3.12). For browsers, which look into a file before it goes up.
 * @returns null where that cannot be told here: a zip that is damaged, or larger than 4 GB
 */
export async function zipEntries(file: Blob): Promise<ListedEntry[] | null> {
  // The last record may have a comment of up to 64 KiB behind it.
  const tail = await viewOf(file, Math.max(0, file.size - endBytes - 64 * KiB), file.size);
  let end = tail.byteLength - endBytes;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) return null;
  const bytes = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  if (bytes > mostBytes || start + bytes > file.size) return null;
  const directory = await viewOf(file, start, start + bytes);
  const entries: ListedEntry[] = [];
  for (let at = 0; at + entryBytes <= directory.byteLength; ) {
    if (directory.getUint32(at, true) !== 0x02014b50) return null;
    const [name, extra, comment] = [28, 30, 32].map((from) => directory.getUint16(at + from, true));
    entries.push({
      name: nameAt(directory, at + entryBytes, name ?? 0),
      isEncrypted: (directory.getUint16(at + 8, true) & 1) === 1,
      method: directory.getUint16(at + 10, true),
      packedBytes: directory.getUint32(at + 20, true),
      offset: directory.getUint32(at + 42, true),
    });
    at += entryBytes + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return entries;
}

/**
 * The first bytes of what is packed in a zip.
 * @returns null for a way of packing that browsers do not know
 */
export async function headOfEntry(
  file: Blob,
  { method, packedBytes, offset }: ListedEntry,
  bytes: number,
): Promise<Uint8Array | null> {
  const header = await viewOf(file, offset, offset + 30);
  const start = offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(start, start + Math.min(packedBytes, packedHead(bytes)));
  if (method === 0) return new Uint8Array(await packed.slice(0, bytes).arrayBuffer());
  return method === 8 ? inflatedHead(packed, 'deflate-raw', bytes) : null;
}

/** The first bytes of what is packed by gzip. */
export const headOfGzip = (file: Blob, bytes: number): Promise<Uint8Array> =>
  inflatedHead(file.slice(0, packedHead(bytes)), 'gzip', bytes);

/** Packed bytes that hold so many unpacked ones, whatever they are. */
const packedHead = (bytes: number) => bytes + 16 * KiB;

async function inflatedHead(
  packed: Blob,
  format: 'gzip' | 'deflate-raw',
  bytes: number,
): Promise<Uint8Array> {
  const reader = packed.stream().pipeThrough(new DecompressionStream(format)).getReader();
  const head = new Uint8Array(bytes);
  let size = 0;
  try {
    while (size < bytes) {
      const { value } = await reader.read();
      if (!value) break;
      head.set(value.subarray(0, bytes - size), size);
      size += value.length;
    }
  } catch {
    // It is cut off behind what was asked for; what came before is what the file begins with.
  }
  await reader.cancel().catch(() => undefined);
  return head.subarray(0, Math.min(size, bytes));
}

function nameAt(view: DataView, at: number, length: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, Math.min(length, view.byteLength - at));
  // Archivers on Windows write `xl\workbook.xml`.
  return new TextDecoder().decode(bytes).replaceAll('\\', '/').replace(/^\/+/, '');
}

const viewOf = async (file: Blob, start: number, end: number) =>
  new DataView(await file.slice(start, end).arrayBuffer());
