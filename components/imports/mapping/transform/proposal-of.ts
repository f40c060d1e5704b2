import { inferColumn } from '@/lib/shared/columns/infer/infer-column';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';
import type { DraftColumn } from '../draft/draft';
import { madeOf } from './made-values';

type Sample = InspectionView['sample'];

const known = new WeakMap<DraftColumn, { of: InspectionView; sample: Sample; proposal: ProposedColumn }>();

function read(column: DraftColumn, inspection: InspectionView): { sample: Sample; proposal: ProposedColumn } {
  const before = known.get(column);
  if (before?.of === inspection) return before;
  const made = madeOf(column, inspection.columns);
  const sample = inspection.sample.map(({ row, cells }) => {
    const copy = [...cells];
    while (copy.length < column.index) copy.push('');
    copy[column.index] = made(cells).after;
    return { row, cells: copy };
  });
  const name = inspection.columns[column.index]?.name ?? (column.name || 'Added column');
  const now = { of: inspection, sample, proposal: inferColumn(name, column.index, sample) };
  known.set(column, now);
  return now;
}

/** What is proposed for a column: of the file's as it was read, of one that is made of others by what that gives. */
export function proposalOf(column: DraftColumn, inspection: InspectionView): ProposedColumn | null {
  const own = inspection.columns[column.index] ?? null;
  return column.transform ? read(column, inspection).proposal : own;
}

/** The first rows of the file, with what is made for the column in its place. */
export const madeSample = (column: DraftColumn, inspection: InspectionView): Sample =>
  column.transform ? read(column, inspection).sample : inspection.sample;
