import { z } from 'zod';
import { ownText } from '@/lib/server/platform/own-text';
import type { RejectionReason } from '@/lib/shared/schema/import/stored-import';

/** Examples that are shown of a cause. */
const examplesShown = 5;

/** Rows that were rejected for the same thing in the same column. */
export const storedCause = z.object({
  column: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
  rows: z.number(),
  examples: z.array(z.object({ row: z.number(), value: z.string() })),
});
export type StoredCause = z.infer<typeof storedCause>;

/** Counts rejections by their cause: what is wrong, and in which column. There are few, however many the rows. */
export class CauseCount {
  private readonly found = new Map<string, StoredCause>();

  add(row: number, reasons: RejectionReason[]): void {
    for (const { column, code, reason, value } of reasons)
      this.merge({ column, code, reason, rows: 1, examples: [{ row, value }] });
  }

  /** Adds what was counted elsewhere, further on in the file. */
  merge(cause: StoredCause): void {
    const key = JSON.stringify([cause.column, cause.code]);
    const there = this.found.get(key);
    if (!there) {
      this.found.set(key, { ...cause, examples: cause.examples.map(kept) });
      return;
    }
    there.rows += cause.rows;
    if (there.examples.length < examplesShown)
      there.examples.push(...cause.examples.slice(0, examplesShown - there.examples.length).map(kept));
  }

  /** The most frequent first. */
  causes(): StoredCause[] {
    return [...this.found.values()].sort((a, b) => b.rows - a.rows);
  }
}

const kept = ({ row, value }: StoredCause['examples'][number]) => ({ row, value: ownText(value) });
