import { isAscii, isUtf8 } from 'node:buffer';
import { legacyEncoding } from '@/lib/shared/csv/encoding/legacy';
import type { EncodingGuess } from '@/lib/shared/csv/encoding/warnings';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { decodeUtf8, incompleteTail } from './utf8';

/**
 * Finds a file's character encoding.
 *
 * @param samples bytes from several places of the file; the first is its start. A sample other than the first
 *   may begin within a character.
 * @throws ImportFailure UNKNOWN_ENCODING
 */
export function detectEncoding(samples: Uint8Array[]): EncodingGuess {
  const head = samples[0] ?? new Uint8Array(0);
  const marked = byteOrderMark(head);
  if (marked !== null) return { encoding: marked, guessed: false };
  const wide = utf16WithoutMark(head);
  if (wide !== null) return { encoding: wide, guessed: true };
  const parts = samples.map((sample, i) => wholeCharacters(sample, i > 0));
  if (parts.some(isIso2022)) return { encoding: 'iso-2022-jp', guessed: true };
  if (parts.every((part) => isAscii(part))) return { encoding: 'utf-8', guessed: false };
  if (parts.every((part) => isUtf8(part))) return { encoding: 'utf-8', guessed: false };
  const all = Buffer.concat(parts);
  if (mostlyUtf8(all)) return { encoding: 'utf-8', guessed: true };
  return { encoding: legacyEncoding(all), guessed: true };
}

/** Japanese in seven bits: an escape switches from ASCII to two bytes a character. */
function isIso2022(bytes: Buffer): boolean {
  return bytes.includes('\x1b$B', 0, 'latin1') || bytes.includes('\x1b$@', 0, 'latin1');
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw new ImportFailure('UNKNOWN_ENCODING', 'The file is encoded in UTF-32, which is not supported.');
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/**
 * UTF-16 shows itself by zero bytes, which the delimiters, digits and line ends of any script have, nearly all
 * in odd or nearly all in even places.
 */
function utf16WithoutMark(head: Uint8Array): string | null {
  const looked = Buffer.from(head.subarray(0, 4096));
  let even = 0;
  let odd = 0;
  looked.forEach((byte, i) => {
    if (byte === 0) i % 2 === 0 ? even++ : odd++;
  });
  if (Math.max(even, odd) < 2 || Math.min(even, odd) * 4 > Math.max(even, odd)) return null;
  const zeros = Math.max(even, odd) / looked.length;
  // ASCII in UTF-16 is half zeros; text with a few of them is damaged text.
  if (zeros < 0.3 && isUtf8(looked) && !looked.some((byte) => byte > 0 && byte < 9)) return null;
  const whole = looked.subarray(0, looked.length & ~1);
  const text = (odd > even ? whole : Buffer.from(whole).swap16()).toString('utf16le');
  const plausible = text.includes('\n') || text.includes('\r') || zeros > 0.15;
  // A pair cut in half at the end is no fault.
  if (!plausible || text.includes('\0') || !text.slice(0, -1).isWellFormed()) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Leaves out what is cut off at a sample's ends. */
function wholeCharacters(sample: Uint8Array, midFile: boolean): Buffer {
  let from = 0;
  if (midFile) while (from < 3 && from < sample.length && ((sample[from] ?? 0) & 0xc0) === 0x80) from++;
  return Buffer.from(sample.subarray(from, sample.length - incompleteTail(sample)));
}

/**
 * UTF-8 with a few broken bytes: valid sequences outnumber them, which no other encoding brings about. Where
 * there are none, broken bytes that are no letters in any Western encoding speak for damage as well.
 */
function mostlyUtf8(bytes: Buffer): boolean {
  const text = decodeUtf8(bytes);
  const broken = text.match(/(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]/g) ?? [];
  const wide = text.match(/[\u0080-\uD7FF\uE000-\uFFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
  if (wide > broken.length) return true;
  return (
    wide === 0 &&
    broken.length <= 4 &&
    broken.every((mark) => /[\uDC81\uDC8D\uDC8F\uDC90\uDC9D\uDCFF\uDCFE]/.test(mark))
  );
}
