import { exportTable, fromPicture, type NoTable, saveAs } from './advice';
import { binaryOf } from './binaries';
import { startsWith } from './bytes-at';
import { type ForeignFormat, foreignNames } from './foreign';
import { looksLikeJson } from './looks-like-json';

/** A kind of file that people take for a table and that Sluice does not read. */
export interface OtherFormat extends NoTable {
  /** Set for a spreadsheet that can be converted, and so be read after all. */
  foreign?: ForeignFormat;
}

/** Bytes of a file's start that {@link otherFormatOf} looks at. */
export const formatHeadBytes = 4096;

/**
 * Names a file that is no table of text and no workbook, from its first bytes, whatever it is called. Zips and OLE2 files (.xls) are not looked
 * into here: what they hold is told from their directories. Safe in a browser.
 *
 * @param head the first bytes of the file, of what is unpacked if it is packed; {@link formatHeadBytes} are enough
 * @returns null for what may be a table
 */
export function otherFormatOf(head: Uint8Array): OtherFormat | null {
  const binary = binaryOf(head);
  if (binary) return binary;
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
