'use client';

import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ChoosingStep } from '@/lib/shared/schema/import/draft';
import type { ImportStatusName } from '@/lib/shared/schema/import/import';

type Step = 'UPLOAD' | ChoosingStep | 'CHECK' | 'IMPORT' | 'RECEIPT';

const labels: Record<Step, string> = {
  UPLOAD: 'Upload',
  SHEET: 'Sheet',
  HEADER: 'Header row',
  COLUMNS: 'Match columns',
  CHECK: 'Check',
  IMPORT: 'Import',
  RECEIPT: 'Receipt',
};

/** Where on its way an import is. */
export interface Place {
  status: ImportStatusName;
  /** The steps of choosing that its file has. */
  choosing: ChoosingStep[];
  /** The one that a person is at; null while nothing is known of the file. */
  at: ChoosingStep | null;
}

const stepsOf = ({ choosing }: Place): Step[] => ['UPLOAD', ...choosing, 'CHECK', 'IMPORT', 'RECEIPT'];

function stepOf({ status, at }: Place): Step | null {
  switch (status) {
    case 'UPLOADING':
    case 'INSPECTING':
    case 'MAPPING':
      return at ?? 'UPLOAD';
    case 'QUEUED':
    case 'STAGING':
    case 'REVIEW':
      return 'CHECK';
    case 'PUBLISHING':
      return 'IMPORT';
    case 'COMPLETED':
      return 'RECEIPT';
    case 'UNDONE':
    case 'FAILED':
    case 'CANCELLED':
      return null;
    default:
      return status satisfies never;
  }
}

/**
 * Where on its way an import is; nothing once it left the way. A step of choosing that lies behind can be gone back to,
 * also one that was skipped since nothing was uncertain in it.
 */
export function Steps({ place, onStep }: { place: Place; onStep: (step: ChoosingStep) => void }) {
  const current = stepOf(place);
  if (current === null) return null;
  const steps = stepsOf(place);
  const { at } = place;
  const over = place.status === 'COMPLETED';
  return (
    <ol
      aria-label="Progress of this import"
      className={`mb-6 flex items-center gap-2 text-[13px] font-medium lg:gap-3 print:hidden ${over ? 'max-[419px]:hidden' : ''}`}
    >
      {steps.map((step, index) => {
        const here = step === current && !over;
        const passed = over || index < steps.indexOf(current);
        const done = passed && !(step === 'UPLOAD' && place.status === 'UPLOADING');
        const back = at && place.choosing.find((known) => known === step && passed);
        const content = (
          <>
            <span
              aria-hidden
              className={`flex size-5 items-center justify-center rounded-full text-[11px] tabular-nums ${done ? 'bg-accent text-on-accent' : here ? 'ring-2 ring-accent' : 'ring-1 ring-field'}`}
            >
              {done ? <Check className="size-3" strokeWidth={3} /> : index + 1}
            </span>
            <span className={here ? 'whitespace-nowrap' : 'max-lg:sr-only'}>{labels[step]}</span>
          </>
        );
        return (
          <li
            key={step}
            aria-current={here ? 'step' : undefined}
            className={`flex items-center gap-2 lg:gap-3 ${here ? 'text-ink' : done ? 'text-accent' : 'text-muted'}`}
          >
            {index > 0 && (
              <span
                aria-hidden
                className={`h-px w-4 max-[419px]:hidden xl:w-8 ${done || here ? 'bg-accent' : 'bg-line'}`}
              />
            )}
            {back ? (
              <button
                type="button"
                className="-m-1 flex items-center gap-2 rounded-full p-1 underline-offset-4 hover:underline lg:gap-3"
                onClick={() => onStep(back)}
              >
                {content}
              </button>
            ) : (
              content
            )}
          </li>
        );
      })}
    </ol>
  );
}

function aboutStep(step: Step, status: ImportStatusName): string {
  switch (step) {
    case 'UPLOAD':
      return status === 'UPLOADING' ? 'the file is uploaded' : 'the beginning of the file is read';
    case 'SHEET':
      return 'which sheet is imported';
    case 'HEADER':
      return 'which row names the columns';
    case 'COLUMNS':
      return 'what each column goes into';
    case 'CHECK':
      return status === 'REVIEW' ? 'it needs your review' : 'all rows are read and checked';
    case 'IMPORT':
      return 'the rows become visible';
    case 'RECEIPT':
      return 'every row is accounted for';
    default:
      return step satisfies never;
  }
}

function nameOf(place: Place): string {
  const step = stepOf(place);
  const steps = stepsOf(place);
  if (step) return `Step ${steps.indexOf(step) + 1} of ${steps.length}: ${aboutStep(step, place.status)}`;
  if (place.status === 'UNDONE') return 'It was undone';
  return place.status === 'FAILED' ? 'It failed' : 'It was cancelled';
}

/**
 * The step’s heading, for those who do not see the page. With a new step the focus goes there, where the old step took
 * it along; never from something that a person is at.
 */
export function StepHeading({ place }: { place: Place }) {
  const name = nameOf(place);
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
