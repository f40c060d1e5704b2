import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';

/** A checkbox. Give it a label with `aria-label` or a `label` element. */
export function Checkbox({ className = '', ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      {...props}
      className={`flex size-[18px] shrink-0 items-center justify-center rounded-[5px] border border-field bg-surface text-on-accent transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent ${className}`}
    >
      <Radix.Indicator>
        <Check aria-hidden className="size-3.5" strokeWidth={3} />
      </Radix.Indicator>
    </Radix.Root>
  );
}
