'use client';

import { X } from 'lucide-react';
import { useId } from 'react';
import type { AuditChoice } from '@/components/api/audit';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/form/field';
import type { AuditPage } from '@/lib/shared/schema/audit';
import { auditGroups, auditKinds } from '@/lib/shared/schema/audit-kinds';
import { narrow } from './choice';
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
              {kinds.map(([kind, it]) => (
                <option key={kind} value={kind}>
                  {it.name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Field label="Person" htmlFor={`${id}-person`}>
        <UserFilter id={`${id}-person`} chosen={choice.person} name={names?.person} />
      </Field>
      <Field label="From" htmlFor={`${id}-from`}>
        <Input
          id={`${id}-from`}
          type="date"
          value={choice.from ?? ''}
          max={choice.to}
          onChange={(event) => narrow({ from: event.target.value })}
        />
      </Field>
      <Field label="To" htmlFor={`${id}-to`}>
        <Input
          id={`${id}-to`}
          type="date"
          value={choice.to ?? ''}
          min={choice.from}
          onChange={(event) => narrow({ to: event.target.value })}
        />
      </Field>
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
