const startBytes = 64 * 1024;

/**
 * Lines of text as bytes, outside V8's heap: a line is written at once and its string dies young. Kept as strings
 * until the batch ended, they outgrew the young generation and cost a quarter of an import in garbage collection.
 */
export class LineBuffer {
  private bytes = Buffer.allocUnsafeSlow(startBytes);
  private used = 0;

  add(line: string): void {
    // No UTF-16 code unit takes more than three bytes of UTF-8.
    const most = line.length * 3;
    if (this.bytes.length - this.used < most) this.grow(most);
    this.used += this.bytes.write(line, this.used, 'utf8');
  }

  /** The bytes of all lines so far, which are the caller's from now on. */
  take(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.used + by));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
  }
}
