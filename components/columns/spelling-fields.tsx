import { useId } from 'react';
import { Field, Select } from '@/components/ui/form/field';
import { dateExamples, decimalExamples, hasDateOrder, hasDecimalSign } from '@/lib/shared/columns/labels';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnSpelling } from '@/lib/shared/schema/dataset/column-rules';
import { dateOrders } from '@/lib/shared/schema/dataset/column-rules';
import { FormatFields } from './format-fields';

/** How files spell the values of a dataset's column. */
export function SpellingFields({
  type,
  spelling,
  onChange,
}: {
  type: ColumnType;
  spelling: ColumnSpelling;
  onChange: (spelling: ColumnSpelling) => void;
}) {
  const id = useId();
  const set = (part: ColumnSpelling) => onChange({ ...spelling, ...part });
  return (
    <>
      {hasDateOrder(type) && (
        <Field label="Date order" htmlFor={`${id}-order`}>
          <Select
            id={`${id}-order`}
            value={spelling.dateOrder ?? ''}
            onChange={(event) => set({ dateOrder: dateOrders.find((order) => order === event.target.value) })}
          >
            <option value="">As found in each file</option>
            {dateOrders.map((order) => (
              <option key={order} value={order}>
                {dateExamples[order]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {hasDecimalSign(type) && (
        <Field label="Decimal separator" htmlFor={`${id}-decimal`}>
          <Select
            id={`${id}-decimal`}
            value={spelling.decimalSign ?? ''}
            onChange={({ target: { value } }) =>
              set({ decimalSign: value === '.' || value === ',' ? value : undefined })
            }
          >
            <option value="">As found in each file</option>
            <option value=".">{decimalExamples['.']}</option>
            <option value=",">{decimalExamples[',']}</option>
          </Select>
        </Field>
      )}
      <FormatFields type={type} format={spelling} onChange={set} />
    </>
  );
}
