'use client';

import { useCallback, useState } from 'react';
import { sentenceOf } from '@/components/api/client';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useVirtualRows, VirtualRows } from '@/components/ui/virtual-rows';
import { typeLabel } from '@/lib/shared/columns/labels';
import type { DatasetView } from '@/lib/shared/schema/imports';
import { isNumeric } from './column-type';
import { GridRow } from './grid-row';
import { RowHistoryDialog, type RowKey } from './history/row-history-dialog';
import { useRows } from './use-dataset';

const rowHeight = 37;
/** Columns drawn at first and added at a time: a thousand at once make scrolling stutter. */
const columnStep = 40;

/** A dataset's rows: only those in sight are drawn, and more are fetched as the end comes near. */
export function RowsGrid({ dataset, at }: { dataset: DatasetView; at: string | null }) {
  const query = useRows(dataset.slug, at);
  const [opened, setOpened] = useState<RowKey | null>(null);
  const open = useCallback((importId: string, row: number) => setOpened({ importId, row }), []);
  const { isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const [columnCount, setColumnCount] = useState(columnStep);
  const columns = dataset.columns.slice(0, columnCount);
  const { box, virtual } = useVirtualRows(rows.length, rowHeight, query);

  if (query.isPending) return <SkeletonRows count={8} label="Loading the rows" />;
  if (query.error && rows.length === 0) {
    return (
      <div className="p-4">
        <Notice
          tone="danger"
          title="The rows cannot be shown"
          action={<Button onClick={() => void query.refetch()}>Try again</Button>}
        >
          {sentenceOf(query.error)}
        </Notice>
      </div>
    );
  }
  return (
    <>
      <RowHistoryDialog slug={dataset.slug} row={opened} onClose={() => setOpened(null)} />
      <section
        ref={box}
        aria-label="Rows, scrolls"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable by keyboard
        tabIndex={0}
        className="max-h-[min(70dvh,44rem)] overflow-auto border-t border-line"
      >
        <table
          aria-label="Rows"
          aria-rowcount={at === null ? dataset.rows + 1 : -1}
          className="min-w-full border-separate border-spacing-0 text-left text-sm"
        >
          <thead className="sticky top-0 z-10 bg-sunken">
            <tr>
              <th
                scope="col"
                className="border-b border-line px-4 py-2 text-right text-xs font-medium text-muted"
              >
                Row
              </th>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={`border-b border-line px-4 py-2 whitespace-nowrap ${isNumeric(column.type) ? 'text-right' : ''}`}
                >
                  <span className="block max-w-72 truncate text-[13px] font-medium" title={column.name}>
                    {column.name}
                  </span>
                  <span className="text-xs font-normal text-muted">{typeLabel(column.type)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <VirtualRows virtual={virtual}>
              {(index) => {
                const row = rows[index];
                return row && <GridRow index={index} row={row} columns={columns} onOpen={open} />;
              }}
            </VirtualRows>
          </tbody>
        </table>
        {rows.length === 0 && (
          <p className="px-6 py-12 text-center text-sm text-muted">
            {at === null ? 'This dataset has no rows.' : 'It had no rows at that moment.'}
          </p>
        )}
      </section>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-5 py-3 text-[13px] text-muted sm:px-6">
        <p className="tabular-nums">
          {at === null
            ? `${formatCount(rows.length)} of ${formatCount(Math.max(dataset.rows, rows.length))} rows loaded`
            : `${formatCount(rows.length)} rows loaded${query.hasNextPage ? ', there are more' : ''}`}
        </p>
        <div className="flex gap-2">
          {columns.length < dataset.columns.length && (
            <Button size="sm" variant="ghost" onClick={() => setColumnCount(columnCount + columnStep)}>
              {formatCount(columns.length)} of {formatCount(dataset.columns.length)} columns: show more
            </Button>
          )}
          {isFetchingNextPage && <span role="status">Loading more…</span>}
          {isFetchNextPageError && (
            <span role="alert" className="flex items-center gap-3 text-danger">
              {sentenceOf(query.error)}
              <Button size="sm" onClick={() => void fetchNextPage()}>
                Try again
              </Button>
            </span>
          )}
        </div>
      </div>
    </>
  );
}
