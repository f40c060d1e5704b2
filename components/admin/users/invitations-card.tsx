'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { listInvitations, withdrawInvitation } from '@/components/api/users';
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
    queryFn: ({ pageParam, signal }) => listInvitations(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const invitations = query.data?.pages.flatMap((page) => page.invitations) ?? [];
  const withdraw = useUsersAction(withdrawInvitation, 'The invitation was not withdrawn');
  if (invitations.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Invitations" about="Links that were not used yet." />
      <ul className="divide-y divide-line border-t border-line">
        {invitations.map((it) => (
          <li key={it.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 sm:px-6">
            <div className="min-w-0 flex-1 basis-44">
              <p className="[overflow-wrap:anywhere] text-sm font-medium">{it.email}</p>
              <p className="text-[13px] text-muted">
                By {it.invitedBy}, good until {formatMoment(it.expiresAt)}
              </p>
            </div>
            {it.role === 'ADMIN' && <Badge tone="accent">Administrator</Badge>}
            <Button
              size="sm"
              disabled={withdraw.isPending}
              aria-label={`Withdraw the invitation of ${it.email}`}
              onClick={() => withdraw.mutate(it.id)}
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
