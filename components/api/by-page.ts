/** What `useInfiniteQuery` has to know of a list that is fetched page by page. */
interface Paging<Next, Page> {
  queryFn: (asked: { pageParam: Next | undefined; signal: AbortSignal }) => Promise<Page>;
  initialPageParam: Next | undefined;
  getNextPageParam: (page: Page) => Next | null;
}

/**
 * For `useInfiniteQuery`: a list whose pages say where the next one begins.
 * @param fetchPage fetches a page; undefined for the first
 */
export function byPage<Next, Page extends { next: Next | null }>(
  fetchPage: (from: Next | undefined, signal: AbortSignal) => Promise<Page>,
): Paging<Next, Page> {
  return {
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next,
  };
}
