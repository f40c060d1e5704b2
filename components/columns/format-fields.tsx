import { useId } from 'react';
import { Field, Input, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import { hasDateOrder, hasDecimalSign } from '@/lib/shared/columns/labels';
import { languageName, languages } from '@/lib/shared/languages';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnFormat } from '@/lib/shared/schema/dataset/column-rules';
import { Tick } from './tick';

interface Choice {
  key:
    | 'grouping'
    | 'indianGrouping'
    | 'currency'
    | 'negativeSigns'
    | 'debitCredit'
    | 'otherDigits'
    | 'monthNames'
    | 'looseTimes'
    | 'trim';
  label: string;
  hint: string;
}

const numberChoices: Choice[] = [
  { key: 'grouping', label: 'Thousands separators', hint: '1,234.56 is 1234.56.' },
  { key: 'indianGrouping', label: 'Indian thousands separators', hint: '12,34,567 is 1234567.' },
  { key: 'currency', label: 'Ignore currency signs', hint: '$5 and 5 EUR are 5.' },
  { key: 'negativeSigns', label: 'Other negative signs', hint: '(5), 5- and −5 are -5.' },
  { key: 'debitCredit', label: 'Debit and credit', hint: '5 DR is -5, and 5 CR is 5.' },
  { key: 'otherDigits', label: 'Digits of other scripts', hint: '１２３ and ١٢٣ are 123.' },
];

const looseTimes: Choice = {
  key: 'looseTimes',
  label: 'More ways to write times',
  hint: '24:00 is the next day; UTC, +01 and Uhr may follow.',
};

const dateChoices: Choice[] = [
  { key: 'monthNames', label: 'Month names', hint: '5. Januar 2024 and Jan 5, 2024 are dates.' },
  looseTimes,
];

const trim: Choice = { key: 'trim', label: 'Trim', hint: 'Spaces around a value are left out.' };

const isNumber = hasDecimalSign;
const isDate = hasDateOrder;
const lines = (text: string) => [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean);

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
        <LabelledInput
          label="Words that count as empty"
          hint="Separated by commas, such as NULL, N/A, -"
          defaultValue={(format.empty ?? []).join(', ')}
          onChange={(event) => {
            const empty = lines(event.target.value.replaceAll(',', '\n'));
            set({ empty: empty.length > 0 ? empty.slice(0, 50) : undefined });
          }}
        />
      </div>
      {isNumber(type) && (
        <>
          <Ticks choices={numberChoices} format={format} onChange={set} />
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
      )}
      {isDate(type) && (
        <>
          <Ticks choices={dateChoices} format={format} onChange={set} />
          <Field
            label="Two-digit years"
            htmlFor={`${id}-years`}
            hintId={`${id}-years-hint`}
            hint="The first year of the hundred that they stand for. With 1950, 49 is 2049 and 50 is 1950."
          >
            <Input
              id={`${id}-years`}
              aria-describedby={`${id}-years-hint`}
              inputMode="numeric"
              placeholder="Rejected"
              defaultValue={format.firstYear ?? ''}
              onChange={({ target: { value } }) => {
                const year = /^\d{4}$/.test(value) ? Number(value) : 0;
                set({ firstYear: year >= 1800 && year <= 2100 ? year : undefined });
              }}
            />
          </Field>
        </>
      )}
      {type === 'TIME' && <Ticks choices={[looseTimes]} format={format} onChange={set} />}
      {type === 'BOOLEAN' && (
        <Field label="Words for yes and no" htmlFor={`${id}-language`}>
          <Select
            id={`${id}-language`}
            value={format.yesNo ?? ''}
            onChange={({ target: { value } }) =>
              set({ yesNo: languages.find((language) => language === value) })
            }
          >
            <option value="">yes, no, true, false, 1, 0</option>
            {languages.map((language) => (
              <option key={language} value={language}>
                {languageName(language)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {!isNumber(type) && <Ticks choices={[trim]} format={format} onChange={set} />}
    </div>
  );
}

/** Boxes for what a format allows or not. */
function Ticks({
  choices,
  format,
  onChange,
}: {
  choices: Choice[];
  format: ColumnFormat;
  onChange: (change: ColumnFormat) => void;
}) {
  const id = useId();
  return choices.map(({ key, label, hint }) => (
    <Tick
      key={key}
      id={`${id}-${key}`}
      label={label}
      hint={hint}
      checked={format[key] === true}
      onChange={(checked) => onChange({ [key]: checked || undefined })}
    />
  ));
}
