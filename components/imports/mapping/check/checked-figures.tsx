import { formatCount, formatCountOf } from '@/components/format/count';
import type { CheckedColumn } from '@/lib/shared/schema/import/check';

/** How many of a column's values fit, are different, or are missing, in all rows of the file. */
export function CheckedFigures({
  checked: { rejected, empty, distinct, rows, accepted, complete },
}: {
  checked: CheckedColumn & { rows: number; accepted: number; complete: boolean };
}) {
  if (rows === 0) return null;
  const misfits = `${formatCount(rejected)} ${rejected === 1 ? "doesn't" : "don't"} fit`;
  return (
    <p className="mt-1 text-xs text-muted tabular-nums">
      {rejected > 0 ? <span className="font-medium text-danger">{misfits}</span> : 'All fit'}
      {distinct !== null && empty !== null && accepted > 0 && (
        <>
          {' · '}
          {accepted < rows && 'valid rows: '}
          {distinct.more && 'more than '}
          {formatCount(distinct.count)} different, {formatCount(empty)} blank
        </>
      )}
      {' · '}
      {complete && rows === 1
        ? 'in the only row'
        : `in ${complete ? 'all' : 'the first'} ${formatCountOf(rows, 'row')}`}
    </p>
  );
}
