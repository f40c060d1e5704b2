import type { StringTable } from '../values/shared-strings';

/** Stands in for the shared strings and notes how many of them are needed. */
export class IndexCollector implements StringTable {
  readonly count = Number.POSITIVE_INFINITY;
  readonly unstorable: ReadonlySet<number> = new Set<number>();
  /** The strings that were asked for are among the first so many. */
  needed = 0;

  get(index: number): string {
    this.needed = Math.max(this.needed, index + 1);
    return 'text';
  }
}
