import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import type { RejectionReason } from '@/lib/shared/schema/import/stored-import';

/** Postgres cannot hold NUL in text: it is shown as its picture, the row is rejected for it anyway. */
const picture = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '␀') : text).toWellFormed();

/** A rejected row as it can be stored. */
export function storableRejection(row: RejectedRow): RejectedRow {
  return { ...row, cells: row.cells.map(picture), reasons: storableReasons(row.reasons) };
}

/** Reasons of a rejected row as they can be stored. */
export function storableReasons(reasons: RejectionReason[]): RejectionReason[] {
  return reasons.map((reason) => ({ ...reason, value: picture(reason.value) }));
}
