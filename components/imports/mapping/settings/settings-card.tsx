'use client';

import { formatCountOf } from '@/components/format/count';
import { Card } from '@/components/ui/card';
import { Remark } from '@/components/ui/remark';
import { headerRowsNote } from '@/lib/shared/csv/header-rows';
import type { ChoosingStep, ImportDraft } from '@/lib/shared/schema/import/draft';
import { HeaderRowsRemark } from '../../layout/header-rows-remark';
import { LayoutFields } from '../../layout/layout-fields';
import { LeftOutRemarks } from '../../layout/left-out-remarks';
import type { LayoutChanges } from '../../layout/use-layout';
import { DatasetFields } from '../dataset/dataset-fields';
import { datasetNamed } from '../dataset/dataset-name';
import type { Target } from '../dataset/use-target';
import type { ChangeDraft } from '../draft/use-draft';
import { headerOf, useMapping } from '../draft/use-mapping';
import type { KeyChoice } from '../key/choice';
import { KeyFields } from '../key/key-fields';
import { keyWords } from '../key/labels';
import { layoutWords } from './labels';
import { SettingsLine } from './settings-line';

/** How the file is read, where its rows go and what identifies them: a line each, which opens to change it. */
export function SettingsCard({
  uploading,
  target,
  shortRows,
  keyChoice,
  changes,
  onStep,
  choose,
}: {
  uploading: boolean;
  target: Target;
  shortRows: NonNullable<ImportDraft['shortRows']>;
  keyChoice: KeyChoice;
  changes: LayoutChanges;
  onStep: (step: ChoosingStep) => void;
  choose: ChangeDraft;
}) {
  const { inspection, columns, dataset } = useMapping();
  const { layout, warnings } = inspection;
  return (
    <Card aria-label="Settings of this import" className="divide-y divide-line">
      <SettingsLine
        name="File"
        summary={changes.reading ? 'Reading the file…' : layoutWords(layout)}
        remarks={
          <div className="divide-y divide-line/60 bg-warn-soft/50">
            {warnings
              .filter((warning) => warning !== headerRowsNote(layout.headerRows))
              .map((warning) => (
                <Remark key={warning} title={warning} />
              ))}
            <HeaderRowsRemark inspection={inspection} changes={changes} />
            <LeftOutRemarks inspection={inspection} changes={changes} />
          </div>
        }
      >
        <LayoutFields layout={layout} uploading={uploading} changes={changes} onStep={onStep} />
      </SettingsLine>
      <SettingsLine name="Dataset" summary={<TargetWords target={target} />}>
        <DatasetFields
          target={target}
          shortRows={shortRows}
          onName={(typed) =>
            choose({ dataset: typed, into: datasetNamed(target.offered, typed)?.id ?? null })
          }
          onShortRows={(choice) => choose({ shortRows: choice })}
        />
      </SettingsLine>
      <SettingsLine name={dataset ? 'Existing rows' : 'Key'} summary={keyWords(keyChoice, columns, dataset)}>
        <KeyFields
          choice={keyChoice}
          onChange={({ key, mode, duplicates }) =>
            choose({
              ...(key ? { key: key.map((index) => headerOf(inspection, index)) } : {}),
              ...(mode ? { mode } : {}),
              ...(duplicates ? { duplicates } : {}),
            })
          }
        />
      </SettingsLine>
    </Card>
  );
}

function TargetWords({ target: { name, chosen, taken, looking } }: { target: Target }) {
  const called = <span className="font-medium text-ink">{name.trim()}</span>;
  if (!name.trim()) return 'Has no name yet';
  if (chosen)
    return (
      <>
        Into {called}, {formatCountOf(chosen.rows, 'row')}
      </>
    );
  if (taken) return <>{called}: this name is already used</>;
  return looking ? <>Looking for {called}…</> : <>New dataset {called}</>;
}
