'use client';

import { type Ref, useImperativeHandle } from 'react';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { useMapping } from '../draft/use-mapping';
import { ColumnRow } from './column-row';
import { useVisibleRows } from './use-visible-rows';

/** Scrolls to a column of the file and focuses the field to change. */
export type ShowColumn = (index: number) => void;

/** The file's columns, each to be included, named and typed. */
export function ColumnList({ ref }: { ref: Ref<ShowColumn> }) {
  const { columns, dataset, problems, includeAll } = useMapping();
  const { rows, list, measure, reveal } = useVisibleRows(columns.length);
  useImperativeHandle(ref, () => (index) => {
    const row = reveal(columns.findIndex((column) => column.index === index));
    row?.querySelector<HTMLElement>('[aria-invalid="true"], input')?.focus({ preventScroll: true });
  });
  const byIndex = new Map(problems.map((problem) => [problem.index, problem]));
  const all = columns.every((column) => column.included);
  return (
    <Card>
      <CardHeader
        title="Columns"
        about={`${formatCountOf(columns.length, 'column')} in the file. ${dataset ? 'Choose where each column goes.' : 'Change a name or a type, or leave a column out.'}`}
        actions={
          <Button size="sm" onClick={() => includeAll(!all)}>
            {all ? 'Leave out all' : 'Include all'}
          </Button>
        }
      />
      <ul {...list} aria-label="Columns of the file" className="divide-y divide-line border-t border-line">
        {rows.map(({ place, gap }) => {
          const column = columns[place];
          return (
            column && (
              <ColumnRow
                key={column.index}
                ref={measure}
                gap={gap}
                place={place}
                column={column}
                problem={byIndex.get(column.index)}
              />
            )
          );
        })}
      </ul>
    </Card>
  );
}
