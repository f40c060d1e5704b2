import { isAscii } from 'node:buffer';

/**
 * Markup here is XML as one character per byte (latin1): V8 scans and slices such strings fastest, and only text
 * that has bytes beyond ASCII is ever decoded as UTF-8.
 */
export type Markup = string;

/** Thrown where markup is not plain enough for the fast way; the strict parser then reads it or refuses it. */
export class UnusualMarkup extends Error {
  override readonly name = 'UnusualMarkup';
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const special = /[<&_\r\x00-\x08\x0b\x0c\x0e-\x1f\x80-\xff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const illegal = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\]\]>/;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text that character data of an element stands for: UTF-8, references, line ends (XML 1.0, 2.11) and
 * `_xHHHH_` decoded.
 *
 * @param markup without `<`
 * @throws UnusualMarkup for anything that is not well-formed
 */
export function decodeText(markup: Markup): string {
  if (!special.test(markup)) return markup;
  let text = decodeUtf8(markup);
  if (illegal.test(text)) throw new UnusualMarkup();
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  if (text.includes('&')) text = text.replace(/&([^;&]*;?)/g, (_, reference: string) => character(reference));
  return decodeEscapes(text);
}

/** True for markup that stands for itself: ASCII without tags, references or escapes. */
export function isPlain(markup: Markup): boolean {
  return !special.test(markup);
}

/** UTF-8 bytes written as one character each, as text. */
export function decodeUtf8(markup: Markup): string {
  const bytes = Buffer.from(markup, 'latin1');
  if (isAscii(bytes)) return markup;
  try {
    return decoder.decode(bytes);
  } catch {
    throw new UnusualMarkup();
  }
}

/**
 * Decodes `_xHHHH_`, by which spreadsheets write characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19
 * ST_Xstring). `_x005F_` stands for the underscore itself.
 */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** False for text that UTF-8 or PostgreSQL cannot hold: NUL, or half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

const named: Record<string, string> = { 'amp;': '&', 'lt;': '<', 'gt;': '>', 'quot;': '"', 'apos;': "'" };

function character(reference: string): string {
  const known = named[reference];
  if (known !== undefined) return known;
  const digits = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));$/.exec(reference);
  const code = digits ? Number.parseInt(digits[1] ?? digits[2] ?? '', digits[1] ? 16 : 10) : 0;
  const legal =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  if (!legal) throw new UnusualMarkup();
  return String.fromCodePoint(code);
}

/**
 * The visible text of a string item, plain or rich: its runs joined, phonetic guides left out
 * (ECMA-376 part 1, 18.4.8 si, 18.3.1.53 is, 18.4.6 rPh).
 *
 * @param markup what stands inside `<si>` or `<is>`
 * @throws UnusualMarkup for comments, CDATA, prefixes, unknown elements or malformed XML
 */
export function visibleText(markup: Markup): string {
  let text = '';
  let at = 0;
  while (at < markup.length) {
    const code = markup.charCodeAt(at);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      at++;
      continue;
    }
    const end = code === 0x3c ? markup.indexOf('>', at) : -1;
    if (end < 0) throw new UnusualMarkup();
    const tag = markup.slice(at + 1, end);
    at = end + 1;
    if (tag === '/r' || tag === 'r' || tag === 'rPr/' || tag === 't/') continue;
    if (tag === 't' || tag.startsWith('t ')) {
      if (tag.endsWith('/')) continue;
      const close = markup.indexOf('<', at);
      if (close < 0 || !markup.startsWith('</t>', close)) throw new UnusualMarkup();
      text += decodeText(markup.slice(at, close));
      at = close + 4;
    } else if (tag === 'rPr') at = after(markup, '</rPr>', at);
    else if (tag.startsWith('rPh ') && !tag.endsWith('/')) at = after(markup, '</rPh>', at);
    else if (tag.startsWith('phoneticPr ')) {
      if (!tag.endsWith('/')) at = after(markup, '</phoneticPr>', at);
    } else throw new UnusualMarkup();
  }
  return text;
}

/** The position behind the next `close`, where nothing before it hides a comment or CDATA. */
function after(markup: Markup, close: string, at: number): number {
  const found = markup.indexOf(close, at);
  if (found < 0 || markup.slice(at, found).includes('<!')) throw new UnusualMarkup();
  return found + close.length;
}
