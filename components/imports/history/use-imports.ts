'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ImportFilter, listImports } from '@/components/api/imports';
import { useConnected } from '@/components/live/live-provider';
import { refetchInterval } from '@/components/live/refetch-interval';

/** A list of imports, newest first, page by page, kept up to date. */
export function useImports(filter: ImportFilter) {
  const connected = useConnected();
  return useInfiniteQuery({
    queryKey: ['imports', filter],
    queryFn: ({ pageParam, signal }) => listImports(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
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
