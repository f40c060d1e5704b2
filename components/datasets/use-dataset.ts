'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { byPage } from '@/components/api/by-page';
import { api } from '@/components/api/client';
import type { Query } from '@/lib/shared/api/client';

/** The datasets by name, page by page. @param q part of the name */
export function useDatasets(q: string) {
  const filter = { q };
  return useInfiniteQuery({
    queryKey: ['datasets', 'pages', filter],
    ...byPage((from: string | undefined, signal) =>
      api.get('/datasets', { params: { query: { ...filter, after: from } }, signal }),
    ),
    placeholderData: keepPreviousData,
  });
}

/** The first datasets of those that are wanted. @param options what else TanStack Query is to know */
export function useFirstDatasets(
  filter: Query<'/datasets'>,
  options: { enabled?: boolean; placeholderData?: typeof keepPreviousData } = {},
) {
  return useQuery({
    ...options,
    queryKey: ['datasets', 'first', filter],
    queryFn: async ({ signal }) =>
      (await api.get('/datasets', { params: { query: filter }, signal })).datasets,
    // An import may have made another since: nothing that was found earlier says that there is none.
    gcTime: 0,
  });
}

/** One dataset with its columns. */
export function useDataset(slug: string) {
  return useQuery({
    queryKey: ['dataset', slug],
    queryFn: ({ signal }) => api.get('/datasets/{slug}', { params: { path: { slug } }, signal }),
  });
}

/** A dataset's rows, page by page, now or at a moment of the past. */
export function useRows(slug: string, at: string | null) {
  return useInfiniteQuery({
    queryKey: ['rows', slug, at],
    ...byPage((from: string | undefined, signal) =>
      api.get('/datasets/{slug}/rows', {
        params: { path: { slug }, query: { limit: 200, at: at ?? undefined, after: from } },
        signal,
      }),
    ),
    // Pages are cut by keys, not by time: asking for all of them again because the window got focus is waste.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
