'use client';

import { useMemo } from 'react';
import { formatCountOf } from '@/components/format/count';
import { Card } from '@/components/ui/card';
import type { ChoosingStep, ImportDraft } from '@/lib/shared/schema/import/draft';
import { LayoutFields } from '../../layout/layout-fields';
import type { LayoutChanges } from '../../layout/use-layout';
import { DatasetFields } from '../dataset/dataset-fields';
import { datasetNamed } from '../dataset/dataset-name';
import { TargetAction, TargetQuestion, TargetWords } from '../dataset/target-line';
import type { Target } from '../dataset/use-target';
import type { ChangeDraft } from '../draft/use-draft';
import { headerOf, useMapping } from '../draft/use-mapping';
import { type KeyChoice, keyColumns } from '../key/choice';
import { KeyAction } from '../key/key-action';
import { KeyFields } from '../key/key-fields';
import { keyWords } from '../key/labels';
import { suggestKey } from '../key/suggest-key';
import { layoutWords } from './labels';
import { Remarks } from './remarks';
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
  const { inspection } = useMapping();
  const { layout } = inspection;
  return (
    <Card aria-label="Settings of this import" className="divide-y divide-line">
      <SettingsLine
        name="File"
        summary={changes.reading ? 'Reading the file…' : layoutWords(layout)}
        remarks={<Remarks changes={changes} />}
      >
        <LayoutFields layout={layout} uploading={uploading} changes={changes} onStep={onStep} />
      </SettingsLine>
      <SettingsLine
        name="Dataset"
        summary={<TargetWords target={target} />}
        action={<TargetAction target={target} choose={choose} />}
        remarks={<TargetQuestion target={target} choose={choose} />}
      >
        <DatasetFields
          target={target}
          shortRows={shortRows}
          onName={(typed) =>
            choose({ dataset: typed, into: datasetNamed(target.offered, typed)?.id ?? null })
          }
          onShortRows={(choice) => choose({ shortRows: choice })}
        />
      </SettingsLine>
      <KeyLine choice={keyChoice} choose={choose} />
    </Card>
  );
}

function KeyLine({ choice, choose }: { choice: KeyChoice; choose: ChangeDraft }) {
  const { inspection, columns, dataset } = useMapping();
  const { sample } = inspection;
  const suggested = useMemo(() => (dataset ? null : suggestKey(columns, sample)), [dataset, columns, sample]);
  const change = ({ key, mode, duplicates }: Partial<KeyChoice>) =>
    choose({
      ...(key ? { key: key.map((index) => headerOf(inspection, index)) } : {}),
      ...(mode ? { mode } : {}),
      ...(duplicates ? { duplicates } : {}),
    });
  const isOffered = suggested && keyColumns(choice, columns).length === 0;
  const reason =
    isOffered &&
    `. “${suggested.name}” looks like one: filled and different in the first ${formatCountOf(sample.length, 'row')}`;
  return (
    <SettingsLine
      name={dataset ? 'Existing rows' : 'Key'}
      summary={
        <>
          {keyWords(choice, columns, dataset)}
          {reason && <span className="max-sm:hidden">{reason}</span>}
        </>
      }
      action={
        !dataset && (
          <KeyAction
            choice={choice}
            draft={columns}
            suggested={suggested}
            onChange={(key) => change({ key })}
          />
        )
      }
    >
      {reason && <p className="mb-3 text-sm sm:hidden">{reason.slice(2)}.</p>}
      <KeyFields choice={choice} onChange={change} />
    </SettingsLine>
  );
}
