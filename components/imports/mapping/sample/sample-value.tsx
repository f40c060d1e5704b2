import type { SampleCell } from './read-sample';

/** A value of the file as its column reads it; one that does not fit is marked, with the reason. */
export function SampleValue({ cell: { raw, shown, reason } }: { cell: SampleCell }) {
  if (reason === null) return <span title={raw === shown ? undefined : `In the file: ${raw}`}>{shown}</span>;
  return (
    <mark
      title={reason}
      className="relative rounded-sm bg-danger-soft px-1 text-ink underline decoration-danger decoration-wavy underline-offset-2"
    >
      {shown || 'empty'}
      <span className="sr-only"> (does not fit: {reason})</span>
    </mark>
  );
}
