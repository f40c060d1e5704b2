import { Select } from '@/components/ui/form/field';
import { dateExamples, decimalExamples, hasDateOrder, hasDecimalSign } from '@/lib/shared/columns/labels';
import { dateOrders } from '@/lib/shared/schema/dataset/column-rules';
import { useColumn } from './column-context';

/** How a column's dates or numbers are written; nothing for types where that is no question. */
export function ColumnFormat() {
  const { column, type, change } = useColumn();
  const open = column.open && column.included;
  if (hasDateOrder(type)) {
    return (
      <Select
        aria-label={`Date order of ${column.name}`}
        aria-invalid={open}
        disabled={!column.included}
        value={open ? 'open' : (column.dateOrder ?? '')}
        onChange={(event) =>
          change({
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
  // For whole numbers the decimal separator tells 1.234 (a thousand or so) from a fraction: asked only where it matters.
  if (hasDecimalSign(type) && (type === 'DECIMAL' || column.open || column.decimalSign !== null)) {
    return (
      <Select
        aria-label={`Decimal separator of ${column.name}`}
        aria-invalid={open}
        disabled={!column.included}
        value={open ? 'open' : (column.decimalSign ?? '.')}
        onChange={(event) =>
          change({
            open: false,
            decimalSign: event.target.value === ',' ? ',' : '.',
            // Whoever says which sign is the decimal one says that the other one sets thousands apart.
            ...(open ? { format: { ...column.format, grouping: true } } : {}),
          })
        }
      >
        {open && <option value="open">Choose the decimal separator…</option>}
        <option value=".">{decimalExamples['.']}</option>
        <option value=",">{decimalExamples[',']}</option>
      </Select>
    );
  }
  return null;
}
