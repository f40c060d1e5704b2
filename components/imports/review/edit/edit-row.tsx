'use client';

import { Check } from 'lucide-react';
import { type KeyboardEvent, useId, useRef } from 'react';
import { formatCount } from '@/components/format/count';
import type { EditableRow } from '@/lib/review/contract';

/** A cell of the table, both from 0. */
export interface Place {
  row: number;
  column: number;
}

interface EditRowProps {
  row: EditableRow;
  index: number;
  columns: string[];
  /** The column that the keys are in; null: they are in another row. */
  at: number | null;
  /** What is being typed; null: nothing. */
  editing: string | null;
  onPlace: (column: number) => void;
  onMove: (down: number, right: number) => void;
  onEdit: (value: string | null) => void;
  onCommit: (column: string, value: string, down: number) => void;
  onLeave: () => void;
}

/** One rejected row, and what is wrong with it. */
export function EditRow(props: EditRowProps) {
  const { row, columns } = props;
  const whole = row.faults.filter(({ column }) => column === null);
  return (
    <>
      <tr>
        <th scope="row" className="px-3 py-1.5 text-right align-top font-normal text-muted tabular-nums">
          <span className="inline-flex items-center gap-1">
            {row.valid && <Check aria-label="valid" className="size-4 text-ok" />}
            {formatCount(row.row)}
          </span>
        </th>
        {columns.map((name, column) => (
          <EditCell key={name} {...props} name={name} column={column} />
        ))}
      </tr>
      {whole.map(({ reason }) => (
        <tr key={reason}>
          <td />
          <td colSpan={columns.length} className="px-3 pb-2 text-[13px] text-danger">
            {reason}
          </td>
        </tr>
      ))}
    </>
  );
}

function EditCell({
  row,
  index,
  at,
  editing,
  name,
  column,
  onPlace,
  onMove,
  onEdit,
  onCommit,
  onLeave,
}: EditRowProps & { name: string; column: number }) {
  const id = useId();
  // Taking the input away takes the focus from it, which is no wish to leave the cell.
  const ended = useRef(false);
  const here = at === column;
  const value = row.cells[column] ?? null;
  const reason = row.faults.find((fault) => fault.column === name)?.reason;
  const move = (event: KeyboardEvent, down: number, right: number) => {
    event.preventDefault();
    onMove(down, right);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(event, 1, 0);
    else if (event.key === 'ArrowUp') move(event, -1, 0);
    else if (event.key === 'ArrowRight') move(event, 0, 1);
    else if (event.key === 'ArrowLeft') move(event, 0, -1);
    else if (event.key === 'Home') move(event, 0, -column);
    else if ((event.key === 'Enter' || event.key === 'F2') && value !== null) {
      event.preventDefault();
      onEdit(value);
    } else if (
      event.key.length === 1 &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      value !== null
    ) {
      // What is typed replaces the cell, as in a spreadsheet program.
      event.preventDefault();
      onEdit(event.key);
    }
  };
  if (here && editing !== null) {
    return (
      <td className="p-0.5 align-top">
        <input
          // biome-ignore lint/a11y/noAutofocus: the cell that was just entered
          autoFocus
          aria-label={`${name} of row ${row.row}`}
          aria-describedby={reason ? `${id}-reason` : undefined}
          value={editing}
          className="h-9 w-full min-w-32 rounded-md border border-accent bg-surface px-2.5"
          onChange={(event) => onEdit(event.target.value)}
          onFocus={() => {
            ended.current = false;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              ended.current = true;
              onCommit(name, editing, event.shiftKey ? -1 : 1);
            } else if (event.key === 'Escape') {
              event.stopPropagation();
              ended.current = true;
              onLeave();
            }
          }}
          onBlur={() => {
            if (ended.current) return;
            if (editing !== value) onCommit(name, editing, 0);
            else onEdit(null);
          }}
        />
        {reason && (
          <p id={`${id}-reason`} className="max-w-72 px-1 pt-1 text-[13px] text-danger">
            {reason}
          </p>
        )}
      </td>
    );
  }
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid
      role="gridcell"
      tabIndex={here ? 0 : -1}
      data-place={`${index} ${column}`}
      aria-invalid={reason ? true : undefined}
      aria-describedby={reason ? `${id}-reason` : undefined}
      className={`max-w-72 cursor-text rounded-md px-3 py-1.5 align-top focus:outline-2 focus:-outline-offset-2 focus:outline-accent ${reason ? 'bg-danger-soft' : ''}`}
      onFocus={() => onPlace(column)}
      onDoubleClick={() => value !== null && onEdit(value)}
      onKeyDown={keys}
    >
      <span className="block truncate font-mono text-[13px]">
        {value === null ? 'too long to edit here' : value || <span className="text-muted">empty</span>}
      </span>
      {reason && (
        <span id={`${id}-reason`} className="mt-0.5 block text-[13px] text-danger">
          {reason}
        </span>
      )}
    </td>
  );
}
