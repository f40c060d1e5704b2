'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { formatCount, formatCountOf, formatRate } from '@/components/format/count';
import { formatDuration } from '@/components/format/duration';
import { formatDay, formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { addressOf } from '@/lib/shared/api/client';
import { leftOutWords } from '@/lib/shared/csv/left-out-words';
import { formatBytes } from '@/lib/shared/format-bytes';
import { foreignNames } from '@/lib/shared/formats/foreign';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { keyedModes } from '../mapping/key/labels';
import { Fact, Lines } from './fact';
import { TechnicalDetails } from './technical-details';

/** The details of an import on its receipt. */
export function Facts({ view }: { view: ImportDetails }) {
  const hasEnded = view.status === 'COMPLETED' || view.status === 'UNDONE';
  return (
    <Card>
      <CardHeader
        title="Details"
        actions={
          view.file.deletedAt === null &&
          hasEnded && (
            <Button asChild size="sm" className="print:hidden">
              <a href={addressOf('/imports/{id}/source', { path: { id: view.id } })} download>
                <Download aria-hidden />
                Download original file
              </a>
            </Button>
          )
        }
      />
      <dl className="divide-y divide-line border-t border-line text-sm">
        <FileFacts view={view} />
        <ReadingFacts view={view} />
        <Fact name="Uploaded">{formatMoment(view.createdAt)}</Fact>
        {view.finishedAt && <Fact name="Finished">{formatMoment(view.finishedAt)}</Fact>}
        <PublicationFacts view={view} />
        <Fact name="Imported by">{view.user.name}</Fact>
      </dl>
      <TechnicalDetails view={view} />
    </Card>
  );
}

function FileFacts({ view }: { view: ImportDetails }) {
  const { file, layout } = view;
  return (
    <>
      <Fact name="File">
        <span title={file.name}>{file.name}</span>
        <span className="text-muted tabular-nums"> · {formatBytes(file.bytes)}</span>
      </Fact>
      {layout?.convertedFrom && (
        <Fact name="Format">Converted from {foreignNames[layout.convertedFrom]}, values only</Fact>
      )}
      {file.deletedAt && <Fact name="Source file">{deletionOf(view, file.deletedAt)}</Fact>}
    </>
  );
}

/** How long the import took, and what was found in the file. */
function ReadingFacts({ view }: { view: ImportDetails }) {
  const { seconds, rowsPerSecond, inspection } = view;
  const leftOut = inspection?.leftOut.filter(({ isLeftOut }) => isLeftOut) ?? [];
  return (
    <>
      {seconds !== null && (
        <Fact name="Duration">
          {formatDuration(seconds)}
          {rowsPerSecond !== null && seconds >= 1 && (
            <span className="text-muted"> · {formatRate(rowsPerSecond)}</span>
          )}
        </Fact>
      )}
      {leftOutWords(view) !== '' && (
        <Fact name="Left out">
          {leftOutWords(view)}
          <Lines lines={leftOut.map(({ says }) => says)} muted />
        </Fact>
      )}
      {inspection && inspection.warnings.length > 0 && (
        <Fact name="Notes">
          <Lines lines={inspection.warnings} />
        </Fact>
      )}
    </>
  );
}

/** What it did to the dataset, once it was published. */
function PublicationFacts({ view }: { view: ImportDetails }) {
  const { dataset, publishedRevision, publishedAfter } = view;
  if (publishedRevision === null || !dataset) return null;
  return (
    <>
      <Fact name="Published">
        as version {formatCount(publishedRevision)} of {dataset.name}
        {publishedAfter && (
          <>
            , after{' '}
            <Link
              href={`/imports/${publishedAfter.id}`}
              className="text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
            >
              {publishedAfter.fileName}
            </Link>
          </>
        )}
      </Fact>
      <Fact name="Mode">{modeWords(view)}</Fact>
    </>
  );
}

/** How the import treated existing rows. */
function modeWords({ mode, replaces }: ImportDetails): string {
  if (replaces?.keyed) {
    const { removed, changed, kept, added } = replaces;
    const counts = Object.entries({ changed, kept, added }).map(
      ([name, rows]) => `${formatCount(rows)} ${name}`,
    );
    return `${keyedModes.REPLACE}: ${formatCountOf(removed, 'row')} removed, ${counts.join(', ')}`;
  }
  if (replaces) return `${keyedModes.REPLACE}: ${formatCountOf(replaces.removed, 'row')} removed`;
  return mode === 'APPEND' ? 'Add rows' : keyedModes[mode];
}

/** When the file was deleted, and how long it was kept. */
function deletionOf({ finishedAt }: ImportDetails, deletedAt: string): string {
  const days = finishedAt ? Math.floor((Date.parse(deletedAt) - Date.parse(finishedAt)) / 86_400_000) : 0;
  const kept = days > 0 ? ` (kept ${formatCountOf(days, 'day')})` : '';
  return `The source file was deleted on ${formatDay(deletedAt)}${kept}.`;
}
