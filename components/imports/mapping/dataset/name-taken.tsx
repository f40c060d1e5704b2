import { formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { ChangeDraft } from '../draft/use-draft';
import { proposeDatasetName } from './dataset-name';

/** Says that a dataset of the name was made since the file was uploaded, with the two ways on. */
export function NameTaken({
  dataset,
  offered,
  onChoose,
}: {
  dataset: DatasetView;
  offered: DatasetView[];
  onChoose: ChangeDraft;
}) {
  // With no columns of its own, so that the name of the one that is there is never proposed.
  const other = proposeDatasetName(dataset.name, [], [dataset, ...offered]);
  return (
    <Notice
      tone="warn"
      title={`The name “${dataset.name}” has been taken`}
      action={
        <span className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => onChoose({ dataset: dataset.name, into: dataset.id })}>
            Add to it
          </Button>
          <Button size="sm" onClick={() => onChoose({ dataset: other, into: null })}>
            Call it “{other}”
          </Button>
        </span>
      }
    >
      {dataset.owner.name} created this dataset on {formatMoment(dataset.createdAt)}, after this file was
      uploaded. It has {formatCountOf(dataset.rows, 'row')}.
    </Notice>
  );
}
