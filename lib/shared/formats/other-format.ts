import { type ForeignFormat, foreignNames } from './foreign';
import { looksLikeJson } from './looks-like-json';

/** A kind of file that people take for a table and that Sluice does not read. */
export interface OtherFormat {
  /** With its article: “a PDF document”. */
  name: string;
  /** What to do about it: one sentence. */
  advice: string;
  /** Set for a spreadsheet that can be converted, and so be read after all. */
  foreign?: ForeignFormat;
}

/** Bytes of a file's start that {@link otherFormatOf} looks at. */
export const formatHeadBytes = 4096;

const saveAs = 'Open it in Excel or LibreOffice, save it as .xlsx, and upload that file.';
const unpack = 'Unpack it, and upload the table inside.';
const exportTable = 'Export the table as .csv or .xlsx from the program that made it, and upload that.';

const fromPicture =
  'A picture holds no rows: ask for the table that it shows as .csv or .xlsx, or type it off.';

/** What to do about other formats. A message that ends with one of these needs no other advice. */
export const formatAdvice: readonly string[] = [saveAs, unpack, exportTable, fromPicture];

/** Files that are not text, by their first bytes. */
const binaries: { magic: number[]; name: string; advice: string; and?: (head: Uint8Array) => boolean }[] = [
  { magic: ascii('%PDF-'), name: 'a PDF document', advice: exportTable },
  { magic: [0x89, ...ascii('PNG')], name: 'a PNG picture', advice: fromPicture },
  { magic: [0xff, 0xd8, 0xff], name: 'a JPEG picture', advice: fromPicture },
  { magic: ascii('GIF8'), name: 'a GIF picture', advice: fromPicture },
  {
    magic: ascii('RIFF'),
    name: 'a WebP picture',
    advice: fromPicture,
    and: (head) => latin1(head, 8, 12) === 'WEBP',
  },
  { magic: [0x49, 0x49, 0x2a, 0x00], name: 'a TIFF picture', advice: fromPicture },
  { magic: [0x4d, 0x4d, 0x00, 0x2a], name: 'a TIFF picture', advice: fromPicture },
  {
    // A table may begin with “BM”; a bitmap has the size of its own header (BITMAPINFOHEADER and later) in byte 14.
    magic: ascii('BM'),
    name: 'a bitmap picture',
    advice: fromPicture,
    and: (head) => [12, 40, 108, 124].includes(head[14] ?? 0) && head[15] === 0,
  },
  { magic: ascii('Rar!\x1a\x07'), name: 'a RAR archive', advice: unpack },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], name: 'a 7-Zip archive', advice: unpack },
  {
    // “BZh” is also how a table could begin: a bzip2 stream goes on with a level and a block header.
    magic: ascii('BZh'),
    name: 'a bzip2 archive',
    advice: unpack,
    and: (head) => /^BZh[1-9]1AY&SY/.test(latin1(head, 0, 10)),
  },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], name: 'an xz archive', advice: unpack },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: 'a Zstandard archive', advice: unpack },
  { magic: ascii('PAR1'), name: 'a Parquet file', advice: exportTable },
  { magic: ascii('Obj\x01'), name: 'an Avro file', advice: exportTable },
  { magic: ascii('ARROW1'), name: 'an Arrow file', advice: exportTable },
  { magic: ascii('SQLite format 3\0'), name: 'an SQLite database', advice: exportTable },
  { magic: [0x7f, ...ascii('ELF')], name: 'a program', advice: exportTable },
  { magic: ascii('{\\rtf'), name: 'a Rich Text document', advice: saveAs },
];

/**
 * Names a file that is no table of text and no workbook, from its first bytes, whatever it is called. Zips and OLE2 files (.xls) are not looked
 * into here: what they hold is told from their directories. Safe in a browser.
 *
 * @param head the first bytes of the file, of what is unpacked if it is packed; {@link formatHeadBytes} are enough
 * @returns null for what may be a table
 */
export function otherFormatOf(head: Uint8Array): OtherFormat | null {
  const found = binaries.find(({ magic, and }) => startsWith(head, magic) && (and?.(head) ?? true));
  if (found) return { name: found.name, advice: found.advice };
  if (latin1(head, 257, 262) === 'ustar') return { name: 'a tar archive', advice: unpack };
  const text = textOf(head);
  return text === null ? null : otherText(text);
}

/** Text that is no table: markup, and records of other kinds. */
function otherText(text: string): OtherFormat | null {
  if (/^MIME-Version:|^From: <Saved by/i.test(text) && /^content-type:\s*multipart\/related/im.test(text)) {
    return { name: 'a saved web page (MHTML)', advice: saveAs };
  }
  if (text.startsWith('<')) return markup(text);
  if (isSylk(text)) return { name: 'a SYLK spreadsheet (.slk)', advice: saveAs };
  if (/^TABLE\r?\n0,1\r?\n/.test(text)) return { name: 'a DIF spreadsheet (.dif)', advice: saveAs };
  if (/^BEGIN:VCARD\r?\n/.test(text)) return { name: 'a file of contacts (vCard)', advice: exportTable };
  if (/^BEGIN:VCALENDAR\r?\n/.test(text)) return { name: 'a calendar (iCalendar)', advice: exportTable };
  const json = looksLikeJson(text);
  if (json === 'one value') return { name: 'a JSON document', advice: exportTable };
  if (json === 'lines') return { name: 'a file of JSON lines', advice: exportTable };
  return null;
}

const htmlStart =
  /^(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|title|style|script|div|center|h[1-6]|p|br)\b/i;

/** Text that begins with “<”. A table whose first header is `<id>` goes on without closing any element. */
function markup(text: string): OtherFormat | null {
  if (htmlStart.test(text) || (/^<\?xml/.test(text) && /<html\b/i.test(text))) {
    return { name: foreignNames.html, advice: saveAs, foreign: 'html' };
  }
  const closesSomething = /<\/[A-Za-z_][\w:.-]*\s*>|\/>/.test(text);
  if (!/^<(?:\?xml|!DOCTYPE|!--)/.test(text) && !(/^<[A-Za-z_][\w:.-]*[\s>]/.test(text) && closesSomething)) {
    return null;
  }
  if (/urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/.test(text)) {
    return { name: foreignNames.xml, advice: saveAs, foreign: 'xml' };
  }
  if (/opendocument.*spreadsheet|<office:document\b/.test(text)) {
    return { name: foreignNames.fods, advice: saveAs, foreign: 'fods' };
  }
  if (/<svg\b/.test(text)) return { name: 'an SVG picture', advice: fromPicture };
  return { name: 'an XML document', advice: exportTable };
}

/**
 * SYLK (“Symbolic Link”, Microsoft Multiplan): records of a letter and fields behind semicolons, the first of them
 * `ID;P…`. A table with the header `ID;PRICE` begins alike, so all of the first lines have to be such records.
 */
function isSylk(text: string): boolean {
  if (!text.startsWith('ID;P')) return false;
  const lines = text.split(/\r\n|\r|\n/).slice(1, 20);
  const records = lines.filter((line) =>
    /^(?:[BCPFEOW]|NN|NU|NE|NL)(?:;[A-Z][^;]*(?:;;[^;]*)*)*;?$/.test(line),
  );
  return records.length > 0 && records.length >= lines.filter((line) => line !== '').length - 1;
}

/** What the bytes say as text, without a byte order mark and leading white space; null for bytes that are none. */
function textOf(head: Uint8Array): string | null {
  const encoding = startsWith(head, [0xff, 0xfe])
    ? 'utf-16le'
    : startsWith(head, [0xfe, 0xff])
      ? 'utf-16be'
      : 'utf-8';
  const text = new TextDecoder(encoding).decode(head.subarray(0, formatHeadBytes), { stream: true });
  return text.includes('\0') ? null : text.trimStart();
}

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
  return bytes.length >= magic.length && magic.every((value, i) => bytes[i] === value);
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
