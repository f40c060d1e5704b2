'use client';

import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ChoosingStep } from '@/lib/shared/schema/import/draft';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { Inspecting } from '../inspecting';
import { stepAfter, stepBefore } from '../layout/choosing-step';
import { EncodingChoice } from '../layout/encoding-choice';
import { HeaderStep } from '../layout/header-step';
import { SheetStep } from '../layout/sheet-step';
import type { useInspection } from '../layout/use-inspection';
import { useLayout } from '../layout/use-layout';
import type { useDraft } from '../mapping/draft/use-draft';
import { MappingScreen } from '../mapping/mapping-screen';
import { Uploading } from '../uploading';
import { WorkerNotice } from '../working/worker-notice';

/**
 * An import that waits to be started, step by step. Columns are matched from the moment in which the browser has seen
 * the beginning of the file; what the worker reads takes its place as soon as it is there.
 */
export function Unfinished({
  view,
  draft,
  known: { inspection, corrections },
  step,
  onStep,
}: {
  view: ImportDetails;
  draft: ReturnType<typeof useDraft>;
  known: ReturnType<typeof useInspection>;
  step: ChoosingStep | null;
  onStep: (step: ChoosingStep) => void;
}) {
  const layout = useLayout(view);
  const choose: typeof layout.choose = (choices) => {
    layout.choose(choices);
    // What was chosen is certain: the step would be passed over, before the person has looked at what comes of it.
    if (step) draft.change({ step });
  };
  const changes = { ...layout, choose };
  return (
    <div className="space-y-6">
      {view.status === 'UPLOADING' && <Uploading view={view} />}
      {view.status === 'INSPECTING' && <WorkerNotice view={view} />}
      {corrections.length > 0 && (
        <Notice tone="info" title="After reading more of the file, some things changed">
          <ul className="list-inside list-disc">
            {corrections.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {inspection && step && step !== 'SHEET' && <EncodingChoice inspection={inspection} changes={changes} />}
      {inspection && step ? stepOf(step, inspection) : view.status !== 'UPLOADING' && <Inspecting />}
    </div>
  );

  function stepOf(at: ChoosingStep, known: InspectionView): ReactNode {
    const before = stepBefore(at, known);
    const onBack = before && (() => onStep(before));
    const onContinue = () => onStep(stepAfter(at, known));
    switch (at) {
      case 'SHEET':
        return <SheetStep inspection={known} changes={changes} onContinue={onContinue} />;
      case 'HEADER':
        return <HeaderStep inspection={known} changes={changes} onBack={onBack} onContinue={onContinue} />;
      case 'COLUMNS':
        return <MappingScreen view={view} inspection={known} changes={changes} onStep={onStep} {...draft} />;
      default:
        return at satisfies never;
    }
  }
}
