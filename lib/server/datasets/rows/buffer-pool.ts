/**
 * Memory that goes round: new memory for every batch of rows cost a fifth of an import, in page faults, in freeing it
 * again, and in whole garbage collections, which V8 starts since it sees so much memory outside its heap come and go.
 */
export class BufferPool {
  private readonly free: Buffer[] = [];

  /**
   * @param size bytes of each piece
   * @param most pieces to keep while nobody uses them
   */
  constructor(
    private readonly size: number,
    private readonly most: number,
  ) {}

  /** A piece of memory, with anything in it. */
  take(): Buffer {
    return this.free.pop() ?? Buffer.allocUnsafeSlow(this.size);
  }

  /** Gives a piece back. One of another size (it had to grow) is left to the garbage collector. */
  give(piece: Buffer): void {
    if (piece.length === this.size && this.free.length < this.most) this.free.push(piece);
  }
}
