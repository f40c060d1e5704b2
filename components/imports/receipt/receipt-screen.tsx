'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatDuration } from '@/components/format/duration';
import { formatDay, formatMoment } from '@/components/format/moment';
import { Mark } from '@/components/shell/logo';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { DeleteButton } from '../history/delete-button';
import { Amendments } from '../review/amendments';
import { ReplacementCounts } from '../review/replacement';
import { OutcomeRows } from '../rows/outcome-rows';
import { Columns } from './columns';
import { Facts } from './facts';
import { NextSteps } from './next-steps';
import { Rejections } from './rejections';
import { RowTally } from './tally';
import { RedoButton, UndoButton } from './undo/undo-button';

/** The receipt of a completed import, with undo; or of an undone one, with redo. */
export function ReceiptScreen({ view }: { view: ImportDetails }) {
  const undone = view.status === 'UNDONE';
  const [first] = useState(view.status);
  return (
    <div className="space-y-6">
      {undone && <UndoneNotice view={view} justNow={first === 'COMPLETED'} />}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <Card className="overflow-hidden">
          <div className="px-6 pt-6 pb-5">
            <div className="mb-5 flex items-center justify-between gap-4">
              <div>
                <h2 className="text-lg font-semibold tracking-tight">Receipt</h2>
                <p className="text-[13px] text-muted">{view.finishedAt && formatMoment(view.finishedAt)}</p>
              </div>
              {undone ? (
                <span className="-rotate-6 rounded-md border-2 border-muted px-2.5 py-0.5 text-sm font-bold tracking-widest text-muted uppercase">
                  Undone
                </span>
              ) : (
                <Mark className="size-9" />
              )}
            </div>
            {view.dataset && (
              <p className="mb-4 border-y border-dashed border-line py-3 text-sm [overflow-wrap:anywhere]">
                {whatWentIn(view)}{' '}
                <Link
                  href={`/datasets/${view.dataset.slug}`}
                  className="font-medium text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
                >
                  {view.dataset.name}
                </Link>
                {view.seconds !== null && ` in ${formatDuration(view.seconds)}`}
              </p>
            )}
            {view.replaces && <ReplacementCounts view={view} />}
            <RowTally rows={view.rows} replaces={view.replaces} listed={view.rowsDeletedAt === null} />
          </div>
          <div className="flex flex-wrap gap-2 border-t border-line bg-sunken/50 px-6 py-4 print:hidden">
            {view.dataset && (
              <Button asChild variant={undone ? 'secondary' : 'primary'} className="flex-1">
                <Link href={`/datasets/${view.dataset.slug}`}>
                  Show the rows
                  <ArrowRight aria-hidden />
                </Link>
              </Button>
            )}
            {/* Nothing takes its place: whoever clicks here once more has just pressed Undo. */}
            {!undone && <UndoButton view={view} />}
            {!undone && (
              <p className="w-full text-[13px] text-muted">
                To delete this import permanently, undo it first.
              </p>
            )}
          </div>
        </Card>
        <div className="min-w-0 space-y-6">
          <NextSteps view={view} />
          <Facts view={view} />
          <Columns view={view} />
        </div>
      </div>
      <Amendments view={view} />
      <div className="print:hidden">{view.rowsDeletedAt === null && <OutcomeRows view={view} />}</div>
      {view.rows.rejected > 0 && <Rejections view={view} />}
      {undone && (
        <Card className="print:hidden">
          <CardHeader
            title="Delete this import"
            about="Removes its file, its rows and this receipt permanently."
            actions={<DeleteButton view={view} />}
          />
        </Card>
      )}
    </div>
  );
}

/** Says that the import was undone. Somebody who has just done that, perhaps far down on the page, is brought there. */
function UndoneNotice({ view, justNow }: { view: ImportDetails; justNow: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!justNow) return;
    box.current?.scrollIntoView({ block: 'center' });
    box.current?.focus({ preventScroll: true });
  }, [justNow]);
  return (
    <div ref={box} tabIndex={-1} className="scroll-mt-20 outline-none">
      <Notice
        tone="info"
        title="This import was undone"
        action={view.rowsDeletedAt === null && <RedoButton view={view} />}
      >
        {whereRowsAre(view)}
      </Notice>
    </div>
  );
}

/** “2 rows added to”: what changed in the dataset, and not what was there already. */
function whatWentIn({ rows, replaces }: ImportDetails): string {
  const { inserted, updated } = rows;
  if (replaces) return 'Replaced all rows of';
  if (inserted === 0 && updated === 0) return 'No change to';
  if (updated === 0) return `${formatCountOf(inserted, 'row')} added to`;
  if (inserted === 0) return `${formatCountOf(updated, 'row')} changed in`;
  return `${formatCountOf(inserted, 'row')} added to and ${formatCount(updated)} changed in`;
}

/** What became of the rows of an undone import. */
function whereRowsAre({ rowsDeletedAt, redoUntil }: ImportDetails): string {
  if (rowsDeletedAt !== null)
    return `Its rows were deleted on ${formatDay(rowsDeletedAt)}, so it cannot be redone. To restore them, import the file again.`;
  const until = redoUntil === null ? '' : ` until ${formatDay(redoUntil)}`;
  return `Its rows are not in the dataset. They are kept${until}, and Redo restores them immediately.`;
}
