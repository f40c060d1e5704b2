'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Suspense } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { FrontDoor } from './front-door';
import { SignInForm, useSetUp } from './sign-in-form';
import { Waiting } from './waiting';

/** What stands in a page's place until somebody is signed in; on the first visit, the way to the set-up. */
export function SignInScreen() {
  const setUp = useSetUp();
  if (setUp.isPending) return <Waiting />;
  if (setUp.data?.needed) {
    return (
      <FrontDoor
        title="Welcome to Sluice"
        about="Nobody has an account here yet. The first one is the owner’s, who invites everybody else."
      >
        <Button asChild variant="primary" className="w-full">
          <Link href="/setup">Create the owner’s account</Link>
        </Button>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title="Sign in to Sluice" about="No account yet? Ask an administrator for an invitation link.">
      <Suspense>
        <Refusal />
      </Suspense>
      <SignInForm />
    </FrontDoor>
  );
}

/** Why single sign-on sent the person back. */
function Refusal() {
  const code = useSearchParams().get('error');
  if (!code) return null;
  return (
    <div className="mb-5">
      <Notice tone="danger" title="You were not signed in">
        {reasonOf(code)}
      </Notice>
    </div>
  );
}

function reasonOf(code: string): string {
  switch (code) {
    case 'not_invited':
    case 'signup_disabled':
      return 'Your address has neither an account nor an invitation here. Ask an administrator for one.';
    case 'email_not_verified':
      return 'The provider has not verified your e-mail address. Verify it there, then try again.';
    case 'account_not_linked':
      return 'There is an account with your address that single sign-on may not use. Sign in with its password.';
    case 'account_disabled':
      return 'This account is disabled. An administrator can enable it again.';
    case 'no_owner_yet':
      return 'This Sluice has no owner yet. Create the owner’s account first.';
    default:
      return 'Single sign-on did not work. Try again; if it fails again, tell your administrator.';
  }
}
