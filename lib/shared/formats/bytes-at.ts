/** Whether the bytes begin with these. */
export function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((value, i) => bytes[i] === value);
}

/** Some bytes as characters, one each. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** The bytes of characters, one each. */
export function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

export const zipMagic = ascii('PK\x03\x04');
/** Of a zip with nothing in it. */
export const emptyZipMagic = ascii('PK\x05\x06');
export const gzipMagic = [0x1f, 0x8b];
export const oleMagic = [0xd0, 0xcf, 0x11, 0xe0];
