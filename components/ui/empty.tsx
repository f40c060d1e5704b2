import type { ReactNode } from 'react';

/** What a list shows when there is nothing in it: why, and the way on. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <div
        aria-hidden
        className="mb-4 flex size-12 items-center justify-center rounded-2xl bg-accent-soft text-accent [&_svg]:size-6"
      >
        {icon}
      </div>
      <p className="font-semibold">{title}</p>
      <p className="mt-1 max-w-sm text-sm leading-relaxed text-muted">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
