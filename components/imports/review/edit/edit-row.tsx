'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import type { Ref } from 'react';
import { formatCount } from '@/components/format/count';
import { VirtualColumns } from '@/components/ui/virtual-rows';
import type { EditableRow } from '@/lib/shared/schema/review';
import { EditCell } from './edit-cell';

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

interface EditRowProps {
  ref: Ref<HTMLTableRowElement>;
  /** Undefined until it is fetched. */
  row: EditableRow | undefined;
  index: number;
  columns: string[];
  /** Which of them are in sight. */
  across: Virtualizer<HTMLElement, Element>;
  /** The column that the keys are in; null: they are in another row. */
  at: number | null;
  /** What is being typed; null: nothing. */
  editing: string | null;
  keys: EditKeys;
}

/** One rejected row, and what is wrong with it. */
export function EditRow({ ref, row, index, columns, across, at, editing, keys }: EditRowProps) {
  const whole = row?.faults.filter(({ column }) => column === null) ?? [];
  return (
    <tr ref={ref} data-index={index} aria-rowindex={index + 2} className={row ? 'h-[37px]' : 'h-[53px]'}>
      <th
        scope="row"
        aria-colindex={1}
        className="z-10 border-b border-line bg-surface px-3 py-1.5 text-right align-top font-normal text-muted tabular-nums sm:sticky sm:left-0"
      >
        <span className="inline-flex items-center gap-1">
          {row?.valid && <Check aria-label="valid" className="size-4 text-ok" />}
          {row && formatCount(row.row)}
        </span>
        {whole.map(({ reason }) => (
          <span key={reason} className="mt-0.5 block text-left text-[13px] text-danger">
            {reason}
          </span>
        ))}
      </th>
      <VirtualColumns virtual={across}>
        {(column) => (
          <EditCell
            row={row}
            place={{ row: index, column }}
            name={columns[column] ?? ''}
            here={at === column}
            editing={at === column ? editing : null}
            keys={keys}
          />
        )}
      </VirtualColumns>
    </tr>
  );
}
