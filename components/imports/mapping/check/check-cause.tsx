import { Wand2 } from 'lucide-react';
import { formatCount, formatCountOf } from '@/components/format/count';
import { CauseExamples } from '@/components/imports/cause-examples';
import { Button } from '@/components/ui/button';
import type { Cause } from '@/lib/shared/schema/review/cause';
import { describeFix } from '@/lib/shared/schema/review/describe-fix';
import type { Fix } from '@/lib/shared/schema/review/fix';

/** Why some rows would be rejected, with examples and with what would help. */
export function CheckCause({
  cause: { column, reason, rows, examples, fixes },
  examined,
  disabled,
  onFix,
}: {
  cause: Cause;
  /** Rejected rows that fixes were tried on. */
  examined: number;
  disabled: boolean;
  onFix: (fix: Fix) => void;
}) {
  return (
    <li className="px-5 py-3 text-sm sm:px-6">
      <h3 className="font-medium [overflow-wrap:anywhere]">
        {formatCountOf(rows, 'row')}: {column === null ? 'the whole row' : `“${column}”`}
      </h3>
      <p className="max-w-prose">{reason}</p>
      <CauseExamples examples={examples} className="mt-0.5" />
      {fixes.length > 0 && (
        <ul aria-label="What would help" className="mt-2 space-y-1.5">
          {fixes.map(({ fix, rows: helped }) => (
            <li key={JSON.stringify(fix)} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Button
                size="sm"
                className="h-auto min-h-8 max-w-full shrink py-1 text-left whitespace-normal"
                disabled={disabled}
                onClick={() => onFix(fix)}
              >
                <Wand2 aria-hidden />
                {describeFix(fix)}
              </Button>
              <span className="text-[13px] text-muted">{effectOf(helped, rows, examined)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function effectOf(helped: number, rows: number, examined: number): string {
  if (rows > examined) return `Fixes ${formatCount(helped)} of the first ${formatCount(examined)} rows.`;
  return helped < rows ? `Fixes ${formatCount(helped)} of these rows.` : 'Fixes all of these rows.';
}
