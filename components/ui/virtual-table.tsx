'use client';

import type { ReactNode } from 'react';
import { Button } from './button';
import { Notice } from './notice';
import { SkeletonRows } from './skeleton';
import { useVirtualRows, VirtualRows } from './virtual-rows';

/** Of every row. */
const rowHeight = 37;

/** A list of rows that is fetched page by page. */
export interface PagedRows {
  isPending: boolean;
  isFetching: boolean;
  isError: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/**
 * A numbered table that scrolls in a box: only the rows in sight are drawn, and more are fetched as the end comes near.
 * @param head the columns' heads, behind that of the row number
 * @param children draws one of the rows that are there
 */
export function VirtualTable({
  label,
  boxClassName,
  query,
  failure,
  count,
  total,
  head,
  empty,
  placeholders,
  children,
}: {
  label: string;
  boxClassName: string;
  query: PagedRows;
  /** Why they could not be fetched. */
  failure: string | null;
  /** Rows that are there. */
  count: number;
  /** Rows with those not fetched yet, the head among them; -1: nobody knows. */
  total?: number;
  head: ReactNode;
  /** What is said where there is none. */
  empty: string;
  placeholders: number;
  children: (index: number) => ReactNode;
}) {
  const { box, virtual } = useVirtualRows(count, rowHeight, query);
  if (query.isPending) return <SkeletonRows count={placeholders} label="Loading the rows" />;
  if (failure !== null && count === 0) {
    return (
      <div className="p-4">
        <Notice
          tone="danger"
          title="The rows cannot be shown"
          action={<Button onClick={() => void query.refetch()}>Try again</Button>}
        >
          {failure}
        </Notice>
      </div>
    );
  }
  return (
    <section
      ref={box}
      aria-label="Rows, scrolls"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable by keyboard
      tabIndex={0}
      className={`overflow-auto border-t border-line ${boxClassName}`}
    >
      <table
        aria-label={label}
        aria-rowcount={total}
        className="min-w-full border-separate border-spacing-0 text-left text-sm"
      >
        <thead className="sticky top-0 z-10 bg-sunken">
          <tr>
            <VirtualTableHead className="text-right text-xs font-medium text-muted">Row</VirtualTableHead>
            {head}
          </tr>
        </thead>
        <tbody>
          <VirtualRows virtual={virtual}>{children}</VirtualRows>
        </tbody>
      </table>
      {count === 0 && <p className="px-6 py-12 text-center text-sm text-muted">{empty}</p>}
    </section>
  );
}

/** A head of its column. */
export function VirtualTableHead({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={`border-b border-line px-4 py-2 whitespace-nowrap ${className}`}>
      {children}
    </th>
  );
}

/** Beneath the table: that the next rows are on their way, or why they are not. */
export function NextRows({ query, failure }: { query: PagedRows & NextPage; failure: string | null }) {
  if (query.isFetchingNextPage) return <span role="status">Loading more…</span>;
  if (!query.isFetchNextPageError) return null;
  return (
    <span role="alert" className="flex items-center gap-3 text-danger">
      {failure}
      <Button size="sm" onClick={() => void query.fetchNextPage()}>
        Try again
      </Button>
    </span>
  );
}

interface NextPage {
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
}
