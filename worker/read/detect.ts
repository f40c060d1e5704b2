import { formatHeadBytes, otherFormatOf } from '@/lib/formats/other-format';
import { ImportFailure } from '@/lib/imports/failure';
import { unpackedHead } from './packed/unpack';
import { zipContent } from './packed/zip-content';
import type { ByteSource, Compression } from './types';

/** What a file turned out to be. Text is whatever is nothing else: the text reader judges it. */
export interface Format {
  kind: 'text' | 'xlsx';
  compression: Compression;
}

const zips = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];
const gzip = [0x1f, 0x8b];
const ole = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Tells the format of a stored file from its bytes; its name says nothing reliable. One table may be packed in it, by
 * gzip or as the only file of a zip.
 *
 * @throws ImportFailure EMPTY_FILE, LEGACY_XLS, PASSWORD_PROTECTED or UNSUPPORTED_FORMAT, or what unpacking throws
 */
export async function detect(source: ByteSource): Promise<Format> {
  if (source.size === 0) throw new ImportFailure('EMPTY_FILE', 'The file is empty: it holds 0 bytes.');
  const head = Buffer.from(await source.read(0, Math.min(formatHeadBytes, source.size)));
  if (isZip(head)) {
    // Most workbooks say so in their first bytes, also those that were cut off before their directory.
    if (/\[content_types\]\.xml|xl[/\\]/i.test(head.toString('latin1')))
      return { kind: 'xlsx', compression: null };
    const content = await zipContent(source);
    return content.kind === 'workbook' ? { kind: 'xlsx', compression: null } : detectInside(source, 'zip');
  }
  if (startsWith(head, ole)) throw await oleFailure(source);
  if (startsWith(head, gzip)) return detectInside(source, 'gzip');
  assertTable(head);
  return { kind: 'text', compression: null };
}

async function detectInside(source: ByteSource, compression: 'gzip' | 'zip'): Promise<Format> {
  const { head } = await unpackedHead(source, compression, formatHeadBytes);
  if (isZip(head)) return { kind: 'xlsx', compression };
  if (startsWith(head, ole)) {
    throw new ImportFailure(
      'LEGACY_XLS',
      'The archive holds an old Excel file (.xls), or a protected workbook.',
    );
  }
  if (startsWith(head, gzip)) {
    throw new ImportFailure(
      'UNSUPPORTED_FORMAT',
      'The file is packed twice. Unpack it, and upload the table inside.',
    );
  }
  assertTable(head);
  return { kind: 'text', compression };
}

/** @throws ImportFailure UNSUPPORTED_FORMAT for what is known to be no table, by name */
function assertTable(head: Uint8Array): void {
  const found = otherFormatOf(head);
  if (!found) return;
  throw new ImportFailure(
    'UNSUPPORTED_FORMAT',
    `The file is ${found.name}, not a table of text or a workbook. ${found.advice}`,
  );
}

const isZip = (head: Uint8Array) => zips.some((magic) => startsWith(head, magic));

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
