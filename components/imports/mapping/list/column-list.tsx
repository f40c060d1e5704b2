'use client';

import { type Ref, useImperativeHandle } from 'react';
import { flushSync } from 'react-dom';
import { formatCount, formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { ColumnRow } from '../columns/column-row';
import { useMapping } from '../draft/use-mapping';
import { AddedColumns } from '../transform/added-columns';
import { ColumnTools } from './column-tools';
import { useShownColumns } from './use-shown-columns';
import { useVisibleRows } from './use-visible-rows';

/** Scrolls to a column of the file and focuses the field to change. */
export type ShowColumn = (index: number) => void;

/** So many columns are seen at a glance: more of them can be searched. */
const fewColumns = 10;

/** The file's columns, each to be included, named and typed. */
export function ColumnList({
  ref,
  rejected,
  onWhy,
}: {
  ref: Ref<ShowColumn>;
  /** Rows of the whole file that would be rejected, as far as it was checked. */
  rejected: number;
  /** Leads to why they would be, and to what helps. */
  onWhy: () => void;
}) {
  const { columns, added, dataset, problems, changeColumns } = useMapping();
  const shown = useShownColumns();
  const { places, isNarrowed, withProblem, onlyProblems } = shown;
  const { rows, list, measure, reveal } = useVisibleRows(places);
  useImperativeHandle(ref, () => (index) => {
    const row = rowOf(index);
    row?.querySelector<HTMLElement>('[aria-invalid="true"], input')?.focus({ preventScroll: true });
  });
  const rowOf = (index: number): HTMLElement | null => {
    if (added.some((column) => column.index === index)) {
      const row = document.getElementById(`column-${index}`);
      row?.scrollIntoView({ block: 'center' });
      return row;
    }
    const place = columns.findIndex((column) => column.index === index);
    const isShown = places.includes(place);
    if (!isShown) flushSync(shown.showAll);
    return reveal(isShown ? places.indexOf(place) : place);
  };
  const byIndex = new Map(problems.map((problem) => [problem.index, problem]));
  const listed = places.flatMap((place) => columns[place] ?? []);
  const all = listed.every((column) => column.included);
  const which = isNarrowed ? `these ${formatCount(listed.length)}` : 'all';
  return (
    <Card>
      <CardHeader
        title="Columns"
        about={
          // On a phone the columns themselves come first.
          <span className="max-sm:hidden">
            {formatCountOf(columns.length, 'column')} in the file.{' '}
            {dataset ? 'Choose where each column goes.' : 'Change a name or a type, or leave a column out.'}
          </span>
        }
        actions={
          <>
            {rejected > 0 && (
              <Button size="sm" className="max-sm:hidden" onClick={onWhy}>
                Why {formatCountOf(rejected, 'row')} would be rejected
              </Button>
            )}
            {(withProblem > 0 || onlyProblems) && (
              <Button
                size="sm"
                aria-pressed={onlyProblems}
                className={onlyProblems ? 'border-accent bg-accent-soft' : ''}
                onClick={() => shown.showOnlyProblems(!onlyProblems)}
              >
                Only problems <span className="max-sm:sr-only">({formatCount(withProblem)})</span>
              </Button>
            )}
            <Button
              size="sm"
              disabled={listed.length === 0}
              onClick={() => changeColumns(listed.map((column) => ({ ...column, included: !all })))}
            >
              {all ? 'Leave out' : 'Include'} {which}
            </Button>
          </>
        }
      />
      {columns.length > fewColumns && <ColumnTools shown={shown} />}
      <ul {...list} aria-label="Columns of the file" className="divide-y divide-line border-t border-line">
        {rows.map(({ place: at, gap }) => {
          const place = places[at] ?? -1;
          const column = columns[place];
          return (
            column && (
              <ColumnRow
                key={column.index}
                ref={measure}
                gap={gap}
                at={at}
                place={place}
                count={places.length}
                column={column}
                problem={byIndex.get(column.index)}
              />
            )
          );
        })}
      </ul>
      {places.length === 0 && (
        <div className="flex flex-wrap items-center gap-3 px-5 py-6 text-sm text-muted sm:px-6">
          No column is called so.
          <Button size="sm" onClick={shown.showAll}>
            Show all columns
          </Button>
        </div>
      )}
      <AddedColumns />
    </Card>
  );
}
