import { Input, Select } from '@/components/ui/form/field';
import { kindOfValues, valueKindLabel } from '@/lib/shared/columns/match-values';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { ColumnMatch } from '@/lib/shared/schema/dataset/match';
import { columnNamed } from '../draft/draft';
import { useMapping } from '../draft/use-mapping';
import { useColumn } from './column-context';

/** Which column a column of the file goes into: one of the dataset's, or a new one by its name. */
export function TargetField() {
  const { dataset } = useMapping();
  const { column, proposal, match, there, samples, change } = useColumn();
  const { index, included, name } = column;
  const nameInput = (
    <Input
      aria-label={`Name of column ${index + 1}`}
      value={name}
      maxLength={200}
      disabled={!included}
      title={name}
      aria-invalid={included && !name.trim()}
      onChange={(event) => change({ name: event.target.value })}
    />
  );
  if (!dataset) return nameInput;
  return (
    <div className="min-w-0 space-y-1.5">
      <p className="truncate text-sm font-medium" title={proposal.name}>
        {proposal.name}
      </p>
      <Select
        aria-label={`${proposal.name} goes into`}
        value={there?.id ?? ''}
        disabled={!included}
        onChange={(event) => {
          const chosen = dataset.columns.find(({ id }) => id === event.target.value);
          change({ name: chosen?.name ?? newName(proposal.name, dataset) });
        }}
      >
        {dataset.columns.map(({ id, name: known, rules }) => (
          <option key={id} value={id}>
            {known}
            {rules?.required && ' (required)'}
          </option>
        ))}
        <option value="">New column…</option>
      </Select>
      {!there && nameInput}
      {match && <p className="text-[13px] text-muted">{noteOf(match, included ? name : null, samples)}</p>}
    </div>
  );
}

/** What speaks for the target that stands there; nothing once the person chose another. */
function noteOf(match: ColumnMatch, target: string | null, samples: string[]): string | null {
  if (match.column !== target) return null;
  switch (match.how) {
    case 'name':
      return 'Same name';
    case 'synonym':
      return 'Matched by synonym';
    case 'remembered':
      return target === null ? 'Left out, as last time' : 'Matched as last time';
    case 'values': {
      const kind = kindOfValues(samples);
      return kind ? `Matched by its values: ${valueKindLabel(kind)}` : 'Matched by its values';
    }
    case 'similar':
      return `Similar name, ${Math.round(match.confidence * 100)}%`;
    default:
      return match.how satisfies never;
  }
}

/** A name that the dataset does not have yet. */
function newName(wanted: string, dataset: DatasetView): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!columnNamed(dataset, name)) return name;
  }
}
