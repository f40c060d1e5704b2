'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { byPage } from '@/components/api/by-page';
import { api } from '@/components/api/client';
import { formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { LoadMore } from '@/components/ui/load-more';
import type { RemovedUserView } from '@/lib/shared/schema/user/users';
import { PurgeDialog } from './purge-dialog';

/** Removed users, whose imports still show their name. */
export function RemovedCard() {
  const query = useInfiniteQuery({
    queryKey: ['people', 'removed'],
    ...byPage((from: string | undefined, signal) =>
      api.get('/removed-users', { params: { query: { after: from } }, signal }),
    ),
  });
  const people = query.data?.pages.flatMap((page) => page.users) ?? [];
  if (people.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Removed"
        about="Their accounts are gone. Their names stay on the receipts of their imports, and in the audit log."
      />
      <ul aria-label="Removed users" className="divide-y divide-line border-t border-line">
        {people.map((user) => (
          <RemovedUser key={user.id} person={user} />
        ))}
      </ul>
      <LoadMore label="Show more removed users" query={query} />
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
      <Button size="sm" aria-label={`Delete all data of ${person.name}`} onClick={() => setPurging(true)}>
        Delete all data…
      </Button>
      <PurgeDialog person={person} open={purging} onOpenChange={setPurging} />
    </li>
  );
}
