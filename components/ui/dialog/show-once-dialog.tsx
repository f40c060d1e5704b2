'use client';

import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button } from '../button';
import { Dialog } from './dialog';

/** The part of a mutation without variables that the dialog uses. */
interface Making<T> {
  data: T | undefined;
  error: Error | null;
  isPending: boolean;
  mutate(nothing: undefined): void;
  reset(): void;
}

/** The texts of a dialog: before something is created, and about what was created. */
interface Words {
  title: string;
  about: string;
}

/**
 * A dialog that asks, makes something, and then shows it, once: closed and opened again, it asks anew.
 * @param complete false while something that it asks for is missing
 * @param reset called when it is opened or closed: what was typed before is forgotten
 * @param made what it says and shows afterwards
 */
export function ShowOnceDialog<T>({
  trigger,
  asks,
  submit,
  complete = true,
  make,
  reset,
  sentenceOf,
  made,
  children,
}: {
  trigger: ReactNode;
  asks: Words;
  submit: string;
  complete?: boolean;
  make: Making<T>;
  reset(): void;
  sentenceOf(error: Error): string;
  made(data: T): Words & { shown: ReactNode };
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const begin = (now: boolean) => {
    setOpen(now);
    reset();
    make.reset();
  };
  const shows = make.data === undefined ? null : made(make.data);
  const { title, about } = shows ?? asks;
  return (
    <Dialog open={open} onOpenChange={begin} trigger={trigger} title={title} about={about}>
      {shows ? (
        shows.shown
      ) : (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate(undefined);
          }}
        >
          {children}
          {make.error && (
            <p role="alert" className="text-sm text-danger">
              {sentenceOf(make.error)}
            </p>
          )}
          <Button type="submit" variant="primary" disabled={make.isPending || !complete}>
            {submit}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
