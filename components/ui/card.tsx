import type { ComponentProps, ReactNode } from 'react';

/** A surface that groups what belongs together. */
export function Card({ className = '', ...props }: ComponentProps<'section'>) {
  return (
    <section {...props} className={`rounded-2xl border border-line bg-surface shadow-lift ${className}`} />
  );
}

/** A card's heading with an optional explanation and actions at its right. */
export function CardHeader({
  title,
  about,
  actions,
  id,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  id?: string;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 pt-5 pb-4 sm:px-6">
      <div className="min-w-0">
        <h2 id={id} className="text-base font-semibold tracking-tight">
          {title}
        </h2>
        {about && <p className="mt-1 text-sm text-muted">{about}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
