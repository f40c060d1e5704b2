/** Adds up the time in which something was waited for. Where two waits overlap, the time counts once. */
export class Waiting {
  private pending = 0;
  private since = 0;
  private milliseconds = 0;

  get seconds(): number {
    return this.milliseconds / 1000;
  }

  async on<T>(work: PromiseLike<T>): Promise<T> {
    if (this.pending++ === 0) this.since = performance.now();
    try {
      return await work;
    } finally {
      if (--this.pending === 0) this.milliseconds += performance.now() - this.since;
    }
  }

  /** The same items; the time until each is there counts. */
  async *over<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.on(iterator.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
}
