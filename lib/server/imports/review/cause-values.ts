import { ownText } from '@/lib/server/platform/own-text';
import type { RejectionReason } from '@/lib/shared/schema/import/stored-import';

/** Different values of one cause that are counted: what is in none of them is nothing to be put right at a click. */
const valuesCounted = 2_000;

/** What stands in the cells that rows were rejected for, by cause: what fixes are tried on. */
export class CauseValues {
  private readonly found = new Map<string, Map<string, number>>();

  /** Adds those of one row. */
  add(reasons: RejectionReason[]): void {
    for (const { column, code, value } of reasons) {
      const key = keyOf(column, code);
      const seen = this.found.get(key) ?? new Map<string, number>();
      const rows = seen.get(value);
      if (rows !== undefined) seen.set(value, rows + 1);
      else if (seen.size < valuesCounted) seen.set(ownText(value), 1);
      this.found.set(key, seen);
    }
  }

  /** The values of a cause, and in how many rows each is. */
  of({ column, code }: { column: string | null; code: string }): Map<string, number> {
    return this.found.get(keyOf(column, code)) ?? new Map();
  }
}

const keyOf = (column: string | null, code: string) => JSON.stringify([column, code]);
