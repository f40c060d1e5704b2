'use client';

import { X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import type { AuditPage } from '@/lib/shared/schema/audit/audit';
import { auditGroups, auditKinds } from '@/lib/shared/schema/audit/audit-kinds';
import { type AuditChoice, narrow } from './choice';
import { UserFilter } from './user-filter';

const groups = Object.entries(auditGroups).map(([group, name]) => ({
  group,
  name,
  kinds: Object.entries(auditKinds).filter(([, kind]) => kind.group === group),
}));

/** What, who, and when; and which dataset or import, which are chosen in the table. */
export function AuditFilters({
  choice,
  names,
}: {
  choice: AuditChoice;
  names: AuditPage['names'] | undefined;
}) {
  const id = useId();
  return (
    <search className="grid gap-3 p-4 sm:grid-cols-2 sm:px-6 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_10.5rem_10.5rem]">
      <Field label="What happened" htmlFor={`${id}-what`}>
        <Select
          id={`${id}-what`}
          value={choice.what ?? ''}
          onChange={(event) => narrow({ what: event.target.value })}
        >
          <option value="">Everything</option>
          {groups.map(({ group, name, kinds }) => (
            <optgroup key={group} label={name}>
              <option value={group}>{name}: all</option>
              {kinds.map(([kind, choice]) => (
                <option key={kind} value={kind}>
                  {choice.name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Field label="User" htmlFor={`${id}-person`}>
        <UserFilter id={`${id}-person`} chosen={choice.person} name={names?.person} />
      </Field>
      <LabelledInput
        label="From"
        type="date"
        value={choice.from ?? ''}
        max={choice.to}
        onChange={(event) => narrow({ from: event.target.value })}
      />
      <LabelledInput
        label="To"
        type="date"
        value={choice.to ?? ''}
        min={choice.from}
        onChange={(event) => narrow({ to: event.target.value })}
      />
      {(choice.dataset || choice.import) && (
        <div className="flex flex-wrap gap-2 sm:col-span-2 lg:col-span-4">
          {choice.dataset && (
            <Chosen
              name={`Dataset: ${names?.dataset ?? choice.dataset}`}
              onDrop={() => narrow({ dataset: '' })}
            />
          )}
          {choice.import && (
            <Chosen
              name={`Import: ${names?.import ?? choice.import}`}
              onDrop={() => narrow({ import: '' })}
            />
          )}
        </div>
      )}
    </search>
  );
}

function Chosen({ name, onDrop }: { name: string; onDrop: () => void }) {
  return (
    <Button size="sm" className="max-w-full" onClick={onDrop} aria-label={`${name}: show others too`}>
      <span className="truncate">{name}</span>
      <X aria-hidden />
    </Button>
  );
}
