'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { openApi, sentenceOf } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import { FrontDoor } from './front-door';
import { NewPasswordField } from './new-password-field';
import { OwnNameField } from './own-name-field';
import { useSetUp } from './sign-in-form';
import { Waiting } from './waiting';

/** The first visit: makes the owner's account. */
export function SetUpScreen() {
  const setUp = useSetUp();
  if (setUp.isPending) return <Waiting />;
  if (setUp.data && !setUp.data.needed) {
    return (
      <FrontDoor title="Sluice is set up" about="It has its owner. Everybody else comes in by invitation.">
        <Button asChild variant="primary" className="w-full">
          <Link href="/">Go to Sluice</Link>
        </Button>
      </FrontDoor>
    );
  }
  return (
    <FrontDoor
      title="Create the owner’s account"
      about="You will be the administrator: you see every import, and invite everybody else."
    >
      <SetUpForm />
    </FrontDoor>
  );
}

function SetUpForm() {
  const client = useQueryClient();
  const router = useRouter();
  const [input, setInput] = useState({ code: '', name: '', email: '', password: '' });
  const [codeCame, setCodeCame] = useState(false);
  const put = (part: Partial<typeof input>) => setInput((now) => ({ ...now, ...part }));
  // The link that the server printed carries the code behind #, which browsers send to nobody.
  useEffect(() => {
    const code = decodeURIComponent(window.location.hash.slice(1));
    if (!code) return;
    setInput((now) => ({ ...now, code }));
    setCodeCame(true);
    window.history.replaceState(null, '', window.location.pathname);
  }, []);
  const make = useMutation({
    mutationFn: () => openApi.post('/setup', { body: input }),
    onSuccess: async () => {
      await client.refetchQueries({ queryKey: ['session'] });
      router.replace('/');
    },
    onError: () => setCodeCame(false),
  });
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      {!codeCame && (
        <LabelledInput
          label="Set-up code"
          hint="Sixteen letters and digits that the server printed when it started: in its terminal or its log. It shows that the server is yours."
          required
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          value={input.code}
          onChange={(event) => put({ code: event.target.value })}
        />
      )}
      <OwnNameField value={input.name} onChange={(name) => put({ name })} />
      <LabelledInput
        label="E-mail address"
        type="email"
        required
        autoComplete="username"
        value={input.email}
        onChange={(event) => put({ email: event.target.value })}
      />
      <NewPasswordField value={input.password} onChange={(password) => put({ password })} />
      {make.error && (
        <p role="alert" className="text-sm text-danger">
          {sentenceOf(make.error)}
        </p>
      )}
      <Button type="submit" variant="primary" className="w-full" disabled={make.isPending}>
        Create account
      </Button>
    </form>
  );
}
