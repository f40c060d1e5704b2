'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Settings2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { RulesFields } from '@/components/columns/rules-fields';
import { SpellingFields } from '@/components/columns/spelling-fields';
import { Tick } from '@/components/columns/tick';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog/dialog';
import { Field, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import { useToast } from '@/components/ui/toaster';
import { typeLabel } from '@/lib/shared/columns/labels';
import type { DatasetColumnView, DatasetView } from '@/lib/shared/schema/dataset/dataset';

/** Everything about a column that may change while rows are there. */
export function ColumnSettings({ dataset, column }: { dataset: DatasetView; column: DatasetColumnView }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Change ${column.name}`}>
          <Settings2 aria-hidden />
          Change
        </Button>
      }
      title={`Column “${column.name}”`}
      about={`${typeLabel(column.type)}. Existing rows stay as they are. Later imports follow these settings.`}
    >
      {open && <SettingsForm dataset={dataset} column={column} onDone={() => setOpen(false)} />}
    </Dialog>
  );
}

function SettingsForm({
  dataset,
  column,
  onDone,
}: {
  dataset: DatasetView;
  column: DatasetColumnView;
  onDone: () => void;
}) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const place = dataset.columns.findIndex((other) => other.id === column.id);
  const [name, setName] = useState(column.name);
  const [position, setPosition] = useState(place);
  const [synonyms, setSynonyms] = useState(column.synonyms.join('\n'));
  const [rules, setRules] = useState(column.rules ?? {});
  const [format, setFormat] = useState(column.format ?? {});
  const [indexed, setIndexed] = useState(column.indexed);
  const save = useMutation({
    mutationFn: () =>
      api.put('/datasets/{slug}/columns/{id}', {
        params: { path: { slug: dataset.slug, id: column.id } },
        body: {
          name,
          position,
          synonyms: [...new Set(synonyms.split('\n').map((line) => line.trim()))].filter(Boolean),
          rules,
          format,
          indexed,
        },
      }),
    onSuccess: (changed) => {
      client.setQueryData(['dataset', dataset.slug], changed);
      void client.invalidateQueries({ queryKey: ['datasets'] });
      void client.invalidateQueries({ queryKey: ['rows', dataset.slug] });
      toast({ tone: 'ok', title: `“${name.trim()}” was changed` });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className="space-y-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <LabelledInput
          label="Name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field label="Place" htmlFor={`${id}-place`}>
          <Select
            id={`${id}-place`}
            value={position}
            onChange={(event) => setPosition(Number(event.target.value))}
          >
            {dataset.columns.map((other, i) => (
              <option key={other.id} value={i}>
                {formatCount(i + 1)}
                {i !== place && (i < place ? ` (before ${other.name})` : ` (after ${other.name})`)}
              </option>
            ))}
          </Select>
        </Field>
        <div className="sm:col-span-2">
          <Field
            label="Other names"
            htmlFor={`${id}-synonyms`}
            hintId={`${id}-synonyms-hint`}
            hint="Headers that files use for it, one per line. Case, accents and separators do not count."
          >
            <textarea
              id={`${id}-synonyms`}
              aria-describedby={`${id}-synonyms-hint`}
              rows={3}
              className="w-full rounded-lg border border-field/70 bg-surface px-3 py-2 text-sm hover:border-field"
              value={synonyms}
              onChange={(event) => setSynonyms(event.target.value)}
            />
          </Field>
        </div>
      </div>
      <section aria-label="Rules" className="space-y-4 border-t border-line pt-5">
        <h3 className="font-semibold tracking-tight">Rules</h3>
        <RulesFields type={column.type} rules={rules} onChange={setRules} />
      </section>
      <section aria-label="How files spell it" className="space-y-4 border-t border-line pt-5">
        <h3 className="font-semibold tracking-tight">How files write it</h3>
        <SpellingFields type={column.type} spelling={format} onChange={setFormat} />
      </section>
      {column.type !== 'JSON' && (
        <section aria-label="Sorting and filtering" className="space-y-4 border-t border-line pt-5">
          <h3 className="font-semibold tracking-tight">Sorting and filtering</h3>
          <Tick
            id={`${id}-indexed`}
            label="Keep an index of this column"
            hint="Programs that sort or filter by it through the API get fast answers from the first one on. It takes effect at once, in datasets of 20,000 rows or more, and makes each import a little slower. Without it the index is made when somebody first asks, and goes after 30 days without use."
            checked={indexed}
            onChange={setIndexed}
          />
        </section>
      )}
      {save.error && (
        <p role="alert" className="text-sm text-danger">
          {sentenceOf(save.error)}
        </p>
      )}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={save.isPending || !name.trim()}>
          {save.isPending ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
