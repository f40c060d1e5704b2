'use client';

import { useId } from 'react';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import { extentText } from '@/lib/shared/schema/file/sheet-extent';
import { QuestionStep } from './question-step';
import { TopRows } from './top-rows';
import type { LayoutChanges } from './use-layout';

/** Of the chosen sheet: enough to recognize it. */
const shownRows = 5;

/** Which sheet of a workbook is imported. */
export function SheetStep({
  inspection,
  changes: { choose, chosen, reading },
  onContinue,
}: {
  inspection: InspectionView;
  changes: LayoutChanges;
  onContinue: () => void;
}) {
  const id = useId();
  const { sheets } = inspection.layout;
  const { sheet } = { ...inspection.layout, ...chosen };
  return (
    <QuestionStep
      id={id}
      title="Which sheet do you want to import?"
      about="The one with the most data is proposed. One import takes one sheet; for another one, drop the workbook again."
      onBack={null}
      onContinue={onContinue}
      reading={reading}
      after={
        <div className={reading ? 'opacity-40' : ''}>
          <TopRows
            label={`First rows of “${inspection.layout.sheet}”`}
            rows={inspection.top.slice(0, shownRows)}
            headerRows={[]}
          />
        </div>
      }
    >
      <div className="max-h-96 space-y-1 overflow-y-auto px-3 pb-5 sm:px-4">
        {sheets.map(({ name, state, hasRows, extent }) => (
          <label
            key={name}
            className={`flex items-center gap-2.5 rounded-lg px-2 py-2 text-sm ${name === sheet ? 'bg-accent-soft font-semibold' : ''} ${hasRows ? 'cursor-pointer' : 'text-muted'}`}
          >
            <input
              type="radio"
              name={id}
              className="size-4 shrink-0 accent-accent"
              disabled={!hasRows}
              checked={name === sheet}
              onChange={() => choose({ sheet: name })}
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {name}
              {state !== 'visible' && ' (hidden)'}
              {!hasRows && ' (empty)'}
              {extent && ': '}
              {extent && <span className="font-normal text-muted tabular-nums">{extentText(extent)}</span>}
            </span>
          </label>
        ))}
      </div>
    </QuestionStep>
  );
}
