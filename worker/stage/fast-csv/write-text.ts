import { spelling } from './scan-record';

/**
 * Checks a cell's bytes and writes its canonical text, where the spelling is a common one.
 * @returns where writing goes on; -1 when it cannot vouch for the cell, which says nothing against it
 */
export type CellWriter = (bytes: Buffer, from: number, to: number, out: Buffer, at: number) => number;

const QUOTE = 34;
const width = 8;

/** How JSON spells each byte that it does not take as it is: `width` bytes each. */
const spellings = new Uint8Array(256 * width);
const lengths = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  const json = JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
  if (json.length === 1) continue;
  const spelled = Buffer.from(json);
  spellings.set(spelled, byte * width);
  lengths[byte] = spelled.length;
}

/** The most bytes that one byte of text becomes: a control character, `\u001f`. */
export const longestSpelling = 6;

/** From this length on the engine's own copy is as fast as a loop, or faster. */
const longCell = 64;

/** Copies bytes as they stand. @returns where writing goes on */
export function copyBytes(bytes: Buffer, from: number, to: number, out: Buffer, at: number): number {
  if (to - from >= longCell) return at + bytes.copy(out, at, from, to);
  let o = at;
  for (let i = from; i < to; i++) out[o++] = bytes[i] ?? 0;
  return o;
}

/** Copies bytes in which every quote is doubled, with one of each two. @returns where writing goes on */
export function copyUndoubled(bytes: Buffer, from: number, to: number, out: Buffer, at: number): number {
  let o = at;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    out[o++] = byte;
    if (byte === QUOTE) i++;
  }
  return o;
}

/** Copies bytes with JSON's escapes. @returns where writing goes on */
export function escapeBytes(
  bytes: Buffer,
  from: number,
  to: number,
  spelled: number,
  out: Buffer,
  at: number,
): number {
  const doubled = (spelled & spelling.doubled) !== 0;
  let o = at;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    const length = lengths[byte] ?? 0;
    if (length === 0) {
      out[o++] = byte;
      continue;
    }
    const start = byte * width;
    for (let k = 0; k < length; k++) out[o++] = spellings[start + k] ?? 0;
    if (doubled && byte === QUOTE) i++;
  }
  return o;
}
