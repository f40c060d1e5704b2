'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import { type Ref, useId } from 'react';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { cellsDrawn, VirtualColumns } from '@/components/ui/virtual-rows';
import type { EditableRow } from '@/lib/shared/schema/review/edit';
import { EditCell, type EditKeys } from './edit-cell';

interface EditRowProps {
  ref: Ref<HTMLTableSectionElement>;
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
  /** Removes what the row with this number has beyond the last column. */
  onSurplus: (row: number) => void;
}

/** One rejected row, and what is wrong with it. */
export function EditRow({ ref, row, index, columns, across, at, editing, keys, onSurplus }: EditRowProps) {
  const id = useId();
  const whole = row?.faults.filter(({ column }) => column === null) ?? [];
  return (
    <tbody ref={ref} data-index={index}>
      <tr aria-rowindex={index + 2} className={row ? 'h-[37px]' : 'h-[53px]'}>
        <th
          scope="row"
          aria-colindex={1}
          aria-describedby={whole.length > 0 ? id : undefined}
          className="z-10 border-b border-line bg-surface px-3 py-1.5 text-right align-top font-normal text-muted tabular-nums sm:sticky sm:left-0"
        >
          <span className="inline-flex items-center gap-1">
            {row?.valid && <Check aria-label="valid" className="size-4 text-ok" />}
            {row && formatCount(row.row)}
          </span>
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
      {row && whole.length > 0 && (
        <tr>
          <td colSpan={cellsDrawn(across) + 1} className="border-b border-line bg-danger-soft p-0">
            {/* As wide as the box, wherever that is scrolled to. */}
            <div className="sticky left-0 flex w-fit max-w-[100cqi] flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-1.5 text-[13px]">
              <p id={id} className="text-danger">
                {whole.map(({ reason }) => reason).join(' ')}
              </p>
              {row.more.length > 0 && <Surplus row={row} onSurplus={onSurplus} />}
            </div>
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** What a row has beyond the last column, to be removed once what is needed of it is in the cells. */
function Surplus({ row, onSurplus }: { row: EditableRow; onSurplus: (row: number) => void }) {
  const { more } = row;
  return (
    <>
      <span className="[overflow-wrap:anywhere]">
        Beyond the last column:{' '}
        {more.map((cell, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cells have nothing but their place
          <span key={i}>
            {i > 0 && ', '}
            {cell === '' ? 'an empty cell' : <span className="font-mono">{cell}</span>}
          </span>
        ))}
      </span>
      <Button
        size="sm"
        aria-label={`Remove extra cells from row ${formatCount(row.row)}`}
        onClick={() => onSurplus(row.row)}
      >
        {more.length === 1 ? 'Remove this cell' : 'Remove these cells'}
      </Button>
    </>
  );
}
