import { formatCount, formatCountOf } from '@/components/format/count';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';

/** How often an import had to begin: it goes on after each review as well, which is no attempt that failed. */
export function attemptsOf({
  attempts,
  attemptNotes,
}: Pick<ImportDetails, 'attempts' | 'attemptNotes'>): number {
  return attempts - attemptNotes.filter(({ afterReview }) => afterReview).length;
}

/**
 * Where each attempt after the first went on, and whether a row came in twice by that: as long as nothing is counted,
 * nothing is said about it.
 */
export function resumptions(
  view: Pick<ImportDetails, 'attemptNotes' | 'rows' | 'status' | 'publishedRevision'>,
): string[] {
  const { rows, publishedRevision, status } = view;
  const counted = publishedRevision !== null || status === 'REVIEW' ? duplicatesNote(duplicates(rows)) : '';
  const reviewed = view.attemptNotes.filter(({ afterReview }) => afterReview).length;
  const interrupted = view.attemptNotes
    .filter(({ afterReview }) => !afterReview)
    .map((note, i) => ({ ...note, attempt: i + 1 }))
    .filter(({ attempt, afterRow }) => attempt > 1 && afterRow !== null)
    .map(({ attempt, afterRow, rows: before }) =>
      before < rows.read
        ? `Attempt ${attempt} resumed at row ${formatCount((afterRow ?? 0) + 1)}${counted}`
        : `Attempt ${attempt} resumed after the last row was read${counted}`,
    );
  if (reviewed === 0) return interrupted;
  return [
    ...interrupted,
    `Reviewed, then continued${reviewed > 1 ? ` (${formatCount(reviewed)} times)` : ''}`,
  ];
}

function duplicatesNote(rows: number): string {
  return rows === 0 ? '; no rows duplicated' : `; ${formatCountOf(rows, 'row')} duplicated`;
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
