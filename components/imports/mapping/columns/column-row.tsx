import { memo, type Ref, useMemo } from 'react';
import { Checkbox } from '@/components/ui/form/checkbox';
import { columnNamed, type DraftColumn, type Problem } from '../draft/draft';
import { useMapping } from '../draft/use-mapping';
import { readSample } from '../sample/read-sample';
import { samplesOf } from '../sample/samples';
import { ColumnTransformation } from '../transform/column-transform';
import { madeSample, proposalOf } from '../transform/proposal-of';
import { ColumnProvider, calledOf } from './column-context';
import { ColumnEvidence } from './column-evidence';
import { ColumnFormat } from './column-format';
import { RulesDialog } from './rules-dialog';
import { TargetField } from './target-field';
import { TypeField } from './type-field';

/** One column of the file: whether and as what it is stored, with what speaks for it. */
export const ColumnRow = memo(function ColumnRow({
  ref,
  gap,
  at,
  count,
  place,
  column,
  problem,
}: {
  ref?: Ref<HTMLLIElement>;
  /** Pixels that the rows before it would take that are not drawn. */
  gap: number;
  /** Where it stands among those that are shown: of a long list only the rows in sight are there. */
  at: number;
  count: number;
  /** Its place in the file. */
  place: number;
  column: DraftColumn;
  problem: Problem | undefined;
}) {
  const { inspection, dataset, matches, changeColumn } = useMapping();
  const { index, included } = column;
  const samples = useMemo(
    () => samplesOf(madeSample(column, inspection), index),
    [inspection, column, index],
  );
  const proposal = proposalOf(column, inspection);
  if (!proposal) return null;
  const there = columnNamed(dataset, column.name);
  const change = (part: Partial<DraftColumn>) => changeColumn(index, part);
  const value = {
    column,
    proposal,
    type: there?.type ?? column.type,
    samples,
    sample: readSample(inspection.sample, column, there, inspection.columns),
    match: matches?.[place] ?? null,
    there,
    mayRule: dataset === null || dataset.right === 'MANAGE',
    change,
  };
  return (
    <li
      id={`column-${index}`}
      ref={ref}
      data-index={at}
      style={{ marginTop: gap }}
      aria-posinset={at + 1}
      aria-setsize={count}
      className={`grid scroll-mt-20 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 px-5 py-4 sm:px-6 lg:grid-cols-[auto_minmax(0,15rem)_minmax(0,11rem)_minmax(0,13rem)_minmax(0,1fr)] ${included ? '' : 'bg-sunken/50'}`}
    >
      <ColumnProvider value={value}>
        <Checkbox
          aria-label={`Include ${calledOf(column)}`}
          className="mt-2"
          checked={included}
          onCheckedChange={(checked) => change({ included: checked === true })}
        />
        <TargetField />
        <TypeField />
        <div className="min-w-0 space-y-1 max-lg:col-start-2">
          <ColumnFormat />
          <div className="-ml-3">
            <RulesDialog />
            <ColumnTransformation />
          </div>
        </div>
        <ColumnEvidence problem={problem?.message ?? null} />
      </ColumnProvider>
    </li>
  );
});
