/** Sluice's mark: a raised gate between two posts, and the water it lets through. */
export function Mark({ className = '' }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round">
        <path d="M9 6v12.4M23 6v12.4" />
        <path d="M9 8.6h14M9 13.4h14" />
        <path d="M5.5 22.2c1.75-1.5 3.5-1.5 5.25 0s3.5 1.5 5.25 0 3.5-1.5 5.25 0 3.5 1.5 5.25 0" />
        <path d="M9.5 26.8c1.1-.9 2.2-.9 3.3 0s2.2.9 3.3 0 2.2-.9 3.3 0 2.2.9 3.3 0" opacity=".65" />
      </g>
    </svg>
  );
}
