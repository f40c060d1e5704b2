import { formatCount } from '@/components/format/count';
import { CheckedFigures } from '../check/checked-figures';
import { useCheckedColumn } from '../check/use-check';
import { useColumn } from './column-context';

/** How many of a column's values fit, are different, or are missing: in the first rows, or in all once they were checked. */
export function ColumnFigures() {
  const { column, sample } = useColumn();
  const checked = useCheckedColumn(column.index);
  const { cells, isChecked, filled, fit, misfits, distinct } = sample;
  if (cells.length === 0) return null;
  if (checked && checked.rows > cells.length) return <CheckedFigures checked={checked} />;
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
