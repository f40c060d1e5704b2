import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import type { TransformSource } from '@/lib/shared/schema/import/transform';

const mostColumns = 20;

/** What a value is made of: its own cell, cells of other columns, or the same text in every row. */
export function SourceFields({
  from,
  isAdded,
  headers,
  onChange,
}: {
  from: TransformSource | null;
  /** It has no cell of its own. */
  isAdded: boolean;
  headers: string[];
  onChange: (from: TransformSource | null) => void;
}) {
  const id = useId();
  const [first = ''] = headers;
  const choose = (kind: string) => {
    if (kind === 'COLUMNS') onChange({ kind, columns: [first], separator: ' ' });
    else onChange(kind === 'VALUE' ? { kind, value: '' } : null);
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Take the value from" htmlFor={`${id}-kind`}>
        <Select
          id={`${id}-kind`}
          value={from?.kind ?? 'CELL'}
          onChange={(event) => choose(event.target.value)}
        >
          {!isAdded && <option value="CELL">Its own cell</option>}
          <option value="COLUMNS">Columns of the file</option>
          <option value="VALUE">The same value in every row</option>
        </Select>
      </Field>
      {from?.kind === 'VALUE' && (
        <LabelledInput
          label="Value"
          maxLength={400}
          value={from.value}
          onChange={(event) => onChange({ kind: 'VALUE', value: event.target.value })}
        />
      )}
      {from?.kind === 'COLUMNS' && <ColumnsFields from={from} headers={headers} onChange={onChange} />}
    </div>
  );
}

function ColumnsFields({
  from,
  headers,
  onChange,
}: {
  from: TransformSource & { kind: 'COLUMNS' };
  headers: string[];
  onChange: (from: TransformSource) => void;
}) {
  const { columns } = from;
  const set = (changed: string[]) => onChange({ ...from, columns: changed });
  return (
    <>
      {columns.length > 1 && (
        <LabelledInput
          label="Put between them"
          maxLength={20}
          value={from.separator}
          onChange={(event) => onChange({ ...from, separator: event.target.value })}
        />
      )}
      <ol aria-label="Columns to join" className="space-y-2 sm:col-span-2">
        {columns.map((name, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns may be there twice, and have nothing but their place
          <li key={place} className="flex items-center gap-2">
            <Select
              aria-label={`Column ${place + 1}`}
              className="flex-1"
              value={name}
              onChange={(event) => set(columns.with(place, event.target.value))}
            >
              {!headers.includes(name) && <option value={name}>{name} (not in this file)</option>}
              {headers.map((header) => (
                <option key={header} value={header}>
                  {header}
                </option>
              ))}
            </Select>
            {columns.length > 1 && (
              <Button
                size="sm"
                aria-label={`Leave out column ${place + 1}`}
                onClick={() => set(columns.toSpliced(place, 1))}
              >
                Leave out
              </Button>
            )}
          </li>
        ))}
        <li>
          <Button
            size="sm"
            disabled={columns.length >= mostColumns}
            onClick={() =>
              set([...columns, headers.find((name) => !columns.includes(name)) ?? columns[0] ?? ''])
            }
          >
            Join another column
          </Button>
        </li>
      </ol>
    </>
  );
}
