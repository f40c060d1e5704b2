import type { ColumnSample, SampleCell } from '../sample/read-sample';
import { SampleValue } from '../sample/sample-value';
import { useColumn } from './column-context';

const mostFitting = 3;
const mostMisfits = 2;

/** The first different values of a column, as they are read; of those that do not fit, two more. */
export function ColumnValues() {
  const { sample } = useColumn();
  const values = firstValues(sample);
  if (values.length === 0) return null;
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink tabular-nums">
      {values.map((cell) => (
        <span key={cell.row} className="max-w-44 truncate whitespace-pre">
          <SampleValue cell={cell} />
        </span>
      ))}
    </p>
  );
}

function firstValues({ cells }: ColumnSample): SampleCell[] {
  const seen = new Set<string>();
  const different = cells.filter(({ raw, shown, reason }) => {
    if ((shown.trim() === '' && reason === null) || seen.has(raw)) return false;
    seen.add(raw);
    return true;
  });
  return [
    ...different.filter(({ reason }) => reason === null).slice(0, mostFitting),
    ...different.filter(({ reason }) => reason !== null).slice(0, mostMisfits),
  ];
}
