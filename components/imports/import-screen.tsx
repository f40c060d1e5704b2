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
import { useUploadStore, useUploads } from '@/components/uploads/use-uploads';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { ChoosingStep } from '@/lib/shared/schema/import/draft';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { CancelButton } from './cancel-button';
import { Cancelled, Failed } from './ended';
import { Unfinished } from './home/unfinished';
import { choosingStep, choosingStepsOf } from './layout/choosing-step';
import { useInspection } from './layout/use-inspection';
import { useDraft } from './mapping/draft/use-draft';
import { ReceiptScreen } from './receipt/receipt-screen';
import { ReviewScreen } from './review/review-screen';
import { SameFileNotice } from './same-file-notice';
import { StatusBadge } from './status-badge';
import { StepHeading, Steps } from './steps';
import { tabTitle } from './tab-title';
import { useStepInAddress } from './use-step-in-address';
import { Working } from './working/working';

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
  const upload = useUploads().find((item) => item.id === view.id);
  const title = tabTitle(view, upload);
  useEffect(() => {
    document.title = `${title} · Sluice`;
  }, [title]);
  const draft = useDraft(view);
  const known = useInspection(view);
  const file = known.inspection && { ...known.inspection, layout: view.layout ?? known.inspection.layout };
  const address = useStepInAddress();
  const step = file && choosingStep(file, { ...draft.draft, ...address.step });
  const place = {
    status: view.status,
    choosing: choosingStepsOf(file),
    at: isUnfinished(view) ? step : null,
  };
  const goTo = (to: ChoosingStep) => {
    // The way back leads to the step that is left, also where no address named it so far.
    if (step) address.replace(step);
    address.push(to);
    draft.change({ step: to });
    window.scrollTo({ top: 0 });
  };
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
            {view.user.name}, <span className="print:hidden">{formatAgo(view.createdAt)}</span>
            <span className="hidden print:inline">{formatMoment(view.createdAt)}</span>
          </span>
        </span>
      }
      actions={
        view.status === 'MAPPING' || view.status === 'INSPECTING' ? <CancelButton view={view} /> : undefined
      }
    >
      <StepHeading place={place} />
      <Steps place={place} onStep={goTo} />
      <SameFileNotice
        view={view}
        seen={draft.draft.sameFileSeen === true}
        onSeen={() => draft.change({ sameFileSeen: true })}
      />
      {stateOf(view, <Unfinished view={view} draft={draft} known={known} step={step} onStep={goTo} />)}
    </Page>
  );
}

const isUnfinished = ({ status }: ImportDetails) =>
  status === 'UPLOADING' || status === 'INSPECTING' || status === 'MAPPING';

function stateOf(view: ImportDetails, unfinished: ReactNode): ReactNode {
  switch (view.status) {
    case 'UPLOADING':
    case 'INSPECTING':
    case 'MAPPING':
      return unfinished;
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
