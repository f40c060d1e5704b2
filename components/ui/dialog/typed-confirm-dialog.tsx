'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from '../button';
import { Field, Input } from '../form/field';
import { Dialog } from './dialog';

/** Asks before something that cannot be taken back: the person types what is meant. */
export function TypedConfirmDialog({
  trigger,
  open,
  onOpenChange,
  title,
  about,
  wanted,
  what,
  confirm,
  busy,
  error,
  children,
  onConfirm,
}: {
  trigger?: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  about: ReactNode;
  /** What has to be typed, and what it is: “its name”. */
  wanted: string;
  what: string;
  confirm: string;
  busy: boolean;
  error: string | null;
  children?: ReactNode;
  onConfirm: () => void;
}) {
  return (
    <Dialog trigger={trigger} open={open} onOpenChange={onOpenChange} title={title} about={about}>
      {children}
      {open && (
        <TypedForm
          {...{ wanted, what, confirm, busy, error, onConfirm }}
          onDismiss={() => onOpenChange(false)}
        />
      )}
    </Dialog>
  );
}

function TypedForm({
  wanted,
  what,
  confirm,
  busy,
  error,
  onConfirm,
  onDismiss,
}: {
  wanted: string;
  what: string;
  confirm: string;
  busy: boolean;
  error: string | null;
  onConfirm: () => void;
  onDismiss: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === wanted;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (matches) onConfirm();
      }}
    >
      <Field
        label={`Type ${what} to go on`}
        htmlFor={id}
        hintId={`${id}-hint`}
        hint={<span className="font-mono [overflow-wrap:anywhere]">{wanted}</span>}
      >
        <Input
          id={id}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      {error && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {error}
        </p>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button onClick={onDismiss}>Go back</Button>
        <Button type="submit" variant="danger" disabled={!matches || busy}>
          {confirm}
        </Button>
      </div>
    </form>
  );
}
