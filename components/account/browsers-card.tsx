'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor } from 'lucide-react';
import { api, sentenceOf } from '@/components/api/client';
import { formatAgo, formatMoment } from '@/components/format/moment';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useToast } from '@/components/ui/toaster';
import type { BrowserView } from '@/lib/shared/schema/user/users';
import { nameOfAgent } from './name-of-agent';

/** The browsers in which the user is signed in; each can be signed out here. */
export function BrowsersCard() {
  const client = useQueryClient();
  const toast = useToast();
  const query = useQuery({
    queryKey: ['browsers'],
    queryFn: async ({ signal }) => (await api.get('/account/sessions', { signal })).sessions,
  });
  const end = useMutation({
    mutationFn: (id: string | null) =>
      id
        ? api.delete('/account/sessions/{id}', { params: { path: { id } } })
        : api.delete('/account/sessions'),
    onSettled: () => client.invalidateQueries({ queryKey: ['browsers'] }),
    onError: (error) =>
      toast({ tone: 'danger', title: 'The browser was not signed out', about: sentenceOf(error) }),
  });
  const browsers = query.data ?? [];
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Where you are signed in"
        about="A browser stays signed in until a week after its last visit."
        actions={
          browsers.length > 1 && (
            <Button size="sm" disabled={end.isPending} onClick={() => end.mutate(null)}>
              Sign out all others
            </Button>
          )
        }
      />
      {query.isPending && <SkeletonRows count={2} label="Loading where you are signed in" />}
      {query.error && (
        <div className="p-4">
          <Notice tone="danger" title="This list cannot be shown">
            {sentenceOf(query.error)}
          </Notice>
        </div>
      )}
      <ul className="divide-y divide-line border-t border-line">
        {browsers.map((browser) => (
          <BrowserRow
            key={browser.id}
            browser={browser}
            busy={end.isPending}
            onEnd={() => end.mutate(browser.id)}
          />
        ))}
      </ul>
    </Card>
  );
}

function BrowserRow({ browser, busy, onEnd }: { browser: BrowserView; busy: boolean; onEnd: () => void }) {
  const name = nameOfAgent(browser.agent);
  return (
    <li className="flex items-center gap-4 px-5 py-3.5 sm:px-6">
      <Monitor aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium" title={browser.agent ?? undefined}>
          {name}
        </p>
        <p className="text-[13px] text-muted">
          Signed in{' '}
          <time dateTime={browser.createdAt} title={formatMoment(browser.createdAt)}>
            {formatAgo(browser.createdAt)}
          </time>
        </p>
      </div>
      {browser.current ? (
        <Badge tone="ok" dot>
          This browser
        </Badge>
      ) : (
        <Button size="sm" disabled={busy} aria-label={`Sign out ${name}`} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}
