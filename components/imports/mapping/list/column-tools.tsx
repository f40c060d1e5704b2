'use client';

import { Search, Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Input, Select } from '@/components/ui/form/field';
import { typeLabel } from '@/lib/shared/columns/labels';
import { type ColumnType, columnTypes } from '@/lib/shared/schema/dataset/column';
import { columnNamed, type DraftColumn, isQuestion } from '../draft/draft';
import { useMapping } from '../draft/use-mapping';
import { samplesOf } from '../sample/samples';
import type { ShownColumns } from './use-shown-columns';

/** For files with many columns: a search, and one type for all columns that are shown. */
export function ColumnTools({ shown }: { shown: ShownColumns }) {
  return (
    <search className="grid gap-3 px-5 pb-4 sm:grid-cols-2 sm:px-6">
      <div className="relative">
        <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-muted" />
        <Input
          type="search"
          aria-label="Search columns"
          placeholder="Search columns"
          className="pl-9"
          value={shown.sought}
          onChange={(event) => shown.seek(event.target.value)}
        />
      </div>
      <TypeForAll places={shown.places} />
    </search>
  );
}

/** One type for several columns at once, and the way back from it. */
function TypeForAll({ places }: { places: number[] }) {
  const { inspection, columns, dataset, changeColumns } = useMapping();
  const id = useId();
  const [changed, setChanged] = useState<{ type: ColumnType; before: DraftColumn[] } | null>(null);
  // The type of a column that the dataset has already stays.
  const free = places
    .flatMap((place) => columns[place] ?? [])
    .filter(({ included, name }) => included && !columnNamed(dataset, name));
  const setAll = (type: ColumnType) => {
    setChanged({ type, before: free });
    changeColumns(
      free.map((column) => {
        const open = isQuestion(type, column, samplesOf(inspection.sample, column.index));
        return { ...column, type, open };
      }),
    );
  };
  return (
    <div className="min-w-0">
      <Select
        aria-label={`Type of the ${formatCountOf(free.length, 'column')} shown`}
        aria-describedby={id}
        disabled={free.length === 0}
        value=""
        onChange={(event) => {
          const type = columnTypes.find((name) => name === event.target.value);
          if (type) setAll(type);
        }}
      >
        <option value="">Set the type of {formatCountOf(free.length, 'column')}…</option>
        {columnTypes.map((name) => (
          <option key={name} value={name}>
            {typeLabel(name)}
          </option>
        ))}
      </Select>
      <p id={id} role="status" className="text-[13px] text-muted empty:hidden">
        {changed && (
          <>
            {formatCountOf(changed.before.length, 'column')} set to {typeLabel(changed.type)}.
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                changeColumns(changed.before);
                setChanged(null);
              }}
            >
              <Undo2 aria-hidden />
              Undo
            </Button>
          </>
        )}
      </p>
    </div>
  );
}
