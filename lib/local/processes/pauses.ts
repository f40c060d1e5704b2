/** In ms. The last one is kept to. */
const pauses = [100, 1_000, 2_000, 5_000, 10_000, 30_000];

/** A process that ran for so long was well: what ends it now has nothing to do with what ended it before. */
export const wellAfterMs = 60_000;

/** How long to wait before a process is started again that ended so many times in a row before, in ms. */
export function pauseBefore(endings: number): number {
  return pauses[Math.min(endings, pauses.length - 1)] ?? 0;
}
