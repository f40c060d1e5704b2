import { useId } from 'react';
import { Checkbox } from '@/components/ui/form/checkbox';
import { Field, Input, Select } from '@/components/ui/form/field';
import type { ColumnFormat, ColumnRules } from '@/lib/columns/rules';
import type { ColumnType } from '@/lib/imports/contract';

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
          <Field label="Least value" htmlFor={`${id}-min`}>
            <Input
              id={`${id}-min`}
              placeholder={boundExamples[type]}
              value={rules.min ?? ''}
              onChange={(event) => set({ min: text(event.target.value) })}
            />
          </Field>
          <Field label="Greatest value" htmlFor={`${id}-max`}>
            <Input
              id={`${id}-max`}
              value={rules.max ?? ''}
              onChange={(event) => set({ max: text(event.target.value) })}
            />
          </Field>
        </>
      )}
      {hasLength(type) && (
        <>
          <Field label="Fewest characters" htmlFor={`${id}-shortest`}>
            <Input
              id={`${id}-shortest`}
              inputMode="numeric"
              value={rules.minLength ?? ''}
              onChange={(event) => set({ minLength: number(event.target.value) })}
            />
          </Field>
          <Field label="Most characters" htmlFor={`${id}-longest`}>
            <Input
              id={`${id}-longest`}
              inputMode="numeric"
              value={rules.maxLength ?? ''}
              onChange={(event) => set({ maxLength: number(event.target.value) })}
            />
          </Field>
          <Field
            label="Pattern"
            htmlFor={`${id}-pattern`}
            hintId={`${id}-pattern-hint`}
            hint="A regular expression for the whole value, like [A-Z]{2}-\d{4}."
          >
            <Input
              id={`${id}-pattern`}
              aria-describedby={`${id}-pattern-hint`}
              className="font-mono"
              maxLength={500}
              value={rules.pattern ?? ''}
              onChange={(event) => set({ pattern: event.target.value || undefined })}
            />
          </Field>
        </>
      )}
      <Field label="Default for empty cells" htmlFor={`${id}-default`}>
        <Input
          id={`${id}-default`}
          maxLength={400}
          value={rules.default ?? ''}
          onChange={(event) => set({ default: event.target.value || undefined })}
        />
      </Field>
      {type !== 'BOOLEAN' && type !== 'JSON' && (
        <div className="sm:col-span-2">
          <Field
            label="Allowed values"
            htmlFor={`${id}-allowed`}
            hintId={`${id}-allowed-hint`}
            hint="One a line, written exactly so. Without any, every value is allowed."
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

/** How this file spells a column's values. */
export function FormatFields({
  type,
  format,
  onChange,
}: {
  type: ColumnType;
  format: ColumnFormat;
  onChange: (format: ColumnFormat) => void;
}) {
  const id = useId();
  const set = (part: ColumnFormat) => onChange({ ...format, ...part });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <Field
          label="Words that count as empty"
          htmlFor={`${id}-empty`}
          hintId={`${id}-empty-hint`}
          hint="Set apart by commas, like NULL, N/A, -"
        >
          <Input
            id={`${id}-empty`}
            aria-describedby={`${id}-empty-hint`}
            defaultValue={(format.empty ?? []).join(', ')}
            onChange={(event) => {
              const empty = lines(event.target.value.replaceAll(',', '\n'));
              set({ empty: empty.length > 0 ? empty.slice(0, 50) : undefined });
            }}
          />
        </Field>
      </div>
      {isNumber(type) ? (
        <>
          <Tick
            id={`${id}-grouping`}
            label="Thousands are set apart"
            hint="1,234.56 is 1234.56."
            checked={format.grouping === true}
            onChange={(grouping) => set({ grouping: grouping || undefined })}
          />
          <Tick
            id={`${id}-currency`}
            label="Leave out currency signs"
            hint="$5 and 5 EUR are 5."
            checked={format.currency === true}
            onChange={(currency) => set({ currency: currency || undefined })}
          />
          <Field label="Percent signs" htmlFor={`${id}-percent`}>
            <Select
              id={`${id}-percent`}
              value={format.percent ?? ''}
              onChange={(event) => {
                const { value } = event.target;
                set({ percent: value === 'number' || value === 'fraction' ? value : undefined });
              }}
            >
              <option value="">Reject them</option>
              <option value="number">5% is 5</option>
              <option value="fraction">5% is 0.05</option>
            </Select>
          </Field>
        </>
      ) : (
        <Tick
          id={`${id}-trim`}
          label="Trim"
          hint="Spaces around a value are left out."
          checked={format.trim === true}
          onChange={(trim) => set({ trim: trim || undefined })}
        />
      )}
    </div>
  );
}

function Tick({
  id,
  label,
  hint,
  checked,
  onChange,
}: {
  id: string;
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <div className="flex gap-2.5">
      <Checkbox
        id={id}
        aria-describedby={`${id}-hint`}
        className="mt-0.5"
        checked={checked}
        onCheckedChange={(now) => onChange(now === true)}
      />
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-[13px] text-muted">
          {hint}
        </p>
      </div>
    </div>
  );
}
