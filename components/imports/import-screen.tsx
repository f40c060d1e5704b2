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
import { Inspecting } from './inspecting';
import { MappingScreen } from './mapping/mapping-screen';
import { ReceiptScreen } from './receipt/receipt-screen';
import { ReviewScreen } from './review/review-screen';
import { SameFileNotice } from './same-file-notice';
import { StatusBadge } from './status-badge';
import { Steps } from './steps';
import { Uploading } from './uploading';
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
      <Steps status={view.status} />
      <SameFileNotice view={view} />
      {stateOf(view)}
    </Page>
  );
}

function stateOf(view: ImportDetails): ReactNode {
  switch (view.status) {
    case 'UPLOADING':
      return <Uploading view={view} />;
    case 'INSPECTING':
      return <Inspecting />;
    case 'MAPPING':
      // The status comes by event, the inspection with the details right after.
      if (!view.inspection) return <Inspecting />;
      // Read another way, it is another table: the person's changes begin anew.
      return (
        <MappingScreen
          key={JSON.stringify(view.inspection.layout)}
          view={view}
          inspection={view.inspection}
        />
      );
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
