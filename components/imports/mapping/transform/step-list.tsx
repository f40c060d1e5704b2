import { ArrowUp, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/form/field';
import { stepLabels } from '@/lib/shared/columns/transform/labels';
import type { TransformStep } from '@/lib/shared/schema/import/transform';
import { StepFields } from './step-fields';

const mostSteps = 20;

/** A step of each kind as it is at first: what has to be filled in changes nothing before it is. */
const newSteps: Record<TransformStep['kind'], TransformStep> = {
  TRIM: { kind: 'TRIM' },
  CASE: { kind: 'CASE', to: 'UPPER' },
  SPLIT: { kind: 'SPLIT', separator: ' ', part: 1 },
  REPLACE: { kind: 'REPLACE', values: [], ignoreCase: true },
  DEFAULT: { kind: 'DEFAULT', value: '' },
};
const kinds = Object.values(newSteps).map(({ kind }) => kind);

/** The steps of a transform, one after the other. */
export function StepList({
  steps,
  onChange,
}: {
  steps: TransformStep[];
  onChange: (steps: TransformStep[]) => void;
}) {
  const id = useId();
  // What stands in the fields of a step does not stay behind for the step that takes its place.
  const [arranged, setArranged] = useState(0);
  const arrange = (changed: TransformStep[]) => {
    setArranged(arranged + 1);
    onChange(changed);
  };
  return (
    <div className="space-y-3">
      {steps.length > 0 && (
        <ol aria-label="Steps" className="space-y-3">
          {steps.map((step, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have nothing but their place
            <li key={place} className="rounded-xl border border-line p-3">
              <div className="mb-2 flex items-center gap-2">
                <h3 className="flex-1 text-sm font-medium">
                  {place + 1}. {stepLabels[step.kind]}
                </h3>
                {place > 0 && (
                  <Button
                    size="icon"
                    variant="ghost"
                    aria-label={`Do step ${place + 1} earlier`}
                    onClick={() => arrange(steps.toSpliced(place, 1).toSpliced(place - 1, 0, step))}
                  >
                    <ArrowUp aria-hidden />
                  </Button>
                )}
                <Button
                  size="icon"
                  variant="ghost"
                  aria-label={`Remove step ${place + 1}`}
                  onClick={() => arrange(steps.toSpliced(place, 1))}
                >
                  <X aria-hidden />
                </Button>
              </div>
              <StepFields
                key={arranged}
                step={step}
                onChange={(changed) => onChange(steps.with(place, changed))}
              />
            </li>
          ))}
        </ol>
      )}
      <Field label="Add a step" htmlFor={id}>
        <Select
          id={id}
          value=""
          disabled={steps.length >= mostSteps}
          onChange={(event) => {
            const kind = kinds.find((known) => known === event.target.value);
            if (kind) onChange([...steps, newSteps[kind]]);
          }}
        >
          <option value="">Choose…</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {stepLabels[kind]}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
