'use client';

import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';

/** Rows below those in sight that are there before they are scrolled to. */
const aheadOfSight = 60;

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
  const nearEnd = last !== undefined && last.index >= count - aheadOfSight;
  const { hasNextPage, isFetching, isError, fetchNextPage } = pages;
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetching, isError, fetchNextPage]);
  return { box, virtual };
}

/** The rows in sight, and in place of the others one row each as high as all of them. */
export function VirtualRows({
  virtual,
  children,
}: {
  virtual: Virtualizer<HTMLElement, Element>;
  children: (index: number) => ReactNode;
}) {
  const items = virtual.getVirtualItems();
  return (
    <>
      {items.map(({ index, start }, i) => (
        <Fragment key={index}>
          <Gap height={start - (items[i - 1]?.end ?? 0)} />
          {children(index)}
        </Fragment>
      ))}
      <Gap height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </>
  );
}

function Gap({ height }: { height: number }) {
  return (
    height > 0 && (
      <tr aria-hidden>
        <td className="p-0" style={{ height }} />
      </tr>
    )
  );
}

/** The cells in sight of a row, and in place of the others one each as wide as all of them. */
export function VirtualColumns({
  virtual,
  children,
}: {
  virtual: Virtualizer<HTMLElement, Element>;
  children: (index: number) => ReactNode;
}) {
  const items = virtual.getVirtualItems();
  return (
    <>
      {items.map(({ index, start }, i) => (
        <Fragment key={index}>
          <GapAcross width={start - (items[i - 1]?.end ?? 0)} />
          {children(index)}
        </Fragment>
      ))}
      <GapAcross width={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </>
  );
}

function GapAcross({ width }: { width: number }) {
  return width > 0 && <td aria-hidden className="p-0" style={{ width }} />;
}
