import { WandSparkles } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog/dialog';
import { transformWords } from '@/lib/shared/columns/transform/labels';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ColumnTransform } from '@/lib/shared/schema/import/transform';
import { BeforeAfter } from './before-after';
import { orNone, type Transformable } from './made-values';
import { SourceFields } from './source-fields';
import { StepList } from './step-list';

interface TransformProps {
  column: Transformable;
  inspection: InspectionView;
  onChange: (transform: ColumnTransform | null) => void;
}

/** What is done to a column's values before they are checked, with what that makes of the first rows. */
export function TransformFields({ column, inspection, onChange }: TransformProps) {
  const transform = column.transform ?? {};
  const isAdded = column.index >= inspection.columns.length;
  const change = (part: Partial<ColumnTransform>) => onChange(orNone({ ...transform, ...part }));
  return (
    <div className="space-y-5">
      <SourceFields
        from={transform.from ?? null}
        isAdded={isAdded}
        headers={inspection.columns.map((option) => option.name)}
        onChange={(from) => change({ from })}
      />
      <StepList steps={transform.steps ?? []} onChange={(steps) => change({ steps })} />
      {column.transform && <BeforeAfter column={column} inspection={inspection} />}
      {!isAdded && column.transform && (
        <Button size="sm" onClick={() => onChange(null)}>
          Remove the transformation
        </Button>
      )}
    </div>
  );
}

/** The same in a dialog of its own. */
export function TransformDialog({ name, ...props }: TransformProps & { name: string }) {
  return (
    <Dialog
      title={`Transform ${name}`}
      about="Every value goes through these steps before it is checked. The file stays as it is, and rejected rows keep its cells."
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Transform ${name}`}>
          <WandSparkles aria-hidden />
          Transform
        </Button>
      }
    >
      <TransformFields {...props} />
    </Dialog>
  );
}

/** The transform of a column in a few words; nothing where there is none. */
export function TransformWords({ transform }: { transform: ColumnTransform | null | undefined }) {
  const words = transformWords(transform).join(' · ');
  if (words === '') return null;
  return (
    <span className="min-w-0 truncate pl-3 text-[13px] text-muted" title={words}>
      {words}
    </span>
  );
}
