import { type ComponentProps, useId } from 'react';
import { Field, Input } from './field';

/** A text input with its label above, and an optional hint below. */
export function LabelledInput({
  label,
  hint,
  ...input
}: { label: string; hint?: string } & Omit<ComponentProps<'input'>, 'id' | 'aria-describedby'>) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <Field label={label} htmlFor={id} hint={hint} hintId={hintId}>
      <Input id={id} aria-describedby={hintId} {...input} />
    </Field>
  );
}
