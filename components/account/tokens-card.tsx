'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { api, sentenceOf } from '@/components/api/client';
import { formatAgo, formatMoment } from '@/components/format/moment';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/dialog/confirm-dialog';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useToast } from '@/components/ui/toaster';
import type { TokenView } from '@/lib/shared/schema/user/users';
import { MakeTokenDialog } from './make-token-dialog';
import { sayScope } from './say-scope';

/** The person's API tokens; each can be revoked from here. */
export function TokensCard() {
  const client = useQueryClient();
  const toast = useToast();
  const query = useQuery({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await api.get('/account/tokens', { signal })).tokens,
  });
  const revoke = useMutation({
    mutationFn: ({ id }: TokenView) => api.delete('/account/tokens/{id}', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['tokens'] }),
    onSuccess: (_, { name }) => toast({ tone: 'ok', title: `“${name}” is revoked` }),
    onError: (error, { name }) =>
      toast({ tone: 'danger', title: `“${name}” was not revoked`, about: sentenceOf(error) }),
  });
  const tokens = query.data ?? [];
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="API tokens"
        about={
          <>
            For scripts and the command line. They act in your name. Changing your password revokes them,
            unless you keep them.{' '}
            <Link href="/api-reference" className="underline underline-offset-2 hover:text-ink">
              What the API can do
            </Link>
          </>
        }
        actions={<MakeTokenDialog />}
      />
      {query.isPending && <SkeletonRows count={1} label="Loading your API tokens" />}
      {query.error && (
        <div className="p-4">
          <Notice tone="danger" title="This list cannot be shown">
            {sentenceOf(query.error)}
          </Notice>
        </div>
      )}
      {query.data && tokens.length === 0 && (
        <p className="border-t border-line px-5 py-4 text-sm text-muted sm:px-6">You have none.</p>
      )}
      {tokens.length > 0 && (
        <ul aria-label="API tokens" className="divide-y divide-line border-t border-line">
          {tokens.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              busy={revoke.isPending}
              onRevoke={() => revoke.mutate(token)}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function TokenRow({ token, busy, onRevoke }: { token: TokenView; busy: boolean; onRevoke: () => void }) {
  const { name, scopes, createdAt, expiresAt, expired, lastUsedAt } = token;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2.5 px-5 py-3.5 sm:px-6">
      <KeyRound aria-hidden className="size-5 shrink-0 text-muted max-sm:hidden" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate text-sm font-medium" title={name}>
          {name}
        </p>
        <p className="text-[13px] text-muted">{scopes.map(sayScope).join(' · ')}</p>
        <p className="text-[13px] text-muted">
          Made <When iso={createdAt} />,{' '}
          {lastUsedAt ? (
            <>
              last used <When iso={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </p>
      </div>
      {expired ? (
        <Badge tone="neutral">Expired</Badge>
      ) : (
        <p className="text-[13px] text-muted">
          Ends <time dateTime={expiresAt}>{formatMoment(expiresAt)}</time>
        </p>
      )}
      <ConfirmDialog
        trigger={
          <Button size="sm" disabled={busy} aria-label={`Revoke ${name}`}>
            {expired ? 'Remove' : 'Revoke'}
          </Button>
        }
        title={expired ? `Remove “${name}”?` : `Revoke “${name}”?`}
        confirm={expired ? 'Remove' : 'Revoke'}
        danger
        onConfirm={onRevoke}
      >
        {expired
          ? 'It has expired already. This only removes it from the list.'
          : 'Anything that uses this token will be refused from now on. This cannot be undone.'}
      </ConfirmDialog>
    </li>
  );
}

function When({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={formatMoment(iso)}>
      {formatAgo(iso)}
    </time>
  );
}
