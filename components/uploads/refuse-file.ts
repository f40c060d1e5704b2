import { MiB } from '@/lib/shared/bytes';
import { nextStep, passwordProtected } from '@/lib/shared/schema/import/failure';

/** The names of the streams of an OLE2 file lie within this much of its start, in every file met so far. */
const spanBytes = 4 * MiB;

/**
 * Why a file is not worth uploading: told from its first bytes, as the worker would tell it. Null for what may be a
 * table, and where that cannot be told here.
 */
export async function refusalOf(file: File): Promise<string | null> {
  try {
    const { formatHeadBytes, otherFormatOf } = await import('@/lib/shared/formats/other-format');
    const head = await bytesOf(file, formatHeadBytes);
    if (isOle(head)) return (await isProtected(file)) ? protectedWords : null;
    const other = otherFormatOf(head);
    return other && !other.foreign ? `This is ${other.name}, not a table. ${other.advice}` : null;
  } catch {
    // It cannot be read any more, or a part of the program did not load: the worker will tell.
    return null;
  }
}

const protectedWords = `${passwordProtected('workbook').message} ${nextStep('PASSWORD_PROTECTED')}`;

/** Of an OLE2 file, which is an old .xls or holds an encrypted workbook. */
async function isProtected(file: File): Promise<boolean> {
  const names = new TextDecoder('utf-16le').decode(await bytesOf(file, spanBytes));
  if (names.includes('Workbook') || names.includes('Book')) return false;
  return names.includes('EncryptionInfo') || names.includes('EncryptedPackage');
}

const isOle = (head: Uint8Array) => [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => head[i] === byte);

const bytesOf = async (file: File, length: number) =>
  new Uint8Array(await file.slice(0, length).arrayBuffer());
