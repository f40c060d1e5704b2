import { ImportFailure } from '@/lib/imports/failure';
import type { ByteSource } from './types';

/** What a file turned out to be. Text is whatever is nothing else: it is judged by the text reader. */
export type Format = { kind: 'text'; compression: 'gzip' | null } | { kind: 'xlsx' };

const headBytes = 4096;
/** The directory of most zips, and the stream names of most OLE2 files, lie within this much of an end. */
const tailBytes = 64 * 1024;

/** Binary files that people mistake for tables, by their first bytes. */
const binaries: { magic: number[]; what: string }[] = [
  { magic: [0x25, 0x50, 0x44, 0x46, 0x2d], what: 'a PDF document' },
  { magic: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { magic: [0xff, 0xd8, 0xff], what: 'a JPEG picture' },
  { magic: [0x47, 0x49, 0x46, 0x38], what: 'a GIF picture' },
  { magic: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], what: 'a RAR archive' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: 'a 7-Zip archive' },
  { magic: [0x42, 0x5a, 0x68], what: 'a bzip2 archive' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], what: 'an xz archive' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard archive' },
  { magic: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
  { magic: [0x4f, 0x62, 0x6a, 0x01], what: 'an Avro file' },
  { magic: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], what: 'an Arrow file' },
  { magic: [...Buffer.from('SQLite format 3\0')], what: 'an SQLite database' },
  { magic: [0x7f, 0x45, 0x4c, 0x46], what: 'a program' },
  { magic: [...Buffer.from('{\\rtf')], what: 'a Rich Text document' },
];

/**
 * Tells the format of a stored file from its bytes; its name says nothing reliable.
 *
 * @throws ImportFailure EMPTY_FILE, LEGACY_XLS, PASSWORD_PROTECTED or UNSUPPORTED_FORMAT
 */
export async function detect(source: ByteSource): Promise<Format> {
  if (source.size === 0) throw new ImportFailure('EMPTY_FILE', 'The file is empty: it holds 0 bytes.');
  const head = Buffer.from(await source.read(0, Math.min(headBytes, source.size)));
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) {
    await refuseOtherZips(source, head);
    return { kind: 'xlsx' };
  }
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) throw await oleFailure(source);
  if (startsWith(head, [0x1f, 0x8b])) return { kind: 'text', compression: 'gzip' };
  refuseBinary(head);
  return { kind: 'text', compression: null };
}

/**
 * Refuses bytes that begin like a known binary file. Also used for what a gzip file holds inside.
 *
 * @throws ImportFailure UNSUPPORTED_FORMAT
 */
export function refuseBinary(head: Buffer): void {
  const found = binaries.find(({ magic }) => startsWith(head, magic));
  // BZh is also how a table could begin: a real bzip2 stream goes on with a level and a block header.
  if (
    found &&
    !(found.what === 'a bzip2 archive' && !/^BZh[1-9]1AY&SY/.test(head.toString('latin1', 0, 10)))
  ) {
    throw unsupported(found.what);
  }
  if (head.toString('latin1', 257, 262) === 'ustar') throw unsupported('a tar archive');
}

function unsupported(what: string): ImportFailure {
  return new ImportFailure('UNSUPPORTED_FORMAT', `The file is ${what}, not a table of text or a workbook.`);
}

/** A zip whose complete directory names no content types is an archive, not a workbook. */
async function refuseOtherZips(source: ByteSource, head: Buffer): Promise<void> {
  if (head.includes('opendocument.spreadsheet')) throw unsupported('an OpenDocument spreadsheet (.ods)');
  if (head.includes('[Content_Types].xml') || head.includes('xl/')) return;
  const tail = Buffer.from(await source.read(Math.max(0, source.size - tailBytes), source.size));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 20 > tail.length) return;
  const directoryBytes = tail.readUInt32LE(end + 12);
  const whole = directoryBytes <= end;
  if (whole && !tail.includes('[Content_Types].xml') && !tail.includes('xl/')) {
    throw unsupported('a zip archive without a workbook in it');
  }
}

/** An OLE2 container holds an old .xls or, with these stream names, an encrypted .xlsx. */
async function oleFailure(source: ByteSource): Promise<ImportFailure> {
  const encrypted = [Buffer.from('EncryptionInfo', 'utf16le'), Buffer.from('EncryptedPackage', 'utf16le')];
  // The directory may lie anywhere; looking through 4 MiB at both ends finds it in every file met so far.
  const span = 4 * 1024 * 1024;
  const parts = [Buffer.from(await source.read(0, Math.min(span, source.size)))];
  if (source.size > span) {
    parts.push(Buffer.from(await source.read(Math.max(span, source.size - span), source.size)));
  }
  const protectedByPassword = parts.some((part) => encrypted.some((name) => part.includes(name)));
  return protectedByPassword
    ? new ImportFailure('PASSWORD_PROTECTED', 'This workbook is password-protected.')
    : new ImportFailure('LEGACY_XLS', 'This is an old Excel file (.xls).');
}

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
  return bytes.length >= magic.length && magic.every((value, i) => bytes[i] === value);
}
