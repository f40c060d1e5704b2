import { Check } from 'lucide-react';
import type { ImportStatusName } from '@/lib/imports/contract';

const steps = ['Upload', 'Check', 'Import', 'Receipt'] as const;

function stepOf(status: ImportStatusName): number | null {
  switch (status) {
    case 'UPLOADING':
      return 0;
    case 'INSPECTING':
    case 'MAPPING':
      return 1;
    case 'QUEUED':
    case 'STAGING':
    case 'REVIEW':
    case 'PUBLISHING':
      return 2;
    case 'COMPLETED':
      return 4;
    case 'UNDONE':
    case 'FAILED':
    case 'CANCELLED':
      return null;
    default:
      return status satisfies never;
  }
}

/** Where on its way an import is; nothing once it left the way. */
export function Steps({ status }: { status: ImportStatusName }) {
  const current = stepOf(status);
  if (current === null) return null;
  return (
    <ol
      aria-label="Progress of this import"
      className={`mb-6 flex items-center gap-2 text-[13px] font-medium sm:gap-3 ${current === steps.length ? 'max-[419px]:hidden' : ''}`}
    >
      {steps.map((step, index) => {
        const done = index < current;
        const here = index === current;
        return (
          <li
            key={step}
            aria-current={here ? 'step' : undefined}
            className={`flex items-center gap-2 sm:gap-3 ${here ? 'text-ink' : done ? 'text-accent' : 'text-muted'}`}
          >
            {index > 0 && (
              <span aria-hidden className={`h-px w-4 sm:w-10 ${done || here ? 'bg-accent' : 'bg-line'}`} />
            )}
            <span
              aria-hidden
              className={`flex size-5 items-center justify-center rounded-full text-[11px] tabular-nums ${done ? 'bg-accent text-on-accent' : here ? 'ring-2 ring-accent' : 'ring-1 ring-field'}`}
            >
              {done ? <Check className="size-3" strokeWidth={3} /> : index + 1}
            </span>
            <span className={here ? '' : 'max-[419px]:sr-only'}>{step}</span>
          </li>
        );
      })}
    </ol>
  );
}
