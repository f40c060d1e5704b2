'use client';

import { useId } from 'react';
import { formatCount } from '@/components/format/count';
import { Td } from '@/components/ui/table';
import { rowRange } from '@/lib/shared/csv/header-rows';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import { QuestionStep } from './question-step';
import { TopRows } from './top-rows';
import { headerChosen, type LayoutChanges } from './use-layout';

/** Which row names the columns: chosen among the first rows as they stand in the file. */
export function HeaderStep({
  inspection,
  changes: { choose, chosen, reading },
  onBack,
  onContinue,
}: {
  inspection: InspectionView;
  changes: LayoutChanges;
  onBack: (() => void) | null;
  onContinue: () => void;
}) {
  const id = useId();
  const { headerRow, headerRows } = { ...inspection.layout, ...headerChosen(chosen) };
  const radio = (row: number | null) => (
    <label className="flex cursor-pointer items-center gap-2.5 tabular-nums">
      <input
        type="radio"
        name={id}
        className="size-4 accent-accent"
        checked={row === headerRow}
        onChange={() => choose({ headerRow: row })}
      />
      {row === null ? 'None: all rows are data' : `Row ${formatCount(row)}`}
    </label>
  );
  const found = inspection.layout.headerRow;
  return (
    <QuestionStep
      id={id}
      title="Which row names the columns?"
      about={`${
        inspection.headerSure
          ? ''
          : found === null
            ? 'No row looks like names. '
            : `It looks like row ${found}. Is that right? `
      }Rows above it are not imported. Rows below it are data.`}
      onBack={onBack}
      onContinue={onContinue}
      reading={reading}
    >
      <TopRows label="First rows" rows={inspection.top} headerRows={headerRows} first={radio}>
        <tr className={headerRow === null ? 'bg-accent-soft font-semibold' : ''}>
          <Td colSpan={13}>{radio(null)}</Td>
        </tr>
      </TopRows>
      {headerRow !== null && inspection.top.some(({ row }) => row > headerRow) && (
        <label className="flex items-center gap-2.5 border-t border-line px-5 py-3 text-sm sm:px-6">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={headerRows.length > 1}
            onChange={(event) =>
              choose({ headerRow, headerRows: event.target.checked ? Math.max(2, headerRows.length) : 1 })
            }
          />
          {headerRows.length > 2
            ? `${rowRange(headerRows.slice(1))} name the columns as well`
            : `Row ${formatCount(headerRows[1] ?? headerRow + 1)} names the columns as well`}
        </label>
      )}
    </QuestionStep>
  );
}
