'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type DatasetFilter, getDataset, listDatasets, listRows } from '@/components/api/datasets';

/** The datasets by name, page by page. @param q part of the name */
export function useDatasets(q: string) {
  const filter = { q };
  return useInfiniteQuery({
    queryKey: ['datasets', 'pages', filter],
    queryFn: ({ pageParam, signal }) => listDatasets(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** The first datasets of those that are wanted. @param options what else TanStack Query is to know */
export function useFirstDatasets(
  filter: DatasetFilter,
  options: { enabled?: boolean; placeholderData?: typeof keepPreviousData } = {},
) {
  return useQuery({
    ...options,
    queryKey: ['datasets', 'first', filter],
    queryFn: async ({ signal }) => (await listDatasets(filter, null, signal)).datasets,
    // An import may have made another since: nothing that was found earlier says that there is none.
    gcTime: 0,
  });
}

/** One dataset with its columns. */
export function useDataset(slug: string) {
  return useQuery({ queryKey: ['dataset', slug], queryFn: ({ signal }) => getDataset(slug, signal) });
}

/** A dataset's rows, page by page, now or at a moment of the past. */
export function useRows(slug: string, at: string | null) {
  return useInfiniteQuery({
    queryKey: ['rows', slug, at],
    queryFn: ({ pageParam, signal }) => listRows(slug, pageParam, at, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // Pages are cut by keys, not by time: asking for all of them again because the window got focus is waste.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
