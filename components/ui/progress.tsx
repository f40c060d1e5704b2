import { Progress as Radix } from 'radix-ui';

/** A progress bar. `value` is 0 to 1, or null while nobody can know. */
export function Progress({
  label,
  value,
  paused = false,
  thin = false,
}: {
  label: string;
  value: number | null;
  paused?: boolean;
  thin?: boolean;
}) {
  const percent = value === null ? null : Math.min(100, Math.max(0, Math.floor(value * 1000) / 10));
  return (
    <Radix.Root
      aria-label={label}
      value={percent}
      getValueLabel={(now) => `${Math.floor(now)}%`}
      className={`relative w-full overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset ${thin ? 'h-1.5' : 'h-2.5'}`}
    >
      <Radix.Indicator
        className={`h-full rounded-full transition-[width] duration-500 ease-out ${paused ? 'bg-muted' : 'bg-accent'} ${percent === null ? 'w-1/3 animate-flow' : ''}`}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </Radix.Root>
  );
}
