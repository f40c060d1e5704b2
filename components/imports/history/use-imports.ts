'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { byPage } from '@/components/api/by-page';
import { api } from '@/components/api/client';
import { useConnected } from '@/components/live/live-provider';
import { refetchInterval } from '@/components/live/refetch-interval';
import type { Query } from '@/lib/shared/api/client';

/** A list of imports, newest first, page by page, kept up to date. */
export function useImports(filter: Query<'/imports'>) {
  const connected = useConnected();
  return useInfiniteQuery({
    queryKey: ['imports', filter],
    ...byPage((from: number | undefined, signal) =>
      api.get('/imports', { params: { query: { ...filter, before: from } }, signal }),
    ),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => {
      const shown = (query.state.data?.pages ?? []).flatMap((page) =>
        page.imports.map(({ status }) => status),
      );
      // Without events, an import that somebody begins meanwhile is found by asking too.
      return refetchInterval(shown, connected) || (!connected && 15_000);
    },
  });
}
