'use client';

import { useId } from 'react';
import { Field } from '@/components/ui/form/field';
import { passwordLength } from '@/lib/shared/schema/user/user-labels';
import { PasswordInput } from './password-input';

/** A password that is chosen now. */
export function NewPasswordField({
  label = 'Password',
  value,
  onChange,
}: {
  label?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <Field
      label={label}
      htmlFor={id}
      hintId={`${id}-hint`}
      hint={`At least ${passwordLength.min} characters.`}
    >
      <PasswordInput
        id={id}
        required
        minLength={passwordLength.min}
        maxLength={passwordLength.max}
        autoComplete="new-password"
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
