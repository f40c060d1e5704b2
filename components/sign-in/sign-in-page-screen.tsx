'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useSession } from './session-provider';
import { SignInScreen } from './sign-in-screen';
import { Waiting } from './waiting';

/** The sign-in page; it leads on to the start page as soon as somebody is signed in. */
export function SignInPageScreen() {
  const session = useSession();
  const router = useRouter();
  useEffect(() => {
    if (session) router.replace('/');
  }, [session, router]);
  return session ? <Waiting /> : <SignInScreen />;
}
