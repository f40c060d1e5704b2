import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { mostAdded } from '@/lib/shared/schema/import/draft';
import { ColumnProvider, calledOf } from '../columns/column-context';
import { ColumnEvidence } from '../columns/column-evidence';
import { ColumnFormat } from '../columns/column-format';
import { TargetField } from '../columns/target-field';
import { TypeField } from '../columns/type-field';
import { newColumn } from '../draft/added';
import { columnNamed, type DraftColumn } from '../draft/draft';
import { useMapping } from '../draft/use-mapping';
import { readSample } from '../sample/read-sample';
import { samplesOf } from '../sample/samples';
import { ColumnTransformation } from './column-transform';
import { madeSample, proposalOf } from './proposal-of';

/** Columns that the file does not have: made of its columns, or the same in every row. */
export function AddedColumns() {
  const { inspection, columns, added, dataset, changeAdded } = useMapping();
  const { length } = inspection.columns;
  const add = () => {
    const taken = new Set([...columns, ...added].map(({ name }) => name.toLowerCase()));
    const free = dataset?.columns.find(({ name }) => !taken.has(name.toLowerCase()))?.name;
    const column = newColumn(free ?? '', { from: { kind: 'VALUE', value: '' } });
    changeAdded([...added, { ...column, index: length + added.length }]);
  };
  return (
    <div className="border-t border-line">
      {added.length > 0 && (
        <ul aria-label="Added columns" className="divide-y divide-line border-b border-line">
          {added.map((column) => (
            <AddedRow
              key={column.index}
              column={column}
              onRemove={() => changeAdded(added.filter((other) => other !== column))}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3 sm:px-6">
        <Button size="sm" disabled={added.length >= mostAdded} onClick={add}>
          <Plus aria-hidden />
          Add a column
        </Button>
        <p className="text-[13px] text-muted">Joined from others, or the same value in every row.</p>
      </div>
    </div>
  );
}

function AddedRow({ column, onRemove }: { column: DraftColumn; onRemove: () => void }) {
  const { inspection, dataset, problems, changeColumn } = useMapping();
  const proposal = proposalOf(column, inspection);
  if (!proposal) return null;
  const there = columnNamed(dataset, column.name);
  const value = {
    column,
    proposal,
    type: there?.type ?? column.type,
    samples: samplesOf(madeSample(column, inspection), column.index),
    sample: readSample(inspection.sample, column, there, inspection.columns),
    match: null,
    there,
    mayRule: dataset === null || dataset.right === 'MANAGE',
    change: (part: Partial<DraftColumn>) => changeColumn(column.index, part),
  };
  const problem = problems.find(({ index }) => index === column.index)?.message ?? null;
  return (
    <li
      id={`column-${column.index}`}
      className="grid scroll-mt-20 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 px-5 py-4 sm:px-6 lg:grid-cols-[auto_minmax(0,15rem)_minmax(0,11rem)_minmax(0,13rem)_minmax(0,1fr)]"
    >
      <ColumnProvider value={value}>
        <Button
          size="icon"
          variant="ghost"
          className="-ml-2"
          aria-label={`Remove ${calledOf(column)}`}
          onClick={onRemove}
        >
          <X aria-hidden />
        </Button>
        <TargetField />
        <TypeField />
        <div className="min-w-0 space-y-1 max-lg:col-start-2">
          <ColumnFormat />
          <div className="-ml-3">
            <ColumnTransformation />
          </div>
        </div>
        <ColumnEvidence problem={problem} />
      </ColumnProvider>
    </li>
  );
}
