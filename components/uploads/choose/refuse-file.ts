import { MiB } from '@/lib/shared/bytes';
import type { NoTable } from '@/lib/shared/formats/advice';
import { emptyZipMagic, gzipMagic, oleMagic, startsWith, zipMagic } from '@/lib/shared/formats/bytes-at';
import { nextStep, passwordProtected } from '@/lib/shared/schema/import/failure';

/** The names of the streams of an OLE2 file lie within this much of its start or end, in every file met so far. */
const spanBytes = 4 * MiB;

/**
 * Why a file is not worth uploading: told from its bytes, as the worker would tell it, whatever it is called. Null for
 * what may be a table, and where that cannot be told here.
 */
export async function refusalOf(file: File): Promise<string | null> {
  if (file.size === 0) return `The file is empty: it holds 0 bytes. ${nextStep('EMPTY_FILE')}`;
  try {
    const { formatHeadBytes, otherFormatOf } = await import('@/lib/shared/formats/other-format');
    const head = await bytesOf(file.slice(0, formatHeadBytes));
    if (startsWith(head, oleMagic)) return oleRefusal(file);
    if (startsWith(head, zipMagic) || startsWith(head, emptyZipMagic)) return await zipRefusal(file, head);
    if (startsWith(head, gzipMagic)) {
      const { headOfGzip } = await import('@/lib/shared/formats/zip-entries');
      return await packedRefusal(await headOfGzip(file, formatHeadBytes));
    }
    return refusal(otherFormatOf(head));
  } catch {
    // It cannot be read any more, or a part of the program did not load: the worker will tell.
    return null;
  }
}

const refusal = (other: (NoTable & { foreign?: unknown }) | null, what = 'This is') =>
  other && !other.foreign ? `${what} ${other.name}, not a table. ${other.advice}` : null;

const protectedWords = (what: 'workbook' | 'zip archive') =>
  `${passwordProtected(what).message} ${nextStep('PASSWORD_PROTECTED')}`;

/** An OLE2 file is an old .xls, or an encrypted workbook, or no table at all. */
async function oleRefusal(file: File): Promise<string | null> {
  const { oleContent } = await import('@/lib/shared/formats/ole-content');
  const ends = [file.slice(0, spanBytes), file.slice(Math.max(spanBytes, file.size - spanBytes))];
  const decoder = new TextDecoder('utf-16le');
  const texts = await Promise.all(ends.map(async (end) => decoder.decode(await bytesOf(end))));
  const content = oleContent((name) => texts.some((text) => text.includes(name)));
  if (content === 'xls') return null;
  return content === 'encrypted' ? protectedWords('workbook') : refusal(content);
}

/** A zip is a workbook, or has one table packed in it, or is no table. */
async function zipRefusal(file: File, head: Uint8Array): Promise<string | null> {
  const [{ zipContentOf }, { headOfEntry, zipEntries }, { formatHeadBytes }] = await Promise.all([
    import('@/lib/shared/formats/zip-content'),
    import('@/lib/shared/formats/zip-entries'),
    import('@/lib/shared/formats/other-format'),
  ]);
  const entries = await zipEntries(file);
  if (!entries) return null;
  const names = entries.map(({ name }) => name);
  const content = zipContentOf(names, head);
  if (content.kind === 'other') return refusal(content);
  if (content.kind !== 'file') return null;
  const entry = entries.find(({ name }) => name === content.name);
  if (!entry) return null;
  if (entry.isEncrypted) return protectedWords('zip archive');
  const packed = await headOfEntry(file, entry, formatHeadBytes);
  return packed && packedRefusal(packed);
}

/** Of what is packed in a file, by its first bytes. */
async function packedRefusal(head: Uint8Array): Promise<string | null> {
  const { otherFormatOf } = await import('@/lib/shared/formats/other-format');
  return refusal(otherFormatOf(head), 'What is packed in it is');
}

const bytesOf = async (part: Blob) => new Uint8Array(await part.arrayBuffer());
