import { Select } from '@/components/ui/form/field';
import { typeLabel } from '@/lib/shared/columns/labels';
import { columnTypes } from '@/lib/shared/schema/dataset/column';
import { isQuestion } from '../draft/draft';
import { calledOf, useColumn } from './column-context';

/** As what a column is stored. */
export function TypeField() {
  const { column, type, there, samples, change } = useColumn();
  return (
    <Select
      className="self-start max-lg:col-start-2"
      aria-label={`Type of ${calledOf(column)}`}
      value={type}
      disabled={!column.included || there !== null}
      title={there ? 'The dataset has this column already: its type stays' : undefined}
      onChange={(event) => {
        const chosen = columnTypes.find((name) => name === event.target.value);
        if (chosen) change({ type: chosen, open: isQuestion(chosen, column, samples) });
      }}
    >
      {columnTypes.map((name) => (
        <option key={name} value={name}>
          {typeLabel(name)}
        </option>
      ))}
    </Select>
  );
}
