'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/components/api/client';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { useConnected } from './live-provider';
import { isAsNew } from './merge-import';
import { draftSince } from './own-drafts';
import { refetchInterval } from './refetch-interval';

/** One import, always up to date: by events, or every two seconds while there are none. */
export function useImport(id: string) {
  const client = useQueryClient();
  const connected = useConnected();
  return useQuery({
    queryKey: ['import', id],
    queryFn: async ({ signal }) => {
      const askedAt = performance.now();
      const answer = await api.get('/imports/{id}', { params: { path: { id } }, signal });
      const draft = draftSince(id, askedAt);
      const came = draft ? { ...answer, draft } : answer;
      const known = client.getQueryData<ImportDetails>(['import', id]);
      // An event may have overtaken this answer.
      return known && !isAsNew(came, known) && known.status === came.status ? { ...came, ...known } : came;
    },
    refetchInterval: (query) => {
      const status = query.state.data?.status;
      return status ? refetchInterval([status], connected) : false;
    },
  });
}
