'use client';

import { useQueryClient } from '@tanstack/react-query';
import { AlertDialog } from 'radix-ui';
import { useEffect } from 'react';
import type { SessionView } from '@/lib/shared/schema/user/users';
import { SignInForm } from './sign-in-form';

/** How often to check whether the user signed in again in another tab. */
const lookMs = 3_000;

/** Asks the user to sign in again in a dialog above the page, which keeps what was typed and its uploads. */
export function SessionEndedDialog({ open, session }: { open: boolean; session: SessionView }) {
  const client = useQueryClient();
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(() => void client.refetchQueries({ queryKey: ['session'] }), lookMs);
    return () => clearInterval(timer);
  }, [open, client]);
  return (
    <AlertDialog.Root open={open}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <AlertDialog.Content
          onEscapeKeyDown={(event) => event.preventDefault()}
          className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-2xl border border-line bg-surface p-6 shadow-2xl"
        >
          <AlertDialog.Title className="text-lg font-semibold tracking-tight">
            Your session has ended
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 mb-5 text-sm leading-relaxed text-muted">
            Sign in again and everything on this page goes on where it was, uploads too.
          </AlertDialog.Description>
          <SignInForm email={session.user.email} providerTab />
          <p className="mt-4 text-center text-[13px] text-muted">
            Not {session.user.name}?{' '}
            <a href="/sign-in" className="font-medium text-accent underline underline-offset-2">
              Leave this page
            </a>
          </p>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
