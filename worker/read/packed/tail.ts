/** Keeps the last bytes of a stream. */
export class Tail {
  private parts: Uint8Array[] = [];
  private kept = 0;
  private size = 0;

  /** @param most bytes that are kept */
  constructor(private readonly most: number) {}

  push(chunk: Uint8Array): void {
    // Copied, because the chunk's memory belongs to whoever read it; of a large one only what is kept.
    const part = Uint8Array.from(chunk.subarray(Math.max(0, chunk.length - this.most)));
    this.parts.push(part);
    this.kept += part.length;
    this.size += chunk.length;
    for (;;) {
      const [first] = this.parts;
      if (!first || this.kept - first.length < this.most) return;
      this.parts.shift();
      this.kept -= first.length;
    }
  }

  /** The last bytes, and how many came before them. */
  take(): { bytes: Buffer; start: number } {
    const all = Buffer.concat(this.parts);
    const bytes = all.subarray(Math.max(0, all.length - this.most));
    return { bytes, start: this.size - bytes.length };
  }
}
