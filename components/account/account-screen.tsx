'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { Page } from '@/components/shell/page';
import { NewPasswordField } from '@/components/sign-in/new-password-field';
import { OwnNameField } from '@/components/sign-in/own-name-field';
import { PasswordInput } from '@/components/sign-in/password-input';
import { useSession } from '@/components/sign-in/session-provider';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/form/checkbox';
import { Field } from '@/components/ui/form/field';
import { useToast } from '@/components/ui/toaster';
import type { SessionView } from '@/lib/shared/schema/user/users';
import { BrowsersCard } from './browsers-card';
import { TokensCard } from './tokens-card';

/** The person's own account. */
export function AccountScreen() {
  const session = useSession();
  if (!session) return null;
  const { email, role } = session.user;
  return (
    <Page
      title="Your account"
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          {email}
          <Badge tone={role === 'ADMIN' ? 'accent' : 'neutral'}>
            {role === 'ADMIN' ? 'Administrator' : 'Member'}
          </Badge>
        </span>
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <NameCard session={session} />
        {session.hasPassword && <PasswordCard />}
        <div className="space-y-6 lg:col-span-2">
          <BrowsersCard />
          <TokensCard />
        </div>
      </div>
    </Page>
  );
}

function FormCard({
  title,
  about,
  error,
  onSubmit,
  children,
}: {
  title: string;
  about: string;
  error: Error | null;
  onSubmit: () => void;
  children: ReactNode;
}) {
  return (
    <Card>
      <CardHeader title={title} about={about} />
      <form
        className="space-y-4 px-5 pb-6 sm:px-6"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {error && (
          <p role="alert" className="text-sm text-danger">
            {sentenceOf(error)}
          </p>
        )}
      </form>
    </Card>
  );
}

function NameCard({ session }: { session: SessionView }) {
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState(session.user.name);
  const save = useMutation({
    mutationFn: () => api.put('/account', { body: { name } }),
    onSuccess: async () => {
      toast({ tone: 'ok', title: 'Your name is changed' });
      await client.invalidateQueries();
    },
  });
  return (
    <FormCard
      title="Name"
      about="How others see you, on receipts too."
      error={save.error}
      onSubmit={() => save.mutate()}
    >
      <OwnNameField value={name} onChange={setName} />
      <Button type="submit" disabled={save.isPending || name.trim() === session.user.name}>
        Change name
      </Button>
    </FormCard>
  );
}

function PasswordCard() {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [keepTokens, setKeepTokens] = useState(false);
  const change = useMutation({
    mutationFn: () =>
      api.put('/account/password', {
        body: { currentPassword: current, newPassword: next, keepTokens },
      }),
    onSuccess: async () => {
      setCurrent('');
      setNext('');
      toast({
        tone: 'ok',
        title: 'Your password is changed',
        about: keepTokens
          ? 'Every other browser is signed out.'
          : 'Every other browser is signed out, and your API tokens are revoked.',
      });
      await Promise.all([
        client.invalidateQueries({ queryKey: ['browsers'] }),
        client.invalidateQueries({ queryKey: ['tokens'] }),
      ]);
    },
  });
  return (
    <FormCard
      title="Password"
      about="Changing it signs every other browser out and revokes your API tokens."
      error={change.error}
      onSubmit={() => change.mutate()}
    >
      <Field label="Current password" htmlFor={id}>
        <PasswordInput
          id={id}
          required
          autoComplete="current-password"
          aria-invalid={change.error !== null}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      </Field>
      <NewPasswordField label="New password" value={next} onChange={setNext} />
      <label htmlFor={`${id}-keep`} className="flex items-center gap-2.5 text-sm">
        <Checkbox
          id={`${id}-keep`}
          checked={keepTokens}
          onCheckedChange={(checked) => setKeepTokens(checked === true)}
        />
        Keep my API tokens
      </label>
      <Button type="submit" disabled={change.isPending}>
        Change password
      </Button>
    </FormCard>
  );
}
