import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** A notice on one line of a card, where several would push away what they are about. */
export function Remark({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-[13px] leading-snug sm:px-5"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        {title}
        {children && <span className="text-muted"> {children}</span>}
      </p>
      {action}
    </div>
  );
}
