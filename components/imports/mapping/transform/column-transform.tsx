import type { ColumnTransform } from '@/lib/shared/schema/import/transform';
import { calledOf, useColumn } from '../columns/column-context';
import { readingOf } from '../draft/draft';
import { useMapping } from '../draft/use-mapping';
import { proposalOf } from './proposal-of';
import { TransformDialog, TransformFields, TransformWords } from './transform-dialog';

/** What is done to the values of the column of this row, if anything is, behind a button that opens it. */
export function ColumnTransformation() {
  const props = useTransform();
  const { column } = props;
  if (!column.transform || !column.included) return null;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <TransformDialog name={calledOf(column)} {...props} />
      <TransformWords transform={column.transform} />
    </div>
  );
}

/** The same as a part of what is said of a column. */
export function TransformSection() {
  const props = useTransform();
  return (
    <section aria-label="Transform" className="space-y-4 border-t border-line pt-5">
      <div>
        <h3 className="font-semibold tracking-tight">Transform</h3>
        <p className="text-[13px] text-muted">
          Every value goes through these steps before it is checked. Rejected rows keep the cells of the file.
        </p>
      </div>
      <TransformFields {...props} />
    </section>
  );
}

function useTransform() {
  const { inspection } = useMapping();
  const { column, proposal, there, change } = useColumn();
  const onChange = (transform: ColumnTransform | null) => {
    const now = proposalOf({ ...column, transform }, inspection);
    // A type that was proposed is proposed anew, of the values that are there then.
    const isProposed = !there && column.type === proposal.type && now !== null && now.type !== column.type;
    change({ transform, ...(isProposed ? { ...readingOf(now), rules: column.rules } : {}) });
  };
  return { column, inspection, onChange };
}
