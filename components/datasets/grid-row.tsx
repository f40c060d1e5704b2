import { memo } from 'react';
import { formatCount } from '@/components/format/count';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { RowPage } from '@/lib/shared/schema/dataset/row';
import { isNumeric } from './column-type';

type Cell = string | boolean | null;

function cellText(value: Cell): string {
  if (value === null) return '';
  return typeof value === 'boolean' ? String(value) : value;
}

/** One row of the grid. Values are shown as stored, digit for digit. */
export const GridRow = memo(function GridRow({
  index,
  row,
  columns,
  onOpen,
}: {
  index: number;
  row: RowPage['rows'][number];
  columns: DatasetView['columns'];
  onOpen: (importId: string, row: number) => void;
}) {
  return (
    <tr aria-rowindex={index + 2} className="group h-[37px]">
      <td className="border-b border-line px-4 text-right text-xs text-muted tabular-nums group-hover:bg-sunken">
        <button
          type="button"
          aria-label={`History of row ${formatCount(row.row)}`}
          title="Where this row comes from"
          className="rounded underline decoration-dotted underline-offset-4 hover:text-ink hover:decoration-solid"
          onClick={() => onOpen(row.importId, row.row)}
        >
          {formatCount(row.row)}
        </button>
      </td>
      {columns.map((column, place) => {
        const text = cellText(row.cells[place] ?? null);
        return (
          <td
            key={column.id}
            title={text}
            className={`max-w-72 truncate border-b border-line px-4 whitespace-pre tabular-nums group-hover:bg-sunken ${isNumeric(column.type) ? 'text-right' : ''}`}
          >
            {text}
          </td>
        );
      })}
    </tr>
  );
});
