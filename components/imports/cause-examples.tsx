import { formatCount } from '@/components/format/count';
import type { Cause } from '@/lib/shared/schema/review/cause';

/** Three of the rows with a cause: their numbers, and the values that do not fit. */
export function CauseExamples({ examples, className }: Pick<Cause, 'examples'> & { className: string }) {
  if (examples.length === 0) return null;
  return (
    <p className={`text-[13px] [overflow-wrap:anywhere] text-muted ${className}`}>
      {examples.slice(0, 3).map(({ row, value }, i) => (
        <span key={row}>
          {i > 0 && ' · '}row {formatCount(row)}{' '}
          {value === '' ? 'is empty' : <span className="font-mono">{value.slice(0, 80)}</span>}
        </span>
      ))}
    </p>
  );
}
