'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getDataset, listDatasets, listRows } from '@/components/api/datasets';

/** All datasets. */
export function useDatasets() {
  return useQuery({ queryKey: ['datasets'], queryFn: ({ signal }) => listDatasets(signal) });
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
