'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { sentenceOf } from '@/components/api/client';
import { listEditableRows } from '@/components/api/imports';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { ImportDetails } from '@/lib/imports/contract';
import { EditRow, type Place } from './edit-row';
import { ReplaceForm } from './replace-form';
import { useEdits } from './use-edits';

/** The rejected rows as a table to correct them in: arrows move, Enter edits, Escape leaves a cell as it was. */
export function EditTable({ view }: { view: ImportDetails }) {
  // A fix or a corrected file brings other rows; an edit does not.
  const queryKey = useMemo(() => ['edits', view.id, view.attempts], [view.id, view.attempts]);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => listEditableRows(view.id, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    // Rows that became valid stay where they are until the page is opened anew.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const edits = useEdits(view.id, queryKey);
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<string | null>(null);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns = query.data?.pages[0]?.columns ?? [];

  const moves = useRef(false);
  useEffect(() => {
    if (!moves.current || editing !== null) return;
    moves.current = false;
    table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [editing]);
  const go = (row: number, column: number) => {
    const next = {
      row: Math.min(Math.max(row, 0), rows.length - 1),
      column: Math.min(Math.max(column, 0), columns.length - 1),
    };
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${next.column}"]`)?.focus();
  };

  return (
    <Card>
      <CardHeader
        title="Correct them here"
        about="Arrow keys move, Enter edits, Escape leaves a cell as it was. A row that is valid goes in with the others."
        actions={
          <Button size="sm" disabled={!edits.canUndo} onClick={edits.undo}>
            <Undo2 aria-hidden />
            Undo the last change
          </Button>
        }
      />
      {query.isLoading && <SkeletonRows count={3} label="Loading the rejected rows" />}
      {query.error && (
        <div className="px-5 pb-5 sm:px-6">
          <Notice tone="danger" title="The rejected rows cannot be shown">
            {sentenceOf(query.error)}
          </Notice>
        </div>
      )}
      {columns.length > 0 && (
        <ReplaceForm columns={columns} pending={edits.pending} onReplace={edits.replace} />
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the grid inside, and of its cells
        <div
          className="overflow-x-auto border-t border-line"
          onKeyDown={(event) => {
            if (editing === null && event.key === 'z' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              edits.undo();
            }
          }}
        >
          <table
            ref={table}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid
            role="grid"
            aria-label="Rejected rows to correct"
            aria-colcount={columns.length + 1}
            className="w-full text-sm"
          >
            <thead>
              <tr className="text-left text-[13px] text-muted">
                <th scope="col" className="px-3 py-2 text-right font-medium">
                  Row
                </th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.map((row, index) => (
                <EditRow
                  key={row.row}
                  row={row}
                  index={index}
                  columns={columns}
                  at={at.row === index ? at.column : null}
                  editing={at.row === index ? editing : null}
                  onPlace={(column) => setAt({ row: index, column })}
                  onMove={(down, right) => go(index + down, at.column + right)}
                  onEdit={setEditing}
                  onCommit={(column, value, down) => {
                    if (row.cells[columns.indexOf(column)] !== value)
                      edits.change({ row: row.row, column, value });
                    moves.current = true;
                    setEditing(null);
                    setAt({ row: Math.min(index + down, rows.length - 1), column: at.column });
                  }}
                  onLeave={() => {
                    moves.current = true;
                    setEditing(null);
                  }}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p aria-live="polite" className="min-h-11 border-t border-line px-5 py-3 text-sm text-muted sm:px-6">
        {edits.said}
      </p>
      <LoadMore label="Show more" query={query} />
    </Card>
  );
}
