import { useId } from 'react';
import { Tick } from '@/components/columns/tick';
import { Field, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import { caseLabels } from '@/lib/shared/columns/transform/labels';
import { letterCases, type TransformStep } from '@/lib/shared/schema/import/transform';
import { ReplaceFields } from './replace-fields';

/** What of a step can be chosen. */
export function StepFields({
  step,
  onChange,
}: {
  step: TransformStep;
  onChange: (step: TransformStep) => void;
}) {
  const id = useId();
  switch (step.kind) {
    case 'TRIM':
      return (
        <p className="text-[13px] text-muted">
          Spaces around the value go, and several in a row inside of it become one.
        </p>
      );
    case 'CASE':
      return (
        <Field label="Letters become" htmlFor={id}>
          <Select
            id={id}
            value={step.to}
            onChange={(event) => {
              const to = letterCases.find((known) => known === event.target.value);
              if (to) onChange({ ...step, to });
            }}
          >
            {letterCases.map((to) => (
              <option key={to} value={to}>
                {caseLabels[to]}
              </option>
            ))}
          </Select>
        </Field>
      );
    case 'SPLIT':
      return <SplitFields step={step} onChange={onChange} />;
    case 'REPLACE':
      return <ReplaceFields step={step} onChange={onChange} />;
    case 'DEFAULT':
      return (
        <LabelledInput
          label="Where the value is blank, use"
          maxLength={400}
          defaultValue={step.value}
          placeholder="For example: unknown"
          onChange={({ target: { value } }) => onChange({ ...step, value })}
        />
      );
    default:
      return step satisfies never;
  }
}

const parts = [1, 2, 3, 4, 5, -1, -2] as const;

function partLabel(part: number): string {
  if (part === 1) return 'First';
  if (part === -1) return 'Last';
  return part > 0 ? `Number ${part}` : 'Last but one';
}

function SplitFields({
  step,
  onChange,
}: {
  step: TransformStep & { kind: 'SPLIT' };
  onChange: (step: TransformStep) => void;
}) {
  const id = useId();
  const listed = parts.some((part) => part === step.part) ? parts : [...parts, step.part];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <LabelledInput
        label="Split at"
        hint={step.separator === ' ' ? 'A space' : undefined}
        maxLength={20}
        defaultValue={step.separator}
        onChange={({ target: { value } }) => value !== '' && onChange({ ...step, separator: value })}
        onBlur={({ target }) => {
          // There is no split at nothing: what is done stays to be seen.
          if (target.value === '') target.value = step.separator;
        }}
      />
      <Field label="Take part" htmlFor={id}>
        <Select
          id={id}
          value={step.part}
          onChange={(event) => onChange({ ...step, part: Number(event.target.value) })}
        >
          {listed.map((part) => (
            <option key={part} value={part}>
              {partLabel(part)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="sm:col-span-2">
        <Tick
          id={`${id}-rest`}
          label="With all that follows"
          hint="Of “Anna Maria Lee”, from the second part on: “Maria Lee”."
          checked={step.rest === true}
          onChange={(rest) => onChange({ ...step, rest: rest || undefined })}
        />
      </div>
    </div>
  );
}
