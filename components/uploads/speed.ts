/** Speed over the last seconds: steady enough to read, quick enough to notice a change. */
export class Speed {
  private samples: { at: number; bytes: number }[] = [];

  /** Takes how much is sent by now and returns bytes a second; null until a second has passed. */
  measure(bytes: number, at = performance.now()): number | null {
    this.samples.push({ at, bytes });
    this.samples = this.samples.filter((sample) => at - sample.at <= 6_000);
    const first = this.samples[0];
    if (!first || at - first.at < 1_000 || bytes <= first.bytes) return null;
    return ((bytes - first.bytes) / (at - first.at)) * 1_000;
  }

  /** Forgets: after a pause the time in between says nothing. */
  reset(): void {
    this.samples = [];
  }
}
