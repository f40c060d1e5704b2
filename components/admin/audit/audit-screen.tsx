'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, ScrollText } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { api, sentenceOf } from '@/components/api/client';
import { Page } from '@/components/shell/page';
import { useSession } from '@/components/sign-in/session-provider';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { addressOf } from '@/lib/shared/api/client';
import { AuditFilters } from './audit-filters';
import { AuditTable } from './audit-table';
import { choiceOf, narrow, queryOf } from './choice';

/** The audit log. Filter and page are in the address, so that a link can be shared. */
export function AuditScreen() {
  const session = useSession();
  const isAdmin = session?.user.role === 'ADMIN';
  const params = useSearchParams();
  const choice = choiceOf(params);
  const before = params.get('before');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['audit', choice, before],
    queryFn: ({ signal }) =>
      api.get('/audit', { params: { query: { ...queryOf(choice), before: before ?? undefined } }, signal }),
    enabled: isAdmin,
    staleTime: 0,
  });
  if (!isAdmin) {
    return (
      <Page title="Audit log">
        <Notice title="Only administrators see this page">
          Ask one of them if you need to know who did something.
        </Notice>
      </Page>
    );
  }
  return (
    <Page
      title="Audit log"
      about="Who did what, when, and from where. Nothing in it can be changed or removed, except the names of deleted users."
      actions={
        <Button asChild>
          <a href={addressOf('/audit/export', { query: queryOf(choice) })} download>
            <Download aria-hidden />
            Export (CSV)
          </a>
        </Button>
      }
    >
      <Card className="overflow-hidden">
        <AuditFilters choice={choice} names={data?.names} />
        {isPending && <SkeletonRows count={8} label="Loading the audit log" />}
        {error && (
          <div className="p-4 sm:px-6">
            <Notice
              tone="danger"
              title="The audit log cannot be shown"
              action={<Button onClick={() => void refetch()}>Try again</Button>}
            >
              {sentenceOf(error)}
            </Notice>
          </div>
        )}
        {data && data.events.length > 0 && <AuditTable events={data.events} />}
        {data?.events.length === 0 && (
          <div className="border-t border-line">
            <Empty icon={<ScrollText />} title="Nothing matches">
              {before ? 'There is nothing older.' : 'No events match these filters.'}
            </Empty>
          </div>
        )}
        {data && (data.next !== null || before) && (
          <div className="flex justify-center gap-2 border-t border-line p-3">
            {before && (
              <Button variant="ghost" size="sm" onClick={() => narrow({ before: '' })}>
                Newest
              </Button>
            )}
            {data.next !== null && (
              <Button variant="ghost" size="sm" onClick={() => narrow({ before: data.next ?? '' })}>
                Older
              </Button>
            )}
          </div>
        )}
      </Card>
    </Page>
  );
}
