'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { byPage } from '@/components/api/by-page';
import { api, sentenceOf } from '@/components/api/client';
import { formatCount } from '@/components/format/count';
import { formatAgo, formatMoment } from '@/components/format/moment';
import { Page } from '@/components/shell/page';
import { useSession } from '@/components/sign-in/session-provider';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { SearchInput, useSearched } from '@/components/ui/form/search-input';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Table, Td, Th } from '@/components/ui/table';
import type { UserView } from '@/lib/shared/schema/user/users';
import { InvitationsCard } from './invitations-card';
import { InviteDialog } from './invite-dialog';
import { RemovedCard } from './removed-card';
import { UserMenu } from './user-menu';

/** Everybody with an account, and the invitations that are out. For administrators. */
export function UsersScreen() {
  const session = useSession();
  const isAdmin = session?.user.role === 'ADMIN';
  const [q, setQ] = useSearched();
  const query = useInfiniteQuery({
    queryKey: ['people', q],
    ...byPage((from: string | undefined, signal) =>
      api.get('/users', { params: { query: { q, after: from } }, signal }),
    ),
    placeholderData: keepPreviousData,
    enabled: isAdmin,
  });
  const people = query.data?.pages.flatMap((page) => page.users) ?? [];
  const { error, isPending, isSuccess, refetch } = query;
  if (!isAdmin) {
    return (
      <Page title="Users">
        <Notice title="Only administrators see this page">
          Ask one of them to invite somebody, or to change what you may do.
        </Notice>
      </Page>
    );
  }
  return (
    <Page
      title="Users"
      about="Members see their own imports and what is shared with them; administrators see everything."
      actions={<InviteDialog />}
    >
      <div className="space-y-6">
        <Card className="overflow-hidden">
          <search className="block p-4 sm:px-6">
            <SearchInput label="Search by name or address" value={q} onSearch={setQ} />
          </search>
          {isPending && <SkeletonRows count={4} label="Loading users" />}
          {error && (
            <div className="p-4">
              <Notice
                tone="danger"
                title="Users cannot be shown"
                action={<Button onClick={() => void refetch()}>Try again</Button>}
              >
                {sentenceOf(error)}
              </Notice>
            </div>
          )}
          {isSuccess && people.length === 0 && (
            <div className="border-t border-line">
              <Empty icon={<Users />} title="Nothing matches">
                Nobody matches this search.
              </Empty>
            </div>
          )}
          {people.length > 0 && <UsersTable people={people} self={session.user.id} />}
          <LoadMore label="Show more users" query={query} />
        </Card>
        <InvitationsCard />
        <RemovedCard />
      </div>
    </Page>
  );
}

function UsersTable({ people, self }: { people: UserView[]; self: string }) {
  return (
    <Table aria-label="Users" className="table-fixed">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th className="w-32 sm:w-36">Role</Th>
          <Th className="hidden w-28 text-right md:table-cell">Imports</Th>
          <Th className="hidden w-28 text-right md:table-cell">Datasets</Th>
          <Th className="hidden w-44 lg:table-cell">Joined</Th>
          <Th className="w-14 sm:w-16">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {people.map((person) => (
          <tr key={person.id}>
            <Td>
              <p className="[overflow-wrap:anywhere] font-medium">
                {person.name}
                {person.id === self && <span className="font-normal text-muted"> (you)</span>}
              </p>
              <p className="[overflow-wrap:anywhere] text-[13px] text-muted">{person.email}</p>
            </Td>
            <Td>
              {person.disabledAt ? (
                <Badge tone="warn">Disabled</Badge>
              ) : (
                <Badge tone={person.role === 'ADMIN' ? 'accent' : 'neutral'}>
                  {person.role === 'ADMIN' ? 'Administrator' : 'Member'}
                </Badge>
              )}
            </Td>
            <Td className="hidden text-right tabular-nums md:table-cell">{formatCount(person.imports)}</Td>
            <Td className="hidden text-right tabular-nums md:table-cell">{formatCount(person.datasets)}</Td>
            <Td className="hidden text-muted lg:table-cell">
              <time dateTime={person.createdAt} title={formatMoment(person.createdAt)}>
                {formatAgo(person.createdAt)}
              </time>
            </Td>
            <Td className="text-right">
              <UserMenu person={person} isSelf={person.id === self} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
