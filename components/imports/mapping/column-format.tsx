import { Select } from '@/components/ui/form/field';
import { dateExamples, decimalExamples, hasDateOrder, hasDecimalSign } from '@/lib/shared/columns/labels';
import { dateOrders } from '@/lib/shared/schema/column-rules';
import type { ColumnType } from '@/lib/shared/schema/imports';
import type { DraftColumn } from './draft/draft';

/** How a column's dates or numbers are written; nothing for types where that is no question. */
export function ColumnFormat({
  column,
  type,
  onChange,
}: {
  column: DraftColumn;
  type: ColumnType;
  onChange: (change: Partial<DraftColumn>) => void;
}) {
  const open = column.open && column.included;
  if (hasDateOrder(type)) {
    return (
      <Select
        aria-label={`Date order of ${column.name}`}
        aria-invalid={open}
        disabled={!column.included}
        value={open ? 'open' : (column.dateOrder ?? '')}
        onChange={(event) =>
          onChange({
            open: false,
            dateOrder: dateOrders.find((order) => order === event.target.value) ?? null,
          })
        }
      >
        {open && <option value="open">Choose the date order…</option>}
        {dateOrders.map((order) => (
          <option key={order} value={order}>
            {dateExamples[order]}
          </option>
        ))}
        <option value="">Standard (ISO 8601) only</option>
      </Select>
    );
  }
  // For whole numbers the decimal sign tells 1.234 (a thousand or so) from a fraction: asked only where it matters.
  if (hasDecimalSign(type) && (type === 'DECIMAL' || column.open || column.decimalSign !== null)) {
    return (
      <Select
        aria-label={`Decimal sign of ${column.name}`}
        aria-invalid={open}
        disabled={!column.included}
        value={open ? 'open' : (column.decimalSign ?? '.')}
        onChange={(event) =>
          onChange({
            open: false,
            decimalSign: event.target.value === ',' ? ',' : '.',
            // Whoever says which sign is the decimal one says that the other one sets thousands apart.
            ...(open ? { format: { ...column.format, grouping: true } } : {}),
          })
        }
      >
        {open && <option value="open">Choose the decimal sign…</option>}
        <option value=".">{decimalExamples['.']}</option>
        <option value=",">{decimalExamples[',']}</option>
      </Select>
    );
  }
  return null;
}
