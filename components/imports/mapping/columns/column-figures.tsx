import { formatCount } from '@/components/format/count';
import { useColumn } from './column-context';

/** How many of a column's values fit, are different, or are missing, in the rows that were looked at. */
export function ColumnFigures() {
  const { sample } = useColumn();
  const { cells, isChecked, filled, fit, misfits, distinct } = sample;
  if (cells.length === 0) return null;
  const blank = cells.length - filled;
  return (
    <p className="mt-1 text-xs text-muted tabular-nums">
      {isChecked && fit + misfits > 0 && (
        <>
          {formatCount(fit)} fit
          {misfits > 0 && (
            <span className="font-medium text-danger">
              , {formatCount(misfits)} {misfits === 1 ? "doesn't" : "don't"}
            </span>
          )}
          {' · '}
        </>
      )}
      {formatCount(distinct)} different · {formatCount(blank)} blank · in the first{' '}
      {cells.length === 1 ? 'row' : `${formatCount(cells.length)} rows`}
    </p>
  );
}
