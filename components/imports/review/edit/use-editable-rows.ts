'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { api } from '@/components/api/client';
import type { EditableRow } from '@/lib/shared/schema/review/edit';

/** Rows of one request. */
const pageRows = 100;

const pageQuery = (importId: string, queryKey: readonly unknown[], page: number) => ({
  queryKey: [...queryKey, page],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get('/imports/{id}/editable-rows', {
      params: { path: { id: importId }, query: { from: page * pageRows, limit: pageRows } },
      signal,
    }),
  // An edit moves no row, and tells how the rows that it changed are.
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
});

/** How many rows there are to be edited, in which columns, and what is wrong when that cannot be found out. */
export function useEditable(importId: string, queryKey: readonly unknown[]) {
  const { data, isLoading, error, refetch } = useQuery(pageQuery(importId, queryKey, 0));
  return { columns: data?.columns ?? [], total: data?.total ?? 0, isLoading, error, refetch };
}

/**
 * The rows at these places, from 0. Only the pages that they are on are fetched.
 * @returns undefined for a row that is not there yet
 */
export function useRowsAt(
  importId: string,
  queryKey: readonly unknown[],
  places: number[],
): (place: number) => EditableRow | undefined {
  const pages = [...new Set(places.map((place) => Math.floor(place / pageRows)))];
  const found = useQueries({ queries: pages.map((page) => pageQuery(importId, queryKey, page)) });
  const rowsOf = new Map(pages.map((page, i) => [page, found[i]?.data?.rows]));
  return (place) => rowsOf.get(Math.floor(place / pageRows))?.[place % pageRows];
}
