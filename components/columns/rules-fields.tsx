import { useId } from 'react';
import { Field } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import { Tick } from './tick';

const isNumber = (type: ColumnType) => type === 'INTEGER' || type === 'DECIMAL';
const isBounded = (type: ColumnType) =>
  isNumber(type) || type === 'DATE' || type === 'DATETIME' || type === 'TIME';
const hasLength = (type: ColumnType) => !isBounded(type) && type !== 'BOOLEAN' && type !== 'CHOICE';

const boundExamples: Partial<Record<ColumnType, string>> = {
  INTEGER: '0',
  DECIMAL: '0.5',
  DATE: '2026-01-31',
  DATETIME: '2026-01-31T08:00:00',
  TIME: '08:00:00',
};

const lines = (text: string) => [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean);

/** What a column asks of its values. */
export function RulesFields({
  type,
  rules,
  onChange,
}: {
  type: ColumnType;
  rules: ColumnRules;
  onChange: (rules: ColumnRules) => void;
}) {
  const id = useId();
  const set = (part: ColumnRules) => onChange({ ...rules, ...part });
  const text = (value: string) => value.trim() || undefined;
  const number = (value: string) => (/^\d{1,7}$/.test(value) ? Number(value) : undefined);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Tick
        id={`${id}-required`}
        label="Required"
        hint="Rows without a value are rejected."
        checked={rules.required === true}
        onChange={(required) => set({ required: required || undefined })}
      />
      <Tick
        id={`${id}-unique`}
        label="Unique within a file"
        hint="Of rows with the same value the first is stored."
        checked={rules.unique === true}
        onChange={(unique) => set({ unique: unique || undefined })}
      />
      {isBounded(type) && (
        <>
          <LabelledInput
            label="Least value"
            placeholder={boundExamples[type]}
            value={rules.min ?? ''}
            onChange={(event) => set({ min: text(event.target.value) })}
          />
          <LabelledInput
            label="Greatest value"
            value={rules.max ?? ''}
            onChange={(event) => set({ max: text(event.target.value) })}
          />
        </>
      )}
      {hasLength(type) && (
        <>
          <LabelledInput
            label="Fewest characters"
            inputMode="numeric"
            value={rules.minLength ?? ''}
            onChange={(event) => set({ minLength: number(event.target.value) })}
          />
          <LabelledInput
            label="Most characters"
            inputMode="numeric"
            value={rules.maxLength ?? ''}
            onChange={(event) => set({ maxLength: number(event.target.value) })}
          />
          <LabelledInput
            label="Pattern"
            hint="A regular expression for the whole value, like [A-Z]{2}-\d{4}."
            className="font-mono"
            maxLength={500}
            value={rules.pattern ?? ''}
            onChange={(event) => set({ pattern: event.target.value || undefined })}
          />
        </>
      )}
      <LabelledInput
        label="Default for empty cells"
        maxLength={400}
        value={rules.default ?? ''}
        onChange={(event) => set({ default: event.target.value || undefined })}
      />
      {type !== 'BOOLEAN' && type !== 'JSON' && (
        <div className="sm:col-span-2">
          <Field
            label="Allowed values"
            htmlFor={`${id}-allowed`}
            hintId={`${id}-allowed-hint`}
            hint="One per line, spelled exactly. If empty, every value is allowed."
          >
            <textarea
              id={`${id}-allowed`}
              aria-describedby={`${id}-allowed-hint`}
              rows={4}
              className="w-full rounded-lg border border-field/70 bg-surface px-3 py-2 text-sm hover:border-field"
              defaultValue={(rules.allowed ?? []).join('\n')}
              onChange={(event) => {
                const allowed = lines(event.target.value);
                set({ allowed: allowed.length > 0 ? allowed : undefined });
              }}
            />
          </Field>
        </div>
      )}
    </div>
  );
}
