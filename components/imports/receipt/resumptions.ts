import { formatCount } from '@/components/format/count';
import type { ImportDetails } from '@/lib/shared/schema/imports';

/**
 * Where each attempt after the first went on, and whether a row came in twice by that: as long as nothing is counted,
 * nothing is said about it.
 */
export function resumptions(
  view: Pick<ImportDetails, 'attemptNotes' | 'rows' | 'status' | 'publication'>,
): string[] {
  const { rows, publication, status } = view;
  const counted =
    publication !== null || status === 'REVIEW' ? `; ${formatCount(duplicates(rows))} duplicates` : '';
  return view.attemptNotes
    .filter(({ number, afterRow }) => number > 1 && afterRow !== null)
    .map(({ number, afterRow, rows: before, afterReview }) => {
      if (afterReview) return `Attempt ${number} went on after the review`;
      return before < rows.read
        ? `Attempt ${number} resumed at row ${formatCount((afterRow ?? 0) + 1)}${counted}`
        : `Attempt ${number} went on when all rows were read${counted}`;
    });
}

/**
 * How many rows Postgres counted beyond those that were read. It counts rows with numbers of their own, which are the
 * primary key, and rejections beside them; `read` is what the attempts committed, segment by segment.
 */
function duplicates({
  read,
  inserted,
  updated,
  unchanged,
  skipped,
  rejected,
}: ImportDetails['rows']): number {
  return inserted + updated + unchanged + skipped + rejected - read;
}
