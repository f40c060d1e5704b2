import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { formatCount } from '@/components/format/count';
import { Select } from '@/components/ui/form/field';
import { type RejectionChoice, rejectionChoices } from '@/lib/shared/schema/import/start';
import { BackButton } from '../layout/step-bar';
import { StartButton } from './check/start-button';
import type { ShownCheck } from './check/use-check';
import type { Problem } from './draft/draft';

const choiceWords: Record<RejectionChoice, string> = {
  IMPORT_VALID: 'Import the valid rows',
  STOP: 'Stop, import nothing',
  REVIEW: 'Always review first',
};

/** The bar at the bottom that says what will happen and starts it, or what is to be settled first. */
export function StartBar({
  problems,
  included,
  total,
  target,
  onRejection,
  onChoose,
  onBack,
  onShow,
  pending,
  check,
  onFix,
  onStart,
}: {
  problems: Problem[];
  included: number;
  total: number;
  target: string;
  onRejection: RejectionChoice;
  onChoose: (choice: RejectionChoice) => void;
  onBack: () => void;
  /** Leads to a column with a problem. */
  onShow: (index: number) => void;
  pending: boolean;
  check: ShownCheck;
  /** Leads to what would help where many rows would be rejected. */
  onFix: () => void;
  onStart: () => void;
}) {
  const id = useId();
  const [first] = problems;
  return (
    <div className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-5 gap-y-3 rounded-2xl border border-line bg-surface/95 px-4 py-3 shadow-2xl backdrop-blur sm:bottom-5 sm:px-6 sm:py-4">
      <BackButton onClick={onBack} />
      <div aria-live="polite" className="min-w-0 flex-1 basis-48 text-sm">
        {first ? (
          <div className="flex items-center gap-2">
            <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
            {first.index === null ? (
              <p>{first.message}</p>
            ) : (
              <button
                type="button"
                className="min-w-0 rounded text-left underline decoration-warn/60 underline-offset-2"
                onClick={() => first.index !== null && onShow(first.index)}
              >
                {first.message}
              </button>
            )}
            {problems.length > 1 && (
              <span className="shrink-0 text-muted">and {problems.length - 1} more</span>
            )}
          </div>
        ) : (
          <p className="text-muted">
            {included === total ? 'All' : `${formatCount(included)} of`} {formatCount(total)} columns into{' '}
            <span className="font-medium [overflow-wrap:anywhere] text-ink">{target}</span>
          </p>
        )}
      </div>
      <div className="flex items-center gap-2 text-sm max-sm:w-full">
        <label htmlFor={`${id}-rejection`} className="shrink-0 text-muted">
          If rows are rejected
        </label>
        <Select
          id={`${id}-rejection`}
          className="min-w-44 flex-1"
          value={onRejection}
          onChange={(event) =>
            onChoose(rejectionChoices.find((choice) => choice === event.target.value) ?? 'IMPORT_VALID')
          }
        >
          {rejectionChoices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceWords[choice]}
            </option>
          ))}
        </Select>
      </div>
      <StartButton
        shown={check}
        disabled={problems.length > 0 || pending}
        pending={pending}
        onFix={onFix}
        onStart={onStart}
      />
    </div>
  );
}
