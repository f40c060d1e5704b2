import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { Tick } from '@/components/columns/tick';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/form/field';
import type { TransformStep } from '@/lib/shared/schema/import/transform';

type Replace = TransformStep & { kind: 'REPLACE' };

const mostValues = 1_000;
const others = { KEEP: 'Stay as they are', EMPTY: 'Become empty', REJECT: 'Are rejected' } as const;
type Others = keyof typeof others;
const isOthers = (value: string): value is Others => value in others;

/** Values of the file, and what is stored in their place. */
export function ReplaceFields({
  step,
  onChange,
}: {
  step: Replace;
  onChange: (step: TransformStep) => void;
}) {
  const id = useId();
  // A line whose first field is empty says nothing yet: it is not a part of the step.
  const [lines, setLines] = useState(step.values.length > 0 ? step.values : [{ from: '', to: '' }]);
  const set = (changed: Replace['values']) => {
    setLines(changed);
    onChange({ ...step, values: changed.filter(({ from }) => from !== '') });
  };
  return (
    <div className="space-y-3">
      <ul aria-label="Values to replace" className="space-y-2">
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place
          <li key={place} className="flex items-center gap-2">
            <Input
              aria-label={`Value ${place + 1}`}
              placeholder="In the file"
              maxLength={200}
              value={line.from}
              onChange={(event) => set(lines.with(place, { ...line, from: event.target.value }))}
            />
            <span aria-hidden className="text-muted">
              →
            </span>
            <Input
              aria-label={`Instead of value ${place + 1}`}
              placeholder="Stored"
              maxLength={200}
              value={line.to}
              onChange={(event) => set(lines.with(place, { ...line, to: event.target.value }))}
            />
            <Button
              size="icon"
              variant="ghost"
              aria-label={`Remove value ${place + 1}`}
              disabled={lines.length === 1}
              onClick={() => set(lines.toSpliced(place, 1))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <Button
        size="sm"
        disabled={lines.length >= mostValues}
        onClick={() => setLines([...lines, { from: '', to: '' }])}
      >
        Add a value
      </Button>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Other values" htmlFor={`${id}-others`}>
          <Select
            id={`${id}-others`}
            value={step.others ?? 'KEEP'}
            onChange={({ target: { value } }) => isOthers(value) && onChange({ ...step, others: value })}
          >
            {Object.entries(others).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Tick
          id={`${id}-case`}
          label="Ignore case"
          hint="“NL” and “nl” are the same."
          checked={step.ignoreCase === true}
          onChange={(ignoreCase) => onChange({ ...step, ignoreCase: ignoreCase || undefined })}
        />
      </div>
    </div>
  );
}
