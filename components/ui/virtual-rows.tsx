'use client';

import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';

/** Rows drawn below the visible ones. */
const rowsAhead = 60;

/** A list that is fetched page by page. */
interface Pages {
  hasNextPage: boolean;
  isFetching: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/** The rows of a table in a scrolling box, of which only those in sight are drawn; more are fetched as the end comes near. */
export function useVirtualRows(count: number, rowHeight: number, pages: Pages) {
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 14,
  });
  const last = virtual.getVirtualItems().at(-1);
  const nearEnd = last !== undefined && last.index >= count - rowsAhead;
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages;
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetching, isError, fetchNextPage]);
  return { box, virtual };
}

interface Visible {
  virtual: Virtualizer<HTMLElement, Element>;
  children: (index: number) => ReactNode;
}

/** The rows in sight, and in place of the others one row each as high as all of them. */
export function VirtualRows(props: Visible) {
  return <VisibleItems {...props} gap={RowsBetween} />;
}

/** As {@link VirtualRows}, where each is a `tbody` of several rows. */
export function VirtualRowGroups(props: Visible) {
  return <VisibleItems {...props} gap={GroupsBetween} />;
}

/** How many cells {@link VirtualColumns} draws. */
export function cellsDrawn(virtual: Visible['virtual']): number {
  const items = virtual.getVirtualItems();
  const starts = [...items.map(({ start }) => start), virtual.getTotalSize()];
  return items.length + starts.filter((start, i) => start > (items[i - 1]?.end ?? 0)).length;
}

/** The cells in sight of a row, and in place of the others one each as wide as all of them. */
export function VirtualColumns(props: Visible) {
  return <VisibleItems {...props} gap={CellsBetween} />;
}

function VisibleItems({ virtual, children, gap: Gap }: Visible & { gap: typeof RowsBetween }) {
  const items = virtual.getVirtualItems();
  return (
    <>
      {items.map(({ index, start }, i) => (
        <Fragment key={index}>
          <Gap size={start - (items[i - 1]?.end ?? 0)} />
          {children(index)}
        </Fragment>
      ))}
      <Gap size={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </>
  );
}

function RowsBetween({ size }: { size: number }) {
  return (
    size > 0 && (
      <tr aria-hidden>
        <td className="p-0" style={{ height: size }} />
      </tr>
    )
  );
}

function GroupsBetween({ size }: { size: number }) {
  return (
    size > 0 && (
      <tbody aria-hidden>
        <RowsBetween size={size} />
      </tbody>
    )
  );
}

function CellsBetween({ size }: { size: number }) {
  return size > 0 && <td aria-hidden className="p-0" style={{ width: size }} />;
}
