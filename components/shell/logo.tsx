/** Sluice's mark: a gate raised between two posts, and the water it lets through. */
export function Mark({ className = '' }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7.5 18.5V6.5h17v12" />
        <rect x="11.6" y="9.8" width="8.8" height="5.6" rx="1" fill="var(--on-accent)" stroke="none" />
        <path d="M5 22.4c1.83-1.7 3.67-1.7 5.5 0s3.67 1.7 5.5 0 3.67-1.7 5.5 0 3.67 1.7 5.5 0" />
        <path d="M10.5 27c1.83-1.3 3.67-1.3 5.5 0s3.67 1.3 5.5 0" opacity=".6" />
      </g>
    </svg>
  );
}
