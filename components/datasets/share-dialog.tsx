'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Share2, X } from 'lucide-react';
import { useId, useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog/dialog';
import { Field, Input, Select } from '@/components/ui/form/field';
import { Skeleton } from '@/components/ui/skeleton';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { type RightName, rights } from '@/lib/shared/schema/user/user-labels';
import type { ShareView } from '@/lib/shared/schema/user/users';

function nameOf(right: RightName): string {
  switch (right) {
    case 'VIEW':
      return 'May view';
    case 'IMPORT':
      return 'May import';
    case 'MANAGE':
      return 'May manage';
    default:
      return right satisfies never;
  }
}

const rightOf = (value: string) => rights.find((right) => right === value) ?? 'VIEW';

/** Who else may use a dataset, and as what. */
export function ShareDialog({ dataset }: { dataset: DatasetView }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <Share2 aria-hidden />
          Share
        </Button>
      }
      title={`Share “${dataset.name}”`}
      about={
        <>
          {dataset.owner.name} owns it. Who may <em>view</em> sees and downloads its rows; who may{' '}
          <em>import</em> adds rows too; who may <em>manage</em> also shares it, and sees and undoes
          everybody’s imports into it. Administrators may do everything.
        </>
      }
    >
      {open && <Shares slug={dataset.slug} />}
    </Dialog>
  );
}

function Shares({ slug }: { slug: string }) {
  const params = { path: { slug } };
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['shares', slug],
    queryFn: async ({ signal }) => (await api.get('/datasets/{slug}/shares', { params, signal })).shares,
    staleTime: 0,
  });
  const onSettled = () => client.invalidateQueries({ queryKey: ['shares', slug] });
  const give = useMutation({
    mutationFn: ({ email, right }: { email: string; right: RightName }) =>
      api.post('/datasets/{slug}/shares', { params, body: { email, right } }),
    onSettled,
  });
  const take = useMutation({
    mutationFn: (userId: string) =>
      api.delete('/datasets/{slug}/shares/{userId}', { params: { path: { slug, userId } } }),
    onSettled,
  });
  const error = query.error ?? take.error;
  return (
    <>
      <ShareForm
        busy={give.isPending}
        error={give.error}
        onShare={(email, right) => give.mutateAsync({ email, right })}
      />
      {error && (
        <p role="alert" className="mt-4 text-sm text-danger">
          {sentenceOf(error)}
        </p>
      )}
      {query.isPending && <Skeleton className="mt-5 h-10" />}
      {query.data && query.data.length > 0 && (
        <ul aria-label="Users with access" className="mt-5 divide-y divide-line border-t border-line">
          {query.data.map((share) => (
            <ShareRow
              key={share.user.id}
              it={share}
              busy={give.isPending || take.isPending}
              onChange={(right) => give.mutate({ email: share.user.email, right })}
              onTake={() => take.mutate(share.user.id)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function ShareForm({
  busy,
  error,
  onShare,
}: {
  busy: boolean;
  error: Error | null;
  onShare: (email: string, right: RightName) => Promise<unknown>;
}) {
  const id = useId();
  const [email, setEmail] = useState('');
  const [right, setRight] = useState<RightName>('VIEW');
  return (
    <form
      className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_9.5rem_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        onShare(email, right).then(
          () => setEmail(''),
          () => undefined,
        );
      }}
    >
      <Field label="E-mail address" htmlFor={`${id}-email`}>
        <Input
          id={`${id}-email`}
          type="email"
          required
          autoComplete="off"
          aria-describedby={error ? `${id}-error` : undefined}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field label="Right" htmlFor={`${id}-right`}>
        <Select id={`${id}-right`} value={right} onChange={(event) => setRight(rightOf(event.target.value))}>
          <RightOptions />
        </Select>
      </Field>
      <Button type="submit" variant="primary" className="h-9" disabled={busy}>
        Share
      </Button>
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm text-danger sm:col-span-3">
          {sentenceOf(error)}
        </p>
      )}
    </form>
  );
}

function RightOptions() {
  return rights.map((right) => (
    <option key={right} value={right}>
      {nameOf(right)}
    </option>
  ));
}

function ShareRow({
  it: share,
  busy,
  onChange,
  onTake,
}: {
  it: ShareView;
  busy: boolean;
  onChange: (right: RightName) => void;
  onTake: () => void;
}) {
  const { name, email } = share.user;
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium" title={name}>
          {name}
        </p>
        <p className="truncate text-[13px] text-muted" title={email}>
          {email}
        </p>
      </div>
      <Select
        aria-label={`Right of ${name}`}
        className="w-36 shrink-0"
        disabled={busy}
        value={share.right}
        onChange={(event) => onChange(rightOf(event.target.value))}
      >
        <RightOptions />
      </Select>
      <Button
        variant="ghost"
        size="icon"
        disabled={busy}
        aria-label={`Remove access for ${name}`}
        onClick={onTake}
      >
        <X aria-hidden />
      </Button>
    </li>
  );
}
