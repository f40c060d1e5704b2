import type { ComponentProps, Ref } from 'react';

interface TableProps extends ComponentProps<'table'> {
  /** Its box, for what follows how far it is scrolled. */
  box?: Ref<HTMLElement>;
  boxClassName?: string;
}

/** A table that scrolls inside its own box and never widens the page. Name it with `aria-label`. */
export function Table({ className = '', box, boxClassName = '', ...props }: TableProps) {
  return (
    <section
      ref={box}
      aria-label={`${props['aria-label'] ?? 'Table'}, scrolls`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable by keyboard
      tabIndex={0}
      className={`@container overflow-x-auto ${boxClassName}`}
    >
      <table {...props} className={`w-full border-collapse text-left text-sm ${className}`} />
    </section>
  );
}

/** A column's heading. */
export function Th({ className = '', ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...props}
      className={`border-b border-line bg-sunken/60 px-4 py-2.5 text-xs font-medium whitespace-nowrap text-muted first:pl-5 last:pr-5 sm:first:pl-6 sm:last:pr-6 ${className}`}
    />
  );
}

/** A cell. */
export function Td({ className = '', ...props }: ComponentProps<'td'>) {
  return (
    <td
      {...props}
      className={`px-4 py-3 align-middle first:pl-5 last:pr-5 sm:first:pl-6 sm:last:pr-6 ${className}`}
    />
  );
}
