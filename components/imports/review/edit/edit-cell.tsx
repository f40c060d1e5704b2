'use client';

import { type KeyboardEvent, useId, useRef } from 'react';
import { Skeleton } from '@/components/ui/skeleton';
import type { EditableRow } from '@/lib/shared/schema/review/edit';

/** Rows that Page Up and Page Down move by. */
const pageStep = 8;
const all = Number.MAX_SAFE_INTEGER;

/** Where a key leads to: so many rows down, so many columns to the right. */
function wayOf({ key, ctrlKey, metaKey }: KeyboardEvent): [down: number, right: number] | null {
  const far = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowDown':
      return [far ? all : 1, 0];
    case 'ArrowUp':
      return [far ? -all : -1, 0];
    case 'ArrowRight':
      return [0, far ? all : 1];
    case 'ArrowLeft':
      return [0, far ? -all : -1];
    case 'PageDown':
      return [pageStep, 0];
    case 'PageUp':
      return [-pageStep, 0];
    case 'Home':
      return [far ? -all : 0, -all];
    case 'End':
      return [far ? all : 0, all];
    default:
      return null;
  }
}

/** A cell of the table, both from 0. */
export interface Place {
  row: number;
  column: number;
}

/** What the keys do in the cell that they are in. */
export interface EditKeys {
  onPlace: (place: Place) => void;
  /** By so many rows and columns, as far as there are any. */
  onMove: (down: number, right: number) => void;
  onEdit: (value: string) => void;
  onCommit: (value: string, down: number, right: number) => void;
  /** The focus went elsewhere while this was being typed. */
  onAway: (value: string) => void;
  onLeave: () => void;
}

interface EditCellProps {
  row: EditableRow | undefined;
  place: Place;
  name: string;
  /** True: the keys are in it. */
  here: boolean;
  editing: string | null;
  keys: EditKeys;
}

/** A cell to be moved to and edited, with what is wrong in it. */
export function EditCell({ row, place, name, here, editing, keys }: EditCellProps) {
  const id = useId();
  const value = row?.cells[place.column] ?? null;
  const reason = row?.faults.find((fault) => fault.column === name)?.reason;
  const described = reason ? `${id}-reason` : undefined;
  if (row && here && editing !== null) {
    return (
      <td aria-colindex={place.column + 2} className="border-b border-line p-0.5 align-top">
        <CellInput
          label={`${name} of row ${row.row}`}
          describedBy={described}
          editing={editing}
          keys={keys}
        />
        {reason && (
          <p id={`${id}-reason`} className="px-1 pt-0.5 text-[13px] text-danger">
            {reason}
          </p>
        )}
      </td>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const way = wayOf(event);
    if (way) {
      event.preventDefault();
      keys.onMove(...way);
    } else if (value !== null && (event.key === 'Enter' || event.key === 'F2')) {
      event.preventDefault();
      keys.onEdit(value);
    } else if (
      value !== null &&
      event.key.length === 1 &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      // What is typed replaces the cell, as in a spreadsheet program.
      event.preventDefault();
      keys.onEdit(event.key);
    }
  };
  return (
    <td
      aria-colindex={place.column + 2}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid
      role="gridcell"
      tabIndex={here ? 0 : -1}
      data-place={`${place.row} ${place.column}`}
      aria-invalid={reason ? true : undefined}
      aria-describedby={described}
      // Not under the head and the bar with the ways on, and beside the row numbers, all of which stay.
      className={`scroll-mt-10 scroll-mb-24 cursor-text border-b border-line px-3 py-1.5 align-top focus:outline-2 sm:scroll-ml-26 focus:-outline-offset-2 focus:outline-accent ${reason ? 'bg-danger-soft' : ''}`}
      onFocus={() => keys.onPlace(place)}
      onDoubleClick={() => value !== null && keys.onEdit(value)}
      onKeyDown={onKeyDown}
    >
      {row ? (
        <span className="block truncate font-mono text-[13px]">
          {value === null ? 'cannot be edited here' : value || <span className="text-muted">empty</span>}
        </span>
      ) : (
        <Skeleton className="h-4 w-24" />
      )}
      {reason && (
        <span id={`${id}-reason`} className="mt-0.5 block text-[13px] text-danger">
          {reason}
        </span>
      )}
    </td>
  );
}

function CellInput({
  label,
  describedBy,
  editing,
  keys,
}: {
  label: string;
  describedBy: string | undefined;
  editing: string;
  keys: EditKeys;
}) {
  // Taking the input away takes the focus from it, which is no wish to leave the cell.
  const ended = useRef(false);
  const end = (event: KeyboardEvent, then: () => void) => {
    event.preventDefault();
    event.stopPropagation();
    ended.current = true;
    then();
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the cell that was just entered
      autoFocus
      aria-label={label}
      aria-describedby={describedBy}
      value={editing}
      className="h-9 w-full rounded-md border border-accent bg-surface px-2.5"
      onChange={(event) => keys.onEdit(event.target.value)}
      onFocus={() => {
        ended.current = false;
      }}
      onKeyDown={(event) => {
        const back = event.shiftKey ? -1 : 1;
        if (event.key === 'Enter') end(event, () => keys.onCommit(editing, back, 0));
        else if (event.key === 'Tab') end(event, () => keys.onCommit(editing, 0, back));
        else if (event.key === 'Escape') end(event, keys.onLeave);
      }}
      onBlur={() => {
        if (!ended.current) keys.onAway(editing);
      }}
    />
  );
}
