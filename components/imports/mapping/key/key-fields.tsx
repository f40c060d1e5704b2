'use client';

import { X } from 'lucide-react';
import { useId } from 'react';
import { formatCountOf } from '@/components/format/count';
import { Field, Select } from '@/components/ui/form/field';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { duplicateRules, type ImportModeName, importModes } from '@/lib/shared/schema/import/start';
import type { DraftColumn } from '../draft/draft';
import { useMapping } from '../draft/use-mapping';
import { type KeyChoice, keyColumns, modeOf } from './choice';
import { duplicateWords, keyedModes, plainModes } from './labels';

/** What identifies a row, and what happens to existing rows. Only available choices are shown. */
export function KeyFields({
  choice,
  onChange,
}: {
  choice: KeyChoice;
  onChange: (change: Partial<KeyChoice>) => void;
}) {
  const { columns: draft, dataset } = useMapping();
  const chosen = keyColumns(choice, draft);
  const keyed = dataset ? dataset.key.length > 0 : chosen.length > 0;
  return (
    <>
      <p className="mb-4 text-sm text-muted">
        {dataset ? aboutKey(dataset) : 'What identifies a row, such as an order number or an article number.'}
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        {dataset ? (
          <Mode dataset={dataset} choice={choice} onChange={onChange} />
        ) : (
          <KeyColumns draft={draft} chosen={chosen} onChange={(key) => onChange({ key })} />
        )}
        {keyed && <Duplicates choice={choice} onChange={onChange} />}
      </div>
    </>
  );
}

function aboutKey({ name, key }: DatasetView): string {
  if (key.length > 0) {
    return `Rows of “${name}” are identified by ${key.map((part) => `“${part}”`).join(' and ')}.`;
  }
  return `“${name}” has no key, so rows cannot be updated. To add one, download the rows and import them into a new dataset with a key.`;
}

function Mode({
  dataset,
  choice,
  onChange,
}: {
  dataset: DatasetView;
  choice: KeyChoice;
  onChange: (change: Partial<KeyChoice>) => void;
}) {
  const id = useId();
  const words: Partial<Record<ImportModeName, string>> = dataset.key.length > 0 ? keyedModes : plainModes;
  const mode = modeOf(choice, dataset);
  return (
    <Field
      label="What this import does"
      htmlFor={id}
      hintId={`${id}-hint`}
      hint={
        mode === 'REPLACE'
          ? `${formatCountOf(dataset.rows, 'row')} ${dataset.rows === 1 ? 'is' : 'are'} replaced when the import completes. You can undo that.`
          : undefined
      }
    >
      <Select
        id={id}
        aria-describedby={mode === 'REPLACE' ? `${id}-hint` : undefined}
        value={mode}
        onChange={(event) =>
          onChange({ mode: importModes.find((option) => option === event.target.value) ?? null })
        }
      >
        {importModes.map(
          (known) =>
            words[known] && (
              <option key={known} value={known}>
                {words[known]}
              </option>
            ),
        )}
      </Select>
    </Field>
  );
}

function KeyColumns({
  draft,
  chosen,
  onChange,
}: {
  draft: DraftColumn[];
  chosen: DraftColumn[];
  onChange: (key: number[]) => void;
}) {
  const id = useId();
  const others = draft.filter((column) => column.included && !chosen.includes(column));
  const key = chosen.map(({ index }) => index);
  const add = (value: string) => {
    const column = others.find(({ index }) => String(index) === value);
    if (column) onChange([...key, column.index]);
  };
  return (
    <Field
      label={chosen.length === 0 ? 'Key column' : 'Key columns'}
      htmlFor={id}
      hintId={`${id}-hint`}
      hint={
        chosen.length === 0
          ? 'Without a key, every import adds rows. With one, later files can update them. It cannot be changed afterwards.'
          : 'Later files update the rows that have the same key. It cannot be changed afterwards.'
      }
    >
      {chosen.length > 0 && (
        <ul aria-label="The key" className="mb-2 flex flex-wrap gap-1.5">
          {chosen.map(({ index, name }) => (
            <li
              key={index}
              className="flex max-w-full items-center gap-1 rounded-md bg-accent-soft py-0.5 pr-1 pl-2.5 text-sm font-medium"
            >
              <span className="truncate">{name || `Column ${index + 1}`}</span>
              <button
                type="button"
                aria-label={`Remove ${name || `column ${index + 1}`} from the key`}
                className="rounded p-1 text-muted hover:text-ink"
                onClick={() => onChange(key.filter((option) => option !== index))}
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && chosen.length < 16 && (
        <Select
          id={id}
          aria-describedby={`${id}-hint`}
          value=""
          onChange={(event) => add(event.target.value)}
        >
          <option value="">
            {chosen.length === 0 ? 'No key: rows are only added' : 'Add another column…'}
          </option>
          {others.map(({ index, name }) => (
            <option key={index} value={index}>
              {name || `Column ${index + 1}`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Duplicates({
  choice,
  onChange,
}: {
  choice: KeyChoice;
  onChange: (change: Partial<KeyChoice>) => void;
}) {
  const id = useId();
  return (
    <Field label="If this file has a key more than once" htmlFor={id}>
      <Select
        id={id}
        value={choice.duplicates}
        onChange={(event) =>
          onChange({ duplicates: duplicateRules.find((option) => option === event.target.value) ?? 'LAST' })
        }
      >
        {duplicateRules.map((known) => (
          <option key={known} value={known}>
            {duplicateWords[known]}
          </option>
        ))}
      </Select>
    </Field>
  );
}
