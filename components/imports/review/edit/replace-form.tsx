'use client';

import { useId, useState } from 'react';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/form/checkbox';
import { Field, Select } from '@/components/ui/form/field';
import { LabelledInput } from '@/components/ui/form/labelled-input';
import type { ReplacementInput } from '@/lib/shared/schema/review/edit';

/** Find and replace in one column of all rejected rows of the table, whether they are in sight or not. */
export function ReplaceForm({
  columns,
  total,
  rejected,
  pending,
  onReplace,
}: {
  columns: string[];
  /** Rows of the table, with those that are valid since they were corrected. */
  total: number;
  /** Rows of the whole file that are rejected now. */
  rejected: number;
  pending: boolean;
  onReplace: (input: ReplacementInput) => void;
}) {
  const id = useId();
  const [column, setColumn] = useState(columns[0] ?? '');
  const [find, setFind] = useState('');
  const [replace, setReplace] = useState('');
  const [whole, setWhole] = useState(false);
  return (
    <form
      aria-label="Find and replace"
      className="grid items-end gap-3 px-5 py-5 sm:grid-cols-[1fr_1fr_1fr_auto_auto] sm:px-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (find !== '') onReplace({ column, find, replace, whole });
      }}
    >
      <Field label="Column" htmlFor={`${id}-column`}>
        <Select id={`${id}-column`} value={column} onChange={(event) => setColumn(event.target.value)}>
          {columns.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      <LabelledInput label="Find" value={find} maxLength={1000} onChange={(e) => setFind(e.target.value)} />
      <LabelledInput
        label="Replace with"
        value={replace}
        maxLength={1000}
        onChange={(e) => setReplace(e.target.value)}
      />
      <span className="flex h-9 items-center gap-2 text-sm">
        <Checkbox id={`${id}-whole`} checked={whole} onCheckedChange={(on) => setWhole(on === true)} />
        <label htmlFor={`${id}-whole`}>Match whole cells</label>
      </span>
      <Button type="submit" disabled={pending || find === ''}>
        {pending ? 'Replacing…' : 'Replace all'}
      </Button>
      <p className="text-[13px] text-muted sm:col-span-5">{meant(total, rejected)}</p>
    </form>
  );
}

/** Which rows it replaces in. Of a file with more rejected rows than the table has, it is not known how many. */
function meant(total: number, rejected: number): string {
  if (rejected === 0) return 'All rows are valid now.';
  return rejected > total
    ? 'In the rejected rows of this table, including those that are not shown.'
    : `In ${formatCountOf(rejected, 'rejected row')}, including those that are not shown.`;
}
