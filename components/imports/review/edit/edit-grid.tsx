'use client';

import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { VirtualColumns, VirtualRowGroups } from '@/components/ui/virtual-rows';
import { ownColumns } from '@/lib/shared/schema/file/own-columns';
import type { EditableRow } from '@/lib/shared/schema/review/edit';
import type { EditKeys, Place } from './edit-cell';
import { EditRow } from './edit-row';
import { useRowsAt } from './use-editable-rows';
import type { useEdits } from './use-edits';

/** A row with a reason under a cell; those with longer ones are measured. */
const usualHeight = 53;
/** With the ledger beside it, four columns are in sight at 1280 px. */
const columnWidth = 160;
const numberWidth = 104;

interface EditGridProps {
  importId: string;
  queryKey: readonly unknown[];
  columns: string[];
  total: number;
  edits: ReturnType<typeof useEdits>;
}

/**
 * The cells of all rows to be edited, of which those in sight are drawn and fetched, and the one that the keys are in
 * wherever it is, so that it keeps the focus and what is being typed.
 */
export function EditGrid({ importId, queryKey, columns, total, edits }: EditGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<string | null>(null);
  const rows = useVirtualizer<HTMLElement, Element>({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => usualHeight,
    overscan: 6,
    rangeExtractor: (range) => withPlace(range, at.row),
  });
  const across = useVirtualizer<HTMLElement, Element>({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => box.current,
    estimateSize: () => columnWidth,
    // Columns begin beside the row numbers: so much less of the box is theirs.
    scrollPaddingEnd: numberWidth,
    overscan: 3,
    rangeExtractor: (range) => withPlace(range, at.column),
  });
  const shown = rows.getVirtualItems().map(({ index }) => index);
  const rowAt = useRowsAt(importId, queryKey, shown);

  useFirstFault(rowAt(0), columns, (column) => {
    setAt({ row: 0, column });
    across.scrollToIndex(column, { align: 'auto' });
  });
  const focusNext = useFocus(box, at, editing, rowAt(at.row) !== undefined);
  const go = (row: number, column: number) => {
    const next = { row: within(row, total), column: within(column, columns.length) };
    focusNext();
    setEditing(null);
    setAt(next);
  };
  const keep = (value: string) => {
    const row = rowAt(at.row);
    const column = columns[at.column];
    if (row && column !== undefined && row.cells[at.column] !== value)
      edits.change({ row: row.row, column, value });
  };
  const removeSurplus = (row: number) => edits.change({ row, column: ownColumns.rest, value: '' });
  const keys: EditKeys = {
    onPlace: setAt,
    onMove: (down, right) => go(at.row + down, at.column + right),
    onEdit: setEditing,
    onCommit: (value, down, right) => {
      keep(value);
      go(at.row + down, at.column + right);
    },
    onAway: (value) => {
      keep(value);
      setEditing(null);
    },
    onLeave: () => go(at.row, at.column),
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the grid inside, and of its cells
    <div
      ref={box}
      className="@container max-h-[min(60dvh,40rem)] overflow-auto border-t border-line"
      onKeyDown={(event) => {
        if (editing === null) undoOrRedo(event, edits);
      }}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid
        role="grid"
        aria-label="Rejected rows to correct"
        aria-rowcount={total + 1}
        aria-colcount={columns.length + 1}
        style={{ width: `max(100%, ${numberWidth + columns.length * columnWidth}px)` }}
        className="table-fixed border-separate border-spacing-0 text-sm"
      >
        <GridHead columns={columns} across={across} />
        <VirtualRowGroups virtual={rows}>
          {(index) => (
            <EditRow
              ref={rows.measureElement}
              row={rowAt(index)}
              index={index}
              columns={columns}
              across={across}
              at={at.row === index ? at.column : null}
              editing={at.row === index ? editing : null}
              keys={keys}
              onSurplus={removeSurplus}
            />
          )}
        </VirtualRowGroups>
      </table>
    </div>
  );
}

function GridHead({ columns, across }: { columns: string[]; across: Virtualizer<HTMLElement, Element> }) {
  return (
    <thead className="sticky top-0 z-20 bg-sunken">
      <tr aria-rowindex={1} className="h-10 text-left text-[13px] text-muted">
        <th
          scope="col"
          aria-colindex={1}
          style={{ width: numberWidth }}
          className="border-b border-line bg-sunken px-3 text-right font-medium sm:sticky sm:left-0"
        >
          Row
        </th>
        <VirtualColumns virtual={across}>
          {(column) => (
            <th
              key={column}
              scope="col"
              aria-colindex={column + 2}
              title={columns[column]}
              className="truncate border-b border-line px-3 font-medium"
            >
              {columns[column]}
            </th>
          )}
        </VirtualColumns>
      </tr>
    </thead>
  );
}

/** Whoever comes to correct rows sees the first cell to correct, however far to the right it is. */
function useFirstFault(
  first: EditableRow | undefined,
  columns: string[],
  onFault: (column: number) => void,
): void {
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (!first || opened.current) return;
    opened.current = true;
    const faulty = new Set(first.faults.map(({ column }) => column));
    const column = columns.findIndex((name) => faulty.has(name));
    if (column >= 0) onFault(column);
  }, [first, columns, onFault]);
}

/**
 * Keeps the cell that the keys are in in sight, and gives it the focus where it was moved to.
 * @param there whether its row is fetched: it and those above may be higher then
 * @returns to be called before a move
 */
function useFocus(
  box: RefObject<HTMLElement | null>,
  at: Place,
  editing: string | null,
  there: boolean,
): () => void {
  const moves = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again once the row is fetched
  useLayoutEffect(() => {
    const cell = box.current?.querySelector<HTMLElement>(`[data-place="${at.row} ${at.column}"]`);
    if (!cell || editing !== null) return;
    if (moves.current) cell.focus({ preventScroll: true });
    if (moves.current || document.activeElement === cell)
      cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    moves.current = false;
  }, [at, editing, there]);
  return () => {
    moves.current = true;
  };
}

const within = (place: number, count: number) => Math.min(Math.max(place, 0), count - 1);

function withPlace(range: Range, place: number): number[] {
  const visible = defaultRangeExtractor(range);
  if (visible.includes(place) || place >= range.count) return visible;
  return [...visible, place].sort((a, b) => a - b);
}

function undoOrRedo(event: KeyboardEvent, edits: EditGridProps['edits']): void {
  if (!event.ctrlKey && !event.metaKey) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  if (key === 'y' || event.shiftKey) edits.redo();
  else edits.undo();
}
