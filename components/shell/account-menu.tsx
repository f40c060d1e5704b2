'use client';

import { LogOut, ScrollText, UserRound, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { openApi, sentenceOf } from '@/components/api/client';
import { useToast } from '@/components/ui/toaster';
import type { SessionView } from '@/lib/shared/schema/user/users';

const item =
  'flex cursor-pointer items-center gap-2.5 rounded-lg px-3 py-2 text-sm outline-none data-[highlighted]:bg-accent-soft [&_svg]:size-4 [&_svg]:text-muted';

/** The menu of the signed-in user. */
export function AccountMenu({ session }: { session: SessionView }) {
  const toast = useToast();
  const { name, email, role } = session.user;
  const leave = async () => {
    try {
      await openApi.delete('/session');
      window.location.assign('/sign-in');
    } catch (error) {
      toast({ tone: 'danger', title: 'You are still signed in', about: sentenceOf(error) });
    }
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-[13px] font-semibold text-accent-strong ring-1 ring-accent/20 ring-inset">
        <span aria-hidden>{initialsOf(name)}</span>
        <span className="sr-only">Account of {name}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={8}
          className="z-40 w-60 rounded-xl border border-line bg-surface p-1 shadow-2xl"
        >
          <DropdownMenu.Label className="px-3 pt-2 pb-2.5">
            <span className="block truncate text-sm font-medium">{name}</span>
            <span className="block truncate text-[13px] text-muted">{email}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="mx-1 mb-1 h-px bg-line" />
          <DropdownMenu.Item asChild className={item}>
            <Link href="/account">
              <UserRound aria-hidden />
              Your account
            </Link>
          </DropdownMenu.Item>
          {role === 'ADMIN' && (
            <>
              <DropdownMenu.Item asChild className={item}>
                <Link href="/admin/users">
                  <UsersRound aria-hidden />
                  Users
                </Link>
              </DropdownMenu.Item>
              <DropdownMenu.Item asChild className={item}>
                <Link href="/admin/audit">
                  <ScrollText aria-hidden />
                  Audit log
                </Link>
              </DropdownMenu.Item>
            </>
          )}
          <DropdownMenu.Item className={item} onSelect={() => void leave()}>
            <LogOut aria-hidden />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
