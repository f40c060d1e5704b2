const twoTo32 = 2 ** 32;
const twoTo20 = 2 ** 20;
const twoTo12 = 2 ** 12;

/**
 * Writes `times * factor + rest` as a 64-bit integer in network order, without BigInt, which makes an object a cell.
 * @param times less than 2^38, either sign
 * @param factor less than 2^30
 * @param rest less than 2^38, either sign
 * @returns where writing goes on
 */
export function writeInt64(times: number, factor: number, rest: number, out: Buffer, at: number): number {
  const value = times * factor + rest;
  if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER)
    return writeHalves(Math.floor(value / twoTo32), value, out, at);
  // Twenty bits apart, so that every product is exact.
  const upper = Math.floor(times / twoTo20);
  const product = upper * factor;
  const most = Math.floor(product / twoTo12);
  const low = (product - most * twoTo12) * twoTo20 + (times - upper * twoTo20) * factor + rest;
  return writeHalves(most + Math.floor(low / twoTo32), low, out, at);
}

/** `>>>` takes a number modulo 2^32, negative ones as well. */
function writeHalves(high: number, low: number, out: Buffer, at: number): number {
  return writeInt32(low, out, writeInt32(high, out, at));
}

/** In network order. Not Buffer's own method, which checks its range anew for every value. @returns where writing goes on */
export function writeInt32(value: number, out: Buffer, at: number): number {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
  return at + 4;
}

/** The same of 16 bits. */
export function writeInt16(value: number, out: Buffer, at: number): number {
  out[at] = value >>> 8;
  out[at + 1] = value;
  return at + 2;
}
