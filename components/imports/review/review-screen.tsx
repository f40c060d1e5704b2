'use client';

import { useEffect, useRef, useState } from 'react';
import { api } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatDay } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { CancelButton } from '../cancel-button';
import { Rejections } from '../receipt/rejections';
import { RowTally } from '../receipt/tally';
import { OutcomeRows } from '../rows/outcome-rows';
import { useImportAction } from '../use-import-action';
import { Amendments } from './amendments';
import { Causes } from './causes';
import { CorrectionDrop } from './correction-drop';
import { EditTable } from './edit/edit-table';
import { PublishButton } from './publish-button';
import { ReplacementCounts } from './replacement';

/** Everything is read and checked and waits for a person: what publishing would do, and what was rejected. */
export function ReviewScreen({ view }: { view: ImportDetails }) {
  // What the worker did may come and go between two looks: then it is a new review all the same.
  return <Attempt key={view.attempts} view={view} />;
}

function Attempt({ view }: { view: ImportDetails }) {
  // With the last rejected row corrected, the table stays, to undo that.
  const [had] = useState(view.rows.rejected > 0);
  return (
    <div className="space-y-6">
      <Outdated view={view} />
      <Decision view={view} />
      {view.rows.rejected > 0 && <Causes view={view} />}
      <Amendments view={view} />
      {(had || view.rows.rejected > 0) && (
        <div id="rejected-rows-to-correct" className="scroll-mt-4">
          <EditTable view={view} />
        </div>
      )}
      <OutcomeRows view={view} />
      {view.rows.rejected > 0 && (
        <>
          <Rejections view={view} />
          <CorrectionDrop view={view} />
        </>
      )}
    </div>
  );
}

/** What publishing would do, and the two ways on. */
function Decision({ view }: { view: ImportDetails }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { rejected } = view.rows;
  const stopped = view.onRejection === 'STOP' && rejected > 0;
  const nothing = view.rows.read > 0 && rejected === view.rows.read;
  return (
    <Card className="p-5 sm:p-7">
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
      <div className="mt-6 max-w-xl">
        <h3 className="mb-2 text-[13px] font-semibold tracking-wide text-muted">
          {view.replaces
            ? `What publishing would do to “${view.dataset?.name ?? ''}”`
            : 'What publishing would do'}
        </h3>
        <ReplacementCounts view={view} />
        {view.replaces && (
          <h3 className="mb-2 text-[13px] font-semibold tracking-wide text-muted">The rows of the file</h3>
        )}
        {!view.replaces && <p className="mb-3 text-[15px] font-medium tabular-nums">{inShort(view)}</p>}
        <RowTally rows={view.rows} replaces={view.replaces} listed={!view.replaces} />
      </div>
      <div className="mt-6 flex flex-wrap items-center gap-2 border-t border-line pt-5">
        {!nothing && <PublishButton view={view} />}
        <CancelButton view={view} />
        {view.waitsUntil && (
          <p className="text-sm text-muted">
            Please review it by {formatDay(view.waitsUntil)}. After that the import expires and nothing is
            imported.
          </p>
        )}
      </div>
    </Card>
  );
}

/** “add 812 · update 96 · keep 40 · reject 52”: what is nothing is left out. */
function inShort({ rows }: ImportDetails): string {
  const parts = [
    rows.inserted > 0 && `add ${formatCount(rows.inserted)}`,
    rows.updated > 0 && `update ${formatCount(rows.updated)}`,
    rows.unchanged > 0 && `keep ${formatCount(rows.unchanged)}`,
    rows.skipped > 0 && `skip ${formatCount(rows.skipped)}`,
    rows.rejected > 0 && `reject ${formatCount(rows.rejected)}`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

/** Says that another import came first, and has what this one would do found out again. */
function Outdated({ view }: { view: ImportDetails }) {
  const again = useImportAction(
    () => api.post('/imports/{id}/fixes', { params: { path: { id: view.id } }, body: { fixes: [] } }),
    'The review was not updated',
  );
  if (!view.outdated) return null;
  return (
    <Notice
      tone="warn"
      title="These numbers are out of date"
      action={
        <Button variant="primary" disabled={again.isPending} onClick={() => again.mutate()}>
          {again.isPending ? 'Updating…' : 'Update the review'}
        </Button>
      }
    >
      Another import into this dataset was published or undone, or rows of this one were corrected. Update the
      review before you publish. The file is not read again.
    </Notice>
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
