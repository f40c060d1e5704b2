'use client';

import { useMemo } from 'react';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import type { ColumnMatch, DatasetView, InspectionView } from '@/lib/imports/contract';
import { type ChangeColumn, ColumnRow } from './column-row';
import { columnNamed, type DraftColumn, type Problem } from './draft/draft';

/** The file's columns, each to be included, named and typed. */
export function ColumnList({
  inspection,
  draft,
  dataset,
  matches,
  problems,
  onChange,
  onIncludeAll,
}: {
  inspection: InspectionView;
  draft: DraftColumn[];
  dataset: DatasetView | null;
  matches: (ColumnMatch | null)[] | undefined;
  problems: Problem[];
  onChange: ChangeColumn;
  onIncludeAll: (included: boolean) => void;
}) {
  const samples = useMemo(() => samplesOf(inspection), [inspection]);
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
      <ul className="divide-y divide-line border-t border-line">
        {draft.map((column, place) => {
          const proposal = inspection.columns[place];
          return (
            proposal && (
              <ColumnRow
                key={column.index}
                column={column}
                proposal={proposal}
                samples={samples.get(column.index) ?? noSamples}
                dataset={dataset}
                match={matches?.[place] ?? null}
                there={columnNamed(dataset, column.name)}
                lazy={draft.length > 100}
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
