'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ImportFilter, listImports } from '@/components/api/imports';
import { useConnected } from '@/components/live/live-provider';
import { isMoving } from '@/lib/imports/status';

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
      const moving = query.state.data?.pages.some((page) =>
        page.imports.some((view) => isMoving(view.status)),
      );
      return !connected && moving ? 2_000 : false;
    },
  });
}
