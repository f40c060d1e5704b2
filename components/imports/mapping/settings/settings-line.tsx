'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

/** A setting as one line that says what was chosen, and opens in place to change it. */
export function SettingsLine({
  name,
  summary,
  action,
  remarks,
  children,
}: {
  name: string;
  summary: ReactNode;
  /** Accepts what is proposed, or takes it back. */
  action?: ReactNode;
  /** What has to be seen also while it is closed. */
  remarks?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3 pr-4 sm:pr-5">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          className="flex min-h-11 min-w-0 flex-1 basis-64 items-baseline gap-x-2.5 rounded-xl px-4 py-2.5 text-left text-sm hover:bg-sunken/60 sm:px-5"
          onClick={() => setOpen(!open)}
        >
          <ChevronRight
            aria-hidden
            className={`size-4 shrink-0 self-center text-muted transition-transform ${open ? 'rotate-90' : ''}`}
          />
          <span className="min-w-0 text-muted [overflow-wrap:anywhere] sm:flex">
            <span className="mr-2 shrink-0 font-medium text-ink sm:w-24">{name}</span> <span>{summary}</span>
          </span>
        </button>
        {action && <div className="flex shrink-0 gap-2 pb-2 max-sm:pl-10.5 sm:py-1.5">{action}</div>}
      </div>
      {open && (
        <div id={id} className="px-5 pt-2 pb-6 sm:px-6">
          {children}
        </div>
      )}
      {remarks}
    </div>
  );
}
