import { Button } from '@/components/ui/button';
import type { DraftColumn } from '../draft/draft';
import { type KeyChoice, keyColumns } from './choice';

/** Makes the column that looks like one the key of a new dataset, or takes its key away, in one click. */
export function KeyAction({
  choice,
  draft,
  suggested,
  onChange,
}: {
  choice: KeyChoice;
  draft: DraftColumn[];
  suggested: DraftColumn | null;
  onChange: (key: number[]) => void;
}) {
  if (keyColumns(choice, draft).length > 0) {
    return (
      <Button size="sm" onClick={() => onChange([])}>
        No key instead
      </Button>
    );
  }
  return (
    suggested && (
      <Button size="sm" onClick={() => onChange([suggested.index])}>
        <span className="max-w-64 truncate">Use {suggested.name} as the key</span>
      </Button>
    )
  );
}
