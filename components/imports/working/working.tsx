'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { formatCount } from '@/components/format/count';
import { formatDuration, formatTimeLeft } from '@/components/format/duration';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { CancelButton } from '../cancel-button';
import { WorkerNotice } from './worker-notice';

type WorkingStatus = 'QUEUED' | 'STAGING' | 'PUBLISHING';

/** After this long in the queue it is worth looking whether a worker runs at all. */
const patienceMs = 15_000;

function headline(status: WorkingStatus): { title: string; about: string } {
  switch (status) {
    case 'QUEUED':
      return {
        title: 'Waiting for a worker',
        about: 'It starts by itself. You can close this page and come back.',
      };
    case 'STAGING':
      return { title: 'Importing', about: 'Nobody sees these rows until all of them are in.' };
    case 'PUBLISHING':
      return { title: 'Publishing', about: 'Making all rows visible at once.' };
    default:
      return status satisfies never;
  }
}

/** The live view of an import while the worker has it. */
export function Working({ view, status }: { view: ImportDetails; status: WorkingStatus }) {
  const { title, about } = headline(status);
  const fraction = status === 'PUBLISHING' ? 1 : view.file.bytes > 0 ? view.bytesRead / view.file.bytes : 0;
  const percent = Math.floor(fraction * 100);
  const { rows } = view;
  return (
    <div className="space-y-4">
      <Card className="p-5 sm:p-7">
        <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-1">
          {status === 'STAGING' ? (
            <div>
              <h2 className="text-sm font-medium text-muted">{title}</h2>
              <p className="mt-1 text-4xl font-semibold tracking-tight tabular-nums">{percent}%</p>
            </div>
          ) : (
            <h2 className="text-2xl font-semibold tracking-tight">{title}</h2>
          )}
          <p className="text-sm text-muted tabular-nums">
            {status === 'STAGING' && view.secondsLeft !== null ? formatTimeLeft(view.secondsLeft) : about}
          </p>
        </div>
        <Progress label="Import" value={status === 'STAGING' ? fraction : null} />
        {/* Every tenth percent only: a reader that speaks every event never falls silent. */}
        <p aria-live="polite" className="sr-only">
          {title}, {Math.floor(percent / 10) * 10}%
        </p>
        <dl className="mt-6 grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-4">
          <Figure name="Rows read">
            {formatCount(rows.read)}
            {view.expectedRows !== null && (
              <span className="text-sm font-normal text-muted"> of {formatCount(view.expectedRows)}</span>
            )}
          </Figure>
          <Figure name="Stored">{formatCount(rows.inserted + rows.updated + rows.unchanged)}</Figure>
          <Figure name="Rejected" warn={rows.rejected > 0}>
            {formatCount(rows.rejected)}
          </Figure>
          <Figure name="Rows per second">
            {view.rowsPerSecond === null || (view.seconds ?? 0) < 1
              ? '–'
              : formatCount(Math.round(view.rowsPerSecond))}
          </Figure>
        </dl>
        <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm text-muted tabular-nums">
            {formatBytes(view.bytesRead)} of {formatBytes(view.file.bytes)} read
            {view.seconds !== null && ` · ${formatDuration(view.seconds)} so far`}
            {view.attempts > 1 && ` · attempt ${view.attempts}`}
          </p>
          {status !== 'PUBLISHING' && <CancelButton view={view} />}
        </div>
      </Card>
      <WorkerNotice view={view}>{status === 'QUEUED' && <LongWait />}</WorkerNotice>
    </div>
  );
}

function Figure({ name, warn = false, children }: { name: string; warn?: boolean; children: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3.5">
      <dt className="text-[13px] text-muted">{name}</dt>
      <dd className={`mt-0.5 text-xl font-semibold tracking-tight tabular-nums ${warn ? 'text-warn' : ''}`}>
        {children}
      </dd>
    </div>
  );
}

function LongWait() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!long) return null;
  return (
    <Notice tone="warn" title="No worker has taken this import yet">
      All workers may be busy with other files; it then starts as soon as one is free. If nothing moves, ask
      your administrator whether the worker process is running.
    </Notice>
  );
}
