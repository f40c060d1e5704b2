import { MiB } from '@/lib/shared/bytes';
import { emptyZipMagic, gzipMagic, oleMagic, startsWith, zipMagic } from '@/lib/shared/formats/bytes-at';
import type { ForeignFormat } from '@/lib/shared/formats/foreign';
import { oleContent } from '@/lib/shared/formats/ole-content';
import { formatHeadBytes, otherFormatOf } from '@/lib/shared/formats/other-format';
import { ImportFailure, passwordProtected, unsupportedSentence } from '@/lib/shared/schema/import/failure';
import { unpackedHead } from './packed/unpack';
import { zipContent } from './packed/zip-content';
import type { ByteSource, Compression } from './source/types';

/** What a file turned out to be. Text is whatever is nothing else: the text reader judges it. */
export interface Format {
  kind: 'text' | 'xlsx';
  compression: Compression;
  /** What is to be converted before it is read as a workbook. */
  convertedFrom: ForeignFormat | null;
}

/**
 * Tells the format of a stored file from its bytes; its name says nothing reliable. One table may be packed in it, by
 * gzip or as the only file of a zip.
 *
 * @throws ImportFailure EMPTY_FILE, PASSWORD_PROTECTED or UNSUPPORTED_FORMAT, or what unpacking throws
 */
export async function detect(source: ByteSource): Promise<Format> {
  if (source.size === 0) throw new ImportFailure('EMPTY_FILE', 'The file is empty: it holds 0 bytes.');
  const head = Buffer.from(await source.read(0, Math.min(formatHeadBytes, source.size)));
  if (isZip(head)) return zipFormat(source, head);
  if (startsWith(head, gzipMagic)) return formatInside(source, 'gzip');
  if (startsWith(head, oleMagic))
    return { kind: 'xlsx', compression: null, convertedFrom: await oleFormat(source) };
  return { ...textFormat(head), compression: null };
}

async function zipFormat(source: ByteSource, head: Uint8Array): Promise<Format> {
  const content = await zipContent(source, head);
  switch (content.kind) {
    case 'workbook':
      return { kind: 'xlsx', compression: null, convertedFrom: null };
    case 'foreign':
      return { kind: 'xlsx', compression: null, convertedFrom: content.format };
    case 'file':
      return formatInside(source, 'zip');
    default:
      return content satisfies never;
  }
}

async function formatInside(source: ByteSource, compression: 'gzip' | 'zip'): Promise<Format> {
  const { head } = await unpackedHead(source, compression, formatHeadBytes);
  if (isZip(head)) {
    // An OpenDocument file says first what it is (ODF 1.2 part 3, 3.3).
    const isOds = head.includes('mimetypeapplication/vnd.oasis.opendocument.spreadsheet');
    return { kind: 'xlsx', compression, convertedFrom: isOds ? 'ods' : null };
  }
  if (startsWith(head, oleMagic)) return { kind: 'xlsx', compression, convertedFrom: 'xls' };
  if (startsWith(head, gzipMagic)) {
    throw new ImportFailure(
      'UNSUPPORTED_FORMAT',
      'The file is packed twice. Unpack it, and upload the table inside.',
    );
  }
  return { ...textFormat(head), compression };
}

/** @throws ImportFailure UNSUPPORTED_FORMAT for what is known to be no table, by name */
function textFormat(head: Uint8Array): Pick<Format, 'kind' | 'convertedFrom'> {
  const found = otherFormatOf(head);
  if (!found) return { kind: 'text', convertedFrom: null };
  if (found.foreign) return { kind: 'xlsx', convertedFrom: found.foreign };
  throw new ImportFailure('UNSUPPORTED_FORMAT', `${unsupportedSentence(found.name)} ${found.advice}`);
}

const isZip = (head: Uint8Array) => startsWith(head, zipMagic) || startsWith(head, emptyZipMagic);

/**
 * An OLE2 container holds an old .xls or, by the names of its streams, something else.
 * @throws ImportFailure PASSWORD_PROTECTED or UNSUPPORTED_FORMAT
 */
async function oleFormat(source: ByteSource): Promise<'xls'> {
  // The directory may lie anywhere; looking through 4 MiB at both ends finds it in every file met so far.
  const span = 4 * MiB;
  const parts = [Buffer.from(await source.read(0, Math.min(span, source.size)))];
  if (source.size > span) {
    parts.push(Buffer.from(await source.read(Math.max(span, source.size - span), source.size)));
  }
  const has = (name: string) => parts.some((part) => part.includes(Buffer.from(name, 'utf16le')));
  const content = oleContent(has);
  if (content === 'xls') return content;
  if (content === 'encrypted') throw passwordProtected('workbook');
  throw new ImportFailure('UNSUPPORTED_FORMAT', `${unsupportedSentence(content.name)} ${content.advice}`);
}
