'use client';

import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { formatCount } from '@/components/format/count';
import { Remark } from '@/components/ui/remark';
import { headerRowsNote } from '@/lib/shared/csv/header-rows';
import { HeaderRowsRemark } from '../../layout/header-rows-remark';
import { LeftOutRemarks } from '../../layout/left-out-remarks';
import type { LayoutChanges } from '../../layout/use-layout';
import { useMapping } from '../draft/use-mapping';

/** More of them would push the columns out of sight; on a phone two do. */
const fewRemarks = 3;

/** What was noticed while the file was read: a line each, with a button where something was guessed. */
export function Remarks({ changes }: { changes: LayoutChanges }) {
  const { inspection } = useMapping();
  const { layout, leftOut } = inspection;
  const [open, setOpen] = useState(false);
  const id = useId();
  const warnings = inspection.warnings.filter((warning) => warning !== headerRowsNote(layout.headerRows));
  const count = warnings.length + (layout.headerRows.length > 1 ? 1 : 0) + leftOut.length;
  if (count === 0) return null;
  const closed = count > fewRemarks ? 'hidden' : count > 1 ? 'max-sm:hidden' : '';
  return (
    <div className="bg-warn-soft/50">
      {count > 1 && (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          className={`flex w-full items-center gap-2.5 px-4 py-2 text-left text-[13px] font-medium sm:px-5 ${count > fewRemarks ? '' : 'sm:hidden'}`}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight
            aria-hidden
            className={`size-4 shrink-0 text-warn transition-transform ${open ? 'rotate-90' : ''}`}
          />
          {formatCount(count)} remarks about how the file was read
        </button>
      )}
      <div id={id} className={`divide-y divide-line/60 ${open ? '' : closed}`}>
        {warnings.map((warning) => (
          <Remark key={warning} title={warning} />
        ))}
        <HeaderRowsRemark inspection={inspection} changes={changes} />
        <LeftOutRemarks inspection={inspection} changes={changes} />
      </div>
    </div>
  );
}
