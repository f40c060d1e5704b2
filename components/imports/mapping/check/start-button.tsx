import { ArrowRight, Wand2 } from 'lucide-react';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { rejectsMany } from './labels';
import type { ShownCheck } from './use-check';

/** Starts the import; where many rows would be rejected, leads to what would help first. */
export function StartButton({
  shown: { check, isCurrent },
  disabled,
  pending,
  onFix,
  onStart,
}: {
  shown: ShownCheck;
  disabled: boolean;
  pending: boolean;
  /** Leads to the likeliest fix. */
  onFix: () => void;
  onStart: () => void;
}) {
  const isFirst = check !== null && !disabled && rejectsMany(check);
  const rejected = check?.state === 'DONE' && isCurrent ? (check.figures?.rows.rejected ?? null) : null;
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
      {isFirst && (
        <Button variant="primary" className="max-sm:w-full" onClick={onFix}>
          <Wand2 aria-hidden />
          {rejected === null ? 'Fix rejected rows first' : `Fix ${formatCountOf(rejected, 'row')} first`}
        </Button>
      )}
      <Button
        variant={isFirst ? 'ghost' : 'primary'}
        className="max-sm:w-full"
        disabled={disabled}
        onClick={onStart}
      >
        {pending ? 'Starting…' : isFirst ? 'Start import anyway' : 'Start import'}
        {!isFirst && <ArrowRight aria-hidden />}
      </Button>
    </div>
  );
}
