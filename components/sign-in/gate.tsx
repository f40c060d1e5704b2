'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { sentenceOf } from '@/components/api/client';
import { LiveProvider } from '@/components/live/live-provider';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { UploadProvider } from '@/components/uploads/upload-provider';
import { useKnownSession } from './session-provider';
import { SignInScreen } from './sign-in-screen';
import { Waiting } from './waiting';

/** Pages for visitors who are not signed in. */
const openPages = ['/sign-in', '/setup', '/invitation'];

/** Shows a page to those who are signed in, and the sign-in form in its place to others. Pages hold no data of their
 * own: the handlers that they ask decide for themselves. */
export function Gate({ children }: { children: ReactNode }) {
  const path = usePathname();
  const { session, error, askAgain } = useKnownSession();
  if (session) {
    return (
      <LiveProvider>
        <UploadProvider>{children}</UploadProvider>
      </LiveProvider>
    );
  }
  if (openPages.includes(path)) return children;
  if (session === null) return <SignInScreen />;
  if (!error) return <Waiting />;
  return (
    <div className="mx-auto w-full max-w-lg px-4 pt-16">
      <Notice
        tone="danger"
        title="Sluice could not check whether you are signed in"
        action={<Button onClick={askAgain}>Try again</Button>}
      >
        {sentenceOf(error)}
      </Notice>
    </div>
  );
}
