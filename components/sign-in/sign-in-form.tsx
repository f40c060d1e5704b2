'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import { openApi, sentenceOf } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import { beginProviderSignIn } from './begin-provider-sign-in';
import { PasswordInput } from './password-input';

/** Which sign-in options are available: whether the server has its owner, and the name of single sign-on. */
export function useSetUp() {
  return useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => openApi.get('/setup', { signal }) });
}

/**
 * E-mail address and password, or single sign-on.
 * @param email fixed, where only one person may sign in here
 * @param providerTab open the provider in a tab of its own, so that this page stays
 */
export function SignInForm({ email, providerTab = false }: { email?: string; providerTab?: boolean }) {
  const id = useId();
  const client = useQueryClient();
  const setUp = useSetUp();
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const login = useMutation({
    mutationFn: () => openApi.post('/session', { body: { email: email ?? typed, password } }),
    onSuccess: () => client.refetchQueries({ queryKey: ['session'] }),
  });
  const away = useMutation({
    mutationFn: () => beginProviderSignIn(providerTab ? '/sign-in' : backTo()),
    onSuccess: (url) => {
      if (providerTab) window.open(url, '_blank', 'noopener');
      else window.location.assign(url);
    },
  });
  const provider = setUp.data?.provider;
  const error = login.error ?? away.error;
  return (
    <>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate();
        }}
      >
        <LabelledInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          readOnly={email !== undefined}
          value={email ?? typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Field label="Password" htmlFor={`${id}-password`}>
          <PasswordInput
            id={`${id}-password`}
            autoComplete="current-password"
            required
            aria-describedby={error ? `${id}-error` : undefined}
            aria-invalid={login.error !== null}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {error && (
          <p id={`${id}-error`} role="alert" className="text-sm text-danger">
            {sentenceOf(error)}
          </p>
        )}
        <Button type="submit" variant="primary" className="w-full" disabled={login.isPending}>
          Sign in
        </Button>
      </form>
      {provider && (
        <Button className="mt-3 w-full" disabled={away.isPending} onClick={() => away.mutate()}>
          <KeyRound aria-hidden />
          Sign in with {provider}
        </Button>
      )}
    </>
  );
}

/** The page that was requested, never the sign-in page itself. */
function backTo(): string {
  const { pathname, search } = window.location;
  return pathname === '/sign-in' ? '/' : `${pathname}${search}`;
}
