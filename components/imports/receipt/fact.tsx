import type { ReactNode } from 'react';

/** A named fact of a receipt. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-3 px-5 py-2.5 sm:grid-cols-[8.5rem_1fr] sm:px-6">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere] tabular-nums">{children}</dd>
    </div>
  );
}

/** Sentences below each other. */
export function Lines({ lines, muted = false }: { lines: string[]; muted?: boolean }) {
  return lines.map((line) => (
    <span key={line} className={`block ${muted ? 'text-muted' : ''}`}>
      {line}
    </span>
  ));
}
