'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { openApi, sentenceOf } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import type { CheckedInvitation } from '@/lib/shared/schema/user/users';
import { FrontDoor } from './front-door';
import { NewPasswordField } from './new-password-field';
import { OwnNameField } from './own-name-field';
import { useKnownSession } from './session-provider';
import { Waiting } from './waiting';

/** Where an invitation's link leads: an account, or a new password. Its secret stands behind #. */
export function InvitationScreen() {
  const { session } = useKnownSession();
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => setToken(window.location.hash.slice(1)), []);
  const check = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => openApi.post('/invitations/check', { body: { token: token ?? '' } }),
    enabled: Boolean(token) && session === null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === null || session === undefined) return <Waiting />;
  if (session) return <SomebodyElse name={session.user.name} />;
  if (token === '') return <NoGood>Open the whole link that you were sent.</NoGood>;
  if (check.error) return <NoGood>{sentenceOf(check.error)}</NoGood>;
  if (!check.data) return <Waiting />;
  return <Accept token={token} invitation={check.data} />;
}

function NoGood({ children }: { children: ReactNode }) {
  return (
    <FrontDoor title="This link does not work" about={children}>
      <Button asChild className="w-full">
        <Link href="/sign-in">Go to the sign-in page</Link>
      </Button>
    </FrontDoor>
  );
}

function SomebodyElse({ name }: { name: string }) {
  const leave = useMutation({
    mutationFn: () => openApi.delete('/session'),
    onSuccess: () => window.location.reload(),
  });
  return (
    <FrontDoor
      title={`You are signed in as ${name}`}
      about="This link is for somebody who is not signed in. Sign out to use it, or pass it on."
    >
      <Button variant="primary" className="w-full" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out and use the link
      </Button>
      <Button asChild className="mt-3 w-full">
        <Link href="/">Go to Sluice</Link>
      </Button>
    </FrontDoor>
  );
}

function Accept({ token, invitation }: { token: string; invitation: CheckedInvitation }) {
  const client = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const isNew = invitation.kind === 'account';
  const accept = useMutation({
    mutationFn: () =>
      openApi.post('/invitations/acceptance', { body: { token, password, ...(isNew ? { name } : {}) } }),
    onSuccess: async () => {
      router.replace('/');
      await client.refetchQueries({ queryKey: ['session'] });
    },
  });
  return (
    <FrontDoor
      title={isNew ? 'Create your account' : 'Choose a new password'}
      about={
        isNew
          ? `${invitation.invitedBy} invites you to Sluice.`
          : 'Every browser that is signed in now will be signed out, and the API tokens of the account are revoked.'
      }
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate();
        }}
      >
        <LabelledInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          readOnly
          value={invitation.email}
        />
        {isNew && <OwnNameField value={name} onChange={setName} />}
        <NewPasswordField value={password} onChange={setPassword} />
        {accept.error && (
          <p role="alert" className="text-sm text-danger">
            {sentenceOf(accept.error)}
          </p>
        )}
        <Button type="submit" variant="primary" className="w-full" disabled={accept.isPending}>
          {isNew ? 'Create account' : 'Set the password'}
        </Button>
      </form>
    </FrontDoor>
  );
}
