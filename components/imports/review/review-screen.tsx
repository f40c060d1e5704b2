'use client';

import { useEffect, useRef, useState } from 'react';
import { formatCount, formatCountOf } from '@/components/format/count';
import { Card } from '@/components/ui/card';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { OutcomeRows } from '../rows/outcome-rows';
import { Amendments } from './amendments';
import { Causes } from './causes';
import { CorrectionDrop } from './correction-drop';
import { EditTable } from './edit/edit-table';
import { Ledger } from './ledger';
import { Outdated } from './outdated';
import { PublishBar } from './publish-bar';

/**
 * Everything is read and checked and waits for a person: the problems in one table, what publishing would do and what
 * would help beside it, and the way on below, always in sight.
 */
export function ReviewScreen({ view }: { view: ImportDetails }) {
  // What the worker did may come and go between two looks: then it is a new review all the same.
  return <Attempt key={view.attempts} view={view} />;
}

function Attempt({ view }: { view: ImportDetails }) {
  const isRejected = view.rows.rejected > 0;
  // With the last rejected row corrected, the table stays, to undo that.
  const [had] = useState(isRejected);
  const hasTable = had || isRejected;
  return (
    <div className="space-y-6">
      <Outdated view={view} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
        <Verdict view={view} />
        <div className="min-w-0 space-y-6 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <Ledger view={view} />
          {isRejected && <Causes view={view} />}
        </div>
        <div className="min-w-0">
          {hasTable ? (
            <div id="rejected-rows" className="scroll-mt-20">
              <EditTable view={view} />
            </div>
          ) : (
            <OutcomeRows view={view} />
          )}
        </div>
      </div>
      <Amendments view={view} />
      {hasTable && <OutcomeRows view={view} />}
      {isRejected && <CorrectionDrop view={view} />}
      <PublishBar view={view} />
    </div>
  );
}

/** How the file was found to be. */
function Verdict({ view }: { view: ImportDetails }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { rejected } = view.rows;
  const stopped = view.onRejection === 'STOP' && rejected > 0;
  const nothing = view.rows.read > 0 && rejected === view.rows.read;
  return (
    <Card className="p-5 sm:p-6">
      <h2 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-tight outline-none">
        {nothing
          ? `Nothing to import: ${rejected === 1 ? 'the only row is rejected' : `all ${formatCount(rejected)} rows are rejected`}`
          : stopped
            ? `Stopped: ${formatCountOf(rejected, 'row is', 'rows are')} rejected`
            : 'Ready for your review'}
      </h2>
      <p className="mt-2 max-w-prose leading-relaxed text-muted">
        The file has been checked. None of its rows are visible yet.{' '}
        {nothing && 'Correct rows below, then publish them. Or cancel the import. '}
        {(stopped || nothing) && <FirstRejection view={view} />}
      </p>
    </Card>
  );
}

function FirstRejection({ view }: { view: ImportDetails }) {
  const [first] = view.rejections;
  if (!first) return null;
  return (
    <>
      The first is row {formatCount(first.row)}
      {first.column !== null && `, column “${first.column}”`}: “{first.value}”. {first.reason}
    </>
  );
}
