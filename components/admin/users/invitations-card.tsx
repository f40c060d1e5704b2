'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { byPage } from '@/components/api/by-page';
import { api } from '@/components/api/client';
import { formatMoment } from '@/components/format/moment';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { LoadMore } from '@/components/ui/load-more';
import { useUsersAction } from './use-users-action';

/** Invitations that nobody has accepted yet. */
export function InvitationsCard() {
  const query = useInfiniteQuery({
    queryKey: ['invitations'],
    ...byPage((from: string | undefined, signal) =>
      api.get('/invitations', { params: { query: { before: from } }, signal }),
    ),
  });
  const invitations = query.data?.pages.flatMap((page) => page.invitations) ?? [];
  const withdraw = useUsersAction(
    (id: string) => api.delete('/invitations/{id}', { params: { path: { id } } }),
    'The invitation was not withdrawn',
  );
  if (invitations.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Invitations" about="Links that were not used yet." />
      <ul className="divide-y divide-line border-t border-line">
        {invitations.map((invited) => (
          <li key={invited.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 sm:px-6">
            <div className="min-w-0 flex-1 basis-44">
              <p className="[overflow-wrap:anywhere] text-sm font-medium">{invited.email}</p>
              <p className="text-[13px] text-muted">
                By {invited.invitedBy}, good until {formatMoment(invited.expiresAt)}
              </p>
            </div>
            {invited.role === 'ADMIN' && <Badge tone="accent">Administrator</Badge>}
            <Button
              size="sm"
              disabled={withdraw.isPending}
              aria-label={`Withdraw the invitation of ${invited.email}`}
              onClick={() => withdraw.mutate(invited.id)}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
      <LoadMore label="Show older invitations" query={query} />
    </Card>
  );
}
