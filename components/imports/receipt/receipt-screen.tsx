import { ArrowRight, Download, Printer } from 'lucide-react';
import Link from 'next/link';
import { receiptUrl } from '@/components/api/imports';
import { formatCountOf } from '@/components/format/count';
import { formatDuration } from '@/components/format/duration';
import { formatDay, formatMoment } from '@/components/format/moment';
import { Mark } from '@/components/shell/logo';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/imports/contract';
import { DeleteButton } from '../history/delete-button';
import { Amendments } from '../review/amendments';
import { OutcomeRows } from '../rows/outcome-rows';
import { Account } from './account';
import { Columns } from './columns';
import { Facts } from './facts';
import { Rejections } from './rejections';
import { RedoButton, UndoButton } from './undo-button';

/** The receipt of a completed import, with undo; or of an undone one, with redo. */
export function ReceiptScreen({ view }: { view: ImportDetails }) {
  const undone = view.status === 'UNDONE';
  return (
    <div className="space-y-6">
      {undone && (
        <Notice
          tone="info"
          title="This import was undone"
          action={view.rowsDeletedAt === null && <RedoButton view={view} />}
        >
          {whereRowsAre(view)}
        </Notice>
      )}
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
                {formatCountOf(view.rows.inserted + view.rows.updated + view.rows.unchanged, 'row')} into{' '}
                <Link
                  href={`/datasets/${view.dataset.slug}`}
                  className="font-medium text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
                >
                  {view.dataset.name}
                </Link>
                {view.seconds !== null && ` in ${formatDuration(view.seconds)}`}
              </p>
            )}
            <Account rows={view.rows} listed={view.rowsDeletedAt === null} />
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
            {undone ? <DeleteButton view={view} /> : <UndoButton view={view} />}
            {!undone && (
              <p className="w-full text-[13px] text-muted">To delete it for good, undo it first.</p>
            )}
          </div>
        </Card>
        <div className="min-w-0 space-y-6">
          <Facts view={view} />
          <div className="flex flex-wrap gap-2 print:hidden">
            <Button size="sm" onClick={() => window.print()}>
              <Printer aria-hidden />
              Print the receipt
            </Button>
            <Button asChild size="sm">
              <a href={receiptUrl(view.id)} download={`receipt ${view.file.name}.json`}>
                <Download aria-hidden />
                Receipt (JSON)
              </a>
            </Button>
          </div>
          <Columns view={view} />
        </div>
      </div>
      <Amendments view={view} />
      <div className="print:hidden">{view.rowsDeletedAt === null && <OutcomeRows view={view} />}</div>
      {view.rows.rejected > 0 && <Rejections view={view} />}
    </div>
  );
}

/** What became of the rows of an undone import. */
function whereRowsAre({ rowsDeletedAt, redoUntil }: ImportDetails): string {
  if (rowsDeletedAt !== null)
    return `Its rows were deleted on ${formatDay(rowsDeletedAt)}, so it cannot be redone. To have them again, import the file again.`;
  const until = redoUntil === null ? '' : ` until ${formatDay(redoUntil)}`;
  return `Its rows are not in the dataset. They are kept${until}, and redo puts them back at once.`;
}
