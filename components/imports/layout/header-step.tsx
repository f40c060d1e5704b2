'use client';

import { useId } from 'react';
import { formatCount } from '@/components/format/count';
import { Card, CardHeader } from '@/components/ui/card';
import { Td } from '@/components/ui/table';
import type { InspectionView } from '@/lib/imports/contract';
import { StepBar } from './step-bar';
import { TopRows } from './top-rows';
import type { LayoutChanges } from './use-layout';

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
  const { headerRow } = { ...inspection.layout, ...chosen };
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
    <div className="space-y-6">
      <Card className="overflow-hidden">
        <fieldset aria-labelledby={`${id}-title`}>
          <CardHeader
            id={`${id}-title`}
            title="Which row names the columns?"
            about={`${
              inspection.headerSure
                ? ''
                : found === null
                  ? 'No row looks like names. '
                  : `It seems to be row ${found}, but nothing proves it. `
            }Rows above it are not imported, those below it are data.`}
          />
          <TopRows label="First rows" rows={inspection.top} headerRow={headerRow} first={radio}>
            <tr className={headerRow === null ? 'bg-accent-soft font-semibold' : ''}>
              <Td colSpan={13}>{radio(null)}</Td>
            </tr>
          </TopRows>
        </fieldset>
      </Card>
      <StepBar onBack={onBack} onContinue={onContinue} reading={reading} />
    </div>
  );
}
