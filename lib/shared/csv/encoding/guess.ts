import { legacyEncoding } from './legacy';

/**
 * The encoding of the first bytes of a file that are no UTF-8 throughout, as the worker would guess it.
 * @returns WHATWG label; null where more has to be read to tell: zero bytes, UTF-8 with a few broken bytes
 */
export function guessEncoding(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  const asUtf8 = new TextDecoder('utf-8').decode(bytes, { stream: true });
  const count = (these: RegExp) => asUtf8.match(these)?.length ?? 0;
  const [broken, wide] = [count(/\ufffd/g), count(/[\u0080-\ufffc]/g)];
  if (broken === 0 || wide > broken || (broken <= 4 && bytes.some(isNoLetter))) return null;
  return legacyEncoding(bytes);
}

/** In any Western encoding. */
const isNoLetter = (byte: number) => [0x81, 0x8d, 0x8f, 0x90, 0x9d, 0xfe, 0xff].includes(byte);
