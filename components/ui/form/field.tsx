import type { ComponentProps, ReactNode } from 'react';

const control =
  'h-9 w-full min-w-0 rounded-lg border border-field/70 bg-surface px-3 text-sm text-ink placeholder:text-muted hover:border-field disabled:bg-sunken disabled:text-muted aria-invalid:border-danger';

/** A text input. Give it a label with {@link Field} or `aria-label`. */
export function Input({ className = '', ...props }: ComponentProps<'input'>) {
  return <input {...props} className={`${control} ${className}`} />;
}

/** A native select: one opens fast even beside 1,600 others, and phones show their own picker. */
export function Select({ className = '', children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={`relative block min-w-0 ${className}`}>
      <select {...props} className={`${control} appearance-none truncate pr-8`}>
        {children}
      </select>
      <svg
        aria-hidden
        viewBox="0 0 16 16"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      >
        <path d="m4 6 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
    </span>
  );
}

/** A label above its control, with an optional hint below. */
export function Field({
  label,
  htmlFor,
  hint,
  hintId,
  children,
}: {
  label: string;
  htmlFor: string;
  hint?: ReactNode;
  hintId?: string;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <label htmlFor={htmlFor} className="mb-1.5 block text-[13px] font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={hintId} className="mt-1.5 text-[13px] text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
