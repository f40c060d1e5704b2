'use client';

import { useCallback, useState } from 'react';
import { sentenceOf } from '@/components/api/client';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { NextRows, VirtualTable, VirtualTableHead } from '@/components/ui/virtual-table';
import { typeLabel } from '@/lib/shared/columns/labels';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { isNumeric } from './column-type';
import { GridRow } from './grid-row';
import { RowHistoryDialog, type RowKey } from './history/row-history-dialog';
import { useRows } from './use-dataset';

/** Columns drawn at first and added at a time: a thousand at once make scrolling stutter. */
const columnStep = 40;

/** A dataset's rows: only those in sight are drawn, and more are fetched as the end comes near. */
export function RowsGrid({ dataset, at }: { dataset: DatasetView; at: string | null }) {
  const query = useRows(dataset.slug, at);
  const [opened, setOpened] = useState<RowKey | null>(null);
  const open = useCallback((importId: string, row: number) => setOpened({ importId, row }), []);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const failure = query.error && sentenceOf(query.error);
  const [columnCount, setColumnCount] = useState(columnStep);
  const columns = dataset.columns.slice(0, columnCount);
  return (
    <>
      <RowHistoryDialog slug={dataset.slug} row={opened} onClose={() => setOpened(null)} />
      <VirtualTable
        label="Rows"
        boxClassName="max-h-[min(70dvh,44rem)]"
        query={query}
        failure={failure}
        count={rows.length}
        total={at === null ? dataset.rows + 1 : -1}
        empty={at === null ? 'This dataset has no rows.' : 'It had no rows at that moment.'}
        placeholders={8}
        head={columns.map((column) => (
          <VirtualTableHead key={column.id} className={isNumeric(column.type) ? 'text-right' : ''}>
            <span className="block max-w-72 truncate text-[13px] font-medium" title={column.name}>
              {column.name}
            </span>
            <span className="text-xs font-normal text-muted">{typeLabel(column.type)}</span>
          </VirtualTableHead>
        ))}
      >
        {(index) => {
          const row = rows[index];
          return row && <GridRow index={index} row={row} columns={columns} onOpen={open} />;
        }}
      </VirtualTable>
      {query.data && (
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
            <NextRows query={query} failure={failure} />
          </div>
        </div>
      )}
    </>
  );
}
