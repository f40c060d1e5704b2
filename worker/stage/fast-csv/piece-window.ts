const LF = 10;

/**
 * The bytes of a file that are at hand: read, and not yet used up. One piece of memory for the whole file, so
 * that reading makes no garbage.
 *
 * After the last byte there always stands an LF, on which the scanner's loops end.
 */
export class PieceWindow {
  bytes: Buffer;
  /** Where the first unused byte stands. */
  at = 0;
  /** Where the bytes at hand end. */
  end = 0;
  /** Bytes that came since {@link used} was last called. */
  fresh = 0;

  /** @param size bytes that are at hand in the usual case */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size + 1);
  }

  /** Takes what there is room for. @returns how many bytes that was: all, unless the window is full */
  fill(chunk: Uint8Array): number {
    this.makeRoom(chunk.length);
    const taken = Math.min(chunk.length, this.room());
    this.bytes.set(taken === chunk.length ? chunk : chunk.subarray(0, taken), this.end);
    this.end += taken;
    this.fresh += taken;
    this.bytes[this.end] = LF;
    return taken;
  }

  /** The bytes up to that place are used up. */
  used(upTo: number): void {
    this.at = upTo;
    this.fresh = 0;
  }

  /** Bytes not used up. */
  rest(): Buffer {
    return this.bytes.subarray(this.at, this.end);
  }

  private room(): number {
    return this.bytes.length - 1 - this.end;
  }

  /** Moves the rest to the front; takes twice the memory where a long record fills more than half of it. */
  private makeRoom(wanted: number): void {
    if (this.room() >= wanted || (this.at === 0 && this.end * 2 < this.bytes.length)) return;
    const rest = this.rest();
    if (rest.length * 2 >= this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(this.bytes.length * 2);
      rest.copy(larger);
      this.bytes = larger;
    } else {
      this.bytes.copyWithin(0, this.at, this.end);
    }
    this.end = rest.length;
    this.at = 0;
  }
}
