import { CircleAlert, CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { WorkerNotice } from '@/components/imports/working/worker-notice';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { CheckView } from '@/lib/shared/schema/import/check';
import type { Fix } from '@/lib/shared/schema/review/fix';
import { columnNamed } from '../draft/draft';
import type { ChangeDraft } from '../draft/use-draft';
import { useMapping } from '../draft/use-mapping';
import { CheckCause } from './check-cause';
import { fixedColumn } from './fixed-column';
import { checkLine, likeliestFirst } from './labels';
import type { ShownCheck } from './use-check';

/** So many causes are shown at first. */
const fewCauses = 3;

/** Scrolls to the causes and focuses the likeliest fix. */
export type ShowFixes = () => void;

/** What would become of all rows of the file: in a sentence, and why some would be rejected. */
export function CheckCard({
  ref,
  shown: { check, isCurrent, isWanted },
  keyed,
  choose,
}: {
  ref: Ref<ShowFixes>;
  shown: ShownCheck;
  /** Whether the dataset has, or will have, a key. */
  keyed: boolean;
  choose: ChangeDraft;
}) {
  const { columns: own, added, dataset, changeColumn } = useMapping();
  const columns = [...own, ...added];
  const [all, showAll] = useState(false);
  const card = useRef<HTMLElement>(null);
  const line = useRef<HTMLParagraphElement>(null);
  useImperativeHandle(ref, () => () => {
    card.current?.scrollIntoView({ block: 'center' });
    (card.current?.querySelector<HTMLElement>('li button:enabled') ?? line.current)?.focus({
      preventScroll: true,
    });
  });
  if (!isWanted) return null;
  if (check?.failure && isCurrent) return <CheckFailure check={check} failure={check.failure} />;
  const isDone = isCurrent && check?.state === 'DONE';
  const causes = likeliestFirst(check?.figures?.causes ?? []);
  const isCompared =
    keyed ||
    columns.some((column) => column.included && (columnNamed(dataset, column.name) ?? column).rules?.unique);
  const fix = (fix: Fix) => {
    // The button goes with what it puts right.
    line.current?.focus();
    if (fix.kind === 'PAD_SHORT_ROWS') return choose({ shortRows: 'pad' });
    const fixed = fixedColumn(columns, fix);
    if (fixed) changeColumn(fixed.index, fixed);
  };
  return (
    <>
      {!check && <WorkerNotice view={{ status: 'MAPPING', sequence: '' }} />}
      <Card ref={card} aria-label="Check of all rows" aria-busy={!isDone}>
        <div className="flex items-start gap-2.5 px-5 py-4 sm:px-6">
          <CheckIcon check={isDone ? check : null} />
          <p
            ref={line}
            tabIndex={-1}
            role="status"
            aria-live={isDone ? 'polite' : 'off'}
            className="min-w-0 rounded text-sm font-medium tabular-nums"
          >
            {isCurrent && check ? checkLine(check, isCompared) : 'Checking every row of the file…'}
          </p>
        </div>
        {causes.length > 0 && (
          <ul aria-label="Why rows would be rejected" className="divide-y divide-line border-t border-line">
            {causes.slice(0, all ? undefined : fewCauses).map((cause) => (
              <CheckCause
                key={`${cause.column} ${cause.code}`}
                cause={cause}
                examined={check?.figures?.examined ?? 0}
                disabled={!isCurrent}
                onFix={fix}
              />
            ))}
          </ul>
        )}
        {causes.length > fewCauses && !all && (
          <div className="border-t border-line px-5 py-3 sm:px-6">
            <Button size="sm" variant="ghost" onClick={() => showAll(true)}>
              Show all {causes.length} causes
            </Button>
          </div>
        )}
      </Card>
    </>
  );
}

/** @param check once it is done */
function CheckIcon({ check }: { check: CheckView | null }) {
  const place = 'mt-px size-5 shrink-0';
  if (!check?.figures) return <LoaderCircle aria-hidden className={`${place} animate-spin text-muted`} />;
  const { rejected, accepted } = check.figures.rows;
  if (rejected === 0) return <CircleCheck aria-hidden className={`${place} text-ok`} />;
  return accepted === 0 ? (
    <CircleAlert aria-hidden className={`${place} text-danger`} />
  ) : (
    <TriangleAlert aria-hidden className={`${place} text-warn`} />
  );
}

/** Why the file cannot be read; or only that it was not checked, which keeps nobody from starting. */
function CheckFailure({ check, failure }: { check: CheckView; failure: NonNullable<CheckView['failure']> }) {
  const { reason, message, nextStep } = failure;
  if (check.state !== 'FAILED') return null;
  if (reason === 'OUTAGE' || reason === 'INTERNAL')
    return (
      <Notice tone="warn" title="The rows of this file could not be checked">
        {message} You can start the import all the same.
      </Notice>
    );
  return (
    <Notice tone="danger" title="This file cannot be imported as it is">
      {message} {nextStep}
    </Notice>
  );
}
