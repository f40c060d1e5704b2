'use client';

import Link from 'next/link';
import { type ReactNode, useEffect } from 'react';
import { ApiError, sentenceOf } from '@/components/api/client';
import { formatCount } from '@/components/format/count';
import { formatAgo, formatMoment } from '@/components/format/moment';
import { useImport } from '@/components/live/use-import';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useUploadStore } from '@/components/uploads/upload-provider';
import { formatBytes } from '@/lib/format-bytes';
import type { ImportDetails } from '@/lib/imports/contract';
import { CancelButton } from './cancel-button';
import { Cancelled, Failed } from './ended';
import { useDraft } from './mapping/use-draft';
import { ReceiptScreen } from './receipt/receipt-screen';
import { ReviewScreen } from './review/review-screen';
import { SameFileNotice } from './same-file-notice';
import { StatusBadge } from './status-badge';
import { StepHeading, Steps } from './steps';
import { Unfinished } from './unfinished';
import { Working } from './working';

/** One import's page, whatever it is doing. */
export function ImportScreen({ id }: { id: string }) {
  const { data: view, error, refetch } = useImport(id);
  const uploads = useUploadStore();
  const uploaded = view !== undefined && view.status !== 'UPLOADING';
  useEffect(() => {
    if (uploaded) uploads.dismissDone(id);
  }, [uploaded, uploads, id]);
  if (!view) {
    return (
      <Page title="Import">
        {error ? (
          <Notice
            tone="danger"
            title="This import cannot be shown"
            action={
              error instanceof ApiError && error.status === 404 ? (
                <Button asChild>
                  <Link href="/imports">Go to the history</Link>
                </Button>
              ) : (
                <Button onClick={() => void refetch()}>Try again</Button>
              )
            }
          >
            {sentenceOf(error)}
          </Notice>
        ) : (
          <Card>
            <SkeletonRows count={4} label="Loading the import" />
          </Card>
        )}
      </Page>
    );
  }
  return <LoadedImport key={id} view={view} />;
}

function LoadedImport({ view }: { view: ImportDetails }) {
  const draft = useDraft(view);
  return (
    <Page
      title={view.file.name}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <StatusBadge status={view.status} />
          {(view.status === 'COMPLETED' || view.status === 'UNDONE') && view.rows.rejected > 0 && (
            <Badge tone="warn">{formatCount(view.rows.rejected)} rejected</Badge>
          )}
          <span className="tabular-nums">{formatBytes(view.file.bytes)}</span>
          <span title={formatMoment(view.createdAt)}>
            {view.user.name}, {formatAgo(view.createdAt)}
          </span>
        </span>
      }
      actions={
        view.status === 'MAPPING' || view.status === 'INSPECTING' ? <CancelButton view={view} /> : undefined
      }
    >
      <StepHeading status={view.status} />
      {!view.corrects && <Steps status={view.status} />}
      <SameFileNotice
        view={view}
        seen={draft.draft.sameFileSeen === true}
        onSeen={() => draft.change({ sameFileSeen: true })}
      />
      {view.corrects ? (
        <CorrectionState view={view} target={view.corrects} state={stateOf(view, draft)} />
      ) : (
        stateOf(view, draft)
      )}
    </Page>
  );
}

/** A file of corrected rows: there is nothing to decide about it but in the import that it corrects. */
function CorrectionState({ view, target, state }: { view: ImportDetails; target: string; state: ReactNode }) {
  return (
    <div className="space-y-6">
      <Notice
        tone="info"
        title="This file brings corrected rows of an import"
        action={
          <Button asChild variant="primary">
            <Link href={`/imports/${target}`}>Open that import</Link>
          </Button>
        }
      >
        Its rows are matched and checked there.
      </Notice>
      {view.status !== 'COMPLETED' && state}
    </div>
  );
}

function stateOf(view: ImportDetails, draft: ReturnType<typeof useDraft>): ReactNode {
  switch (view.status) {
    case 'UPLOADING':
    case 'INSPECTING':
    case 'MAPPING':
      return <Unfinished view={view} draft={draft} />;
    case 'QUEUED':
    case 'STAGING':
    case 'PUBLISHING':
      return <Working view={view} status={view.status} />;
    case 'REVIEW':
      return <ReviewScreen view={view} />;
    case 'COMPLETED':
    case 'UNDONE':
      return <ReceiptScreen view={view} />;
    case 'FAILED':
      return <Failed view={view} />;
    case 'CANCELLED':
      return <Cancelled view={view} />;
    default:
      return view.status satisfies never;
  }
}
