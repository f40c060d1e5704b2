'use client';

import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
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
      className={`print:hidden mb-6 flex items-center gap-2 text-[13px] font-medium sm:gap-3 ${current === steps.length ? 'max-[419px]:hidden' : ''}`}
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

function nameOf(status: ImportStatusName): string {
  switch (status) {
    case 'UPLOADING':
      return 'Step 1 of 4: the file goes up';
    case 'INSPECTING':
    case 'MAPPING':
      return 'Step 2 of 4: what becomes of the columns';
    case 'QUEUED':
    case 'STAGING':
    case 'PUBLISHING':
      return 'Step 3 of 4: rows are stored';
    case 'REVIEW':
      return 'Step 3 of 4: it waits for you';
    case 'COMPLETED':
      return 'Step 4 of 4: every row is accounted for';
    case 'UNDONE':
      return 'It was undone';
    case 'FAILED':
      return 'It failed';
    case 'CANCELLED':
      return 'It was cancelled';
    default:
      return status satisfies never;
  }
}

/**
 * The step’s heading, for those who do not see the page. With a new step the focus goes there, where the old step took
 * it along; never from something that a person is at.
 */
export function StepHeading({ status }: { status: ImportStatusName }) {
  const name = nameOf(status);
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(name);
  useEffect(() => {
    if (before.current === name) return;
    before.current = name;
    if (document.activeElement === document.body || document.activeElement === null)
      heading.current?.focus({ preventScroll: true });
  }, [name]);
  return (
    <h2 ref={heading} tabIndex={-1} className="sr-only">
      {name}
    </h2>
  );
}
