'use client';

import { type Ref, useImperativeHandle, useMemo } from 'react';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import type { ColumnMatch, DatasetView, InspectionView } from '@/lib/shared/schema/imports';
import { type ChangeColumn, ColumnRow } from './column-row';
import { columnNamed, type DraftColumn, type Problem } from './draft/draft';
import { useVisibleRows } from './use-visible-rows';

/** Brings a column of the file into sight, and puts the focus where it has to be changed. */
export type ShowColumn = (index: number) => void;

/** The file's columns, each to be included, named and typed. */
export function ColumnList({
  inspection,
  draft,
  dataset,
  matches,
  problems,
  ref,
  onChange,
  onIncludeAll,
}: {
  inspection: InspectionView;
  draft: DraftColumn[];
  dataset: DatasetView | null;
  matches: (ColumnMatch | null)[] | undefined;
  problems: Problem[];
  ref: Ref<ShowColumn>;
  onChange: ChangeColumn;
  onIncludeAll: (included: boolean) => void;
}) {
  const samples = useMemo(() => samplesOf(inspection), [inspection]);
  const { rows, list, measure, reveal } = useVisibleRows(draft.length);
  useImperativeHandle(ref, () => (index) => {
    const row = reveal(draft.findIndex((column) => column.index === index));
    row?.querySelector<HTMLElement>('[aria-invalid="true"], input')?.focus({ preventScroll: true });
  });
  const byIndex = new Map(problems.map((problem) => [problem.index, problem.message]));
  const all = draft.every((column) => column.included);
  return (
    <Card>
      <CardHeader
        title="Columns"
        about={`${formatCountOf(draft.length, 'column')} in the file. ${dataset ? 'On the left the file’s column and where it goes.' : 'Change a name or a type, or leave a column out.'}`}
        actions={
          <Button size="sm" onClick={() => onIncludeAll(!all)}>
            {all ? 'Leave out all' : 'Include all'}
          </Button>
        }
      />
      <ul {...list} aria-label="Columns of the file" className="divide-y divide-line border-t border-line">
        {rows.map(({ place, gap }) => {
          const column = draft[place];
          const proposal = inspection.columns[place];
          return (
            column &&
            proposal && (
              <ColumnRow
                key={column.index}
                ref={measure}
                gap={gap}
                place={place}
                of={draft.length}
                column={column}
                proposal={proposal}
                samples={samples.get(column.index) ?? noSamples}
                dataset={dataset}
                match={matches?.[place] ?? null}
                there={columnNamed(dataset, column.name)}
                problem={byIndex.get(column.index) ?? null}
                onChange={onChange}
              />
            )
          );
        })}
      </ul>
    </Card>
  );
}

const noSamples: string[] = [];

/** For each column its first three different values. */
function samplesOf({ columns, sample }: InspectionView): Map<number, string[]> {
  return new Map(
    columns.map(({ index }) => {
      const values = new Set<string>();
      for (const { cells } of sample) {
        const value = cells[index];
        if (value) values.add(value.slice(0, 60));
        if (values.size === 3) break;
      }
      return [index, [...values]];
    }),
  );
}
