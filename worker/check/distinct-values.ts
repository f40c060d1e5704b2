/** Places of the table, of two numbers each, with which it begins. */
const firstPlaces = 64;

/**
 * Counts different values up to a bound. It keeps 64 bits of each and no value: 10,000 of them take 256 KB, and that two
 * of those are alike happens in one of 370 billion columns.
 */
export class DistinctValues {
  count = 0;
  private table: Int32Array | null = new Int32Array(2 * firstPlaces);

  constructor(private readonly most: number) {}

  /** There are more than are counted. */
  get more(): boolean {
    return this.table === null;
  }

  add(bytes: Uint8Array, from: number, to: number): void {
    if (this.table === null) return;
    // FNV-1a, twice from different beginnings and with different primes.
    let a = 0x811c9dc5 | 0;
    let b = 0x9747b28c | 0;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] ?? 0;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x5bd1e995);
      b ^= b >>> 15;
    }
    // Two zeros are a free place.
    if (a === 0 && b === 0) a = 1;
    if (!this.put(this.table, a, b)) return;
    if (this.count === this.most) {
      this.table = null;
      return;
    }
    this.count++;
    if (this.count * 4 > this.table.length) this.grow(this.table);
  }

  /** @returns false when it is there */
  private put(table: Int32Array, a: number, b: number): boolean {
    const mask = table.length / 2 - 1;
    for (let place = (a ^ (b >>> 7)) & mask; ; place = (place + 1) & mask) {
      const [x, y] = [table[2 * place] ?? 0, table[2 * place + 1] ?? 0];
      if (x === a && y === b) return false;
      if (x !== 0 || y !== 0) continue;
      table[2 * place] = a;
      table[2 * place + 1] = b;
      return true;
    }
  }

  private grow(table: Int32Array): void {
    const larger = new Int32Array(2 * table.length);
    for (let i = 0; i < table.length; i += 2) {
      const [a, b] = [table[i] ?? 0, table[i + 1] ?? 0];
      if (a !== 0 || b !== 0) this.put(larger, a, b);
    }
    this.table = larger;
  }
}
