'use client';

import { useId } from 'react';
import { TemplateLinks } from '@/components/datasets/template-links';
import { formatCountOf } from '@/components/format/count';
import { Combobox } from '@/components/ui/form/combobox';
import { Field, Select } from '@/components/ui/form/field';
import type { Target } from './use-target';

export type ShortRows = 'reject' | 'pad';

/** Where the rows go: a new dataset by its name, or an existing one. */
export function DatasetFields({
  target,
  shortRows,
  onName,
  onShortRows,
}: {
  target: Target;
  shortRows: ShortRows;
  onName: (name: string) => void;
  onShortRows: (choice: ShortRows) => void;
}) {
  const id = useId();
  const { name, chosen, offered, seek } = target;
  return (
    <>
      <p className="mb-4 text-sm text-muted">Type a new name, or choose an existing dataset.</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Dataset name"
          htmlFor={`${id}-name`}
          hintId={`${id}-hint`}
          hint={
            chosen ? (
              <>
                Existing dataset <span className="font-medium text-ink">{chosen.name}</span>,{' '}
                {formatCountOf(chosen.rows, 'row')}.
              </>
            ) : target.taken ? (
              'This name is already used.'
            ) : (
              'Creates a new dataset.'
            )
          }
        >
          <Combobox
            id={`${id}-name`}
            describedBy={`${id}-hint`}
            value={name}
            maxLength={200}
            options={offered.map((dataset) => ({
              key: dataset.id,
              value: dataset.name,
              about: formatCountOf(dataset.rows, 'row'),
            }))}
            listLabel="Datasets"
            onSeek={seek}
            onChange={onName}
          />
        </Field>
        <Field
          label="Rows with too few cells"
          htmlFor={`${id}-short`}
          hint="Rejected rows are listed in the receipt with their reason."
        >
          <Select
            id={`${id}-short`}
            value={shortRows}
            onChange={(event) => onShortRows(event.target.value === 'pad' ? 'pad' : 'reject')}
          >
            <option value="reject">Reject them</option>
            <option value="pad">Fill them up with empty cells</option>
          </Select>
        </Field>
        {chosen && (
          <div className="sm:col-span-2">
            <TemplateLinks slug={chosen.slug} />
          </div>
        )}
      </div>
    </>
  );
}
