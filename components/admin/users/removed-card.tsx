'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listRemovedUsers } from '@/components/api/users';
import { formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { LoadMore } from '@/components/ui/load-more';
import type { RemovedUserView } from '@/lib/shared/schema/users';
import { PurgeDialog } from './purge-dialog';

/** Those without an account, whose imports still bear their name. */
export function RemovedCard() {
  const query = useInfiniteQuery({
    queryKey: ['people', 'removed'],
    queryFn: ({ pageParam, signal }) => listRemovedUsers(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const people = query.data?.pages.flatMap((page) => page.users) ?? [];
  if (people.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Removed"
        about="Their accounts are gone. Their names stay on the receipts of their imports, and in the audit log."
      />
      <ul aria-label="Removed people" className="divide-y divide-line border-t border-line">
        {people.map((it) => (
          <RemovedUser key={it.id} person={it} />
        ))}
      </ul>
      <LoadMore label="Show more of them" query={query} />
    </Card>
  );
}

function RemovedUser({ person }: { person: RemovedUserView }) {
  const [purging, setPurging] = useState(false);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 sm:px-6">
      <div className="min-w-0 flex-1 basis-44">
        <p className="[overflow-wrap:anywhere] text-sm font-medium">{person.name}</p>
        <p className="text-[13px] text-muted">
          {formatCountOf(person.imports, 'import')}, removed {formatMoment(person.removedAt)}
        </p>
      </div>
      <Button size="sm" aria-label={`Delete everything of ${person.name}`} onClick={() => setPurging(true)}>
        Delete everything…
      </Button>
      <PurgeDialog person={person} open={purging} onOpenChange={setPurging} />
    </li>
  );
}
